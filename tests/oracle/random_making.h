/* What the files of the random generator share: chance, the words that rules are made of, and the
 * members that many rules have. Percentages are of a hundred throws.
 */
#ifndef RANDOM_MAKING_H
#define RANDOM_MAKING_H

#include "oracle.h"

enum { RANDOM_MAX_SITES = 5, RANDOM_MAX_PLACES = 3, RANDOM_MAX_HOUSEHOLDS = 9 };

/* How places are measured: a mixture of coordinates and rows, rows for every pair, or hardly at
 * all, so that no rule may need a distance. */
typedef enum { BY_COORDINATES, BY_ROWS, UNMEASURED } measuring;

/* What the parts of an instance have to know of each other while it is made. */
typedef struct {
    uint64_t state;
    cJSON *document;
    int year, week;
    measuring measuring;
    int strictness; /* percent: how often rules that exclude are given */
    int site_count, place_count, household_count, persons;
    char households[RANDOM_MAX_HOUSEHOLDS][16];
    int group[RANDOM_MAX_HOUSEHOLDS]; /* equal for households that must be together */
} making;

extern const char *const random_services[4], *const random_person_tags[4];
extern const char *const random_site_tags[3], *const random_kinds[3];
extern const char *const random_provinces[2], *const random_towns[3];

/* low..high, ends included. */
int random_between(making *m, int low, int high);
bool random_chance(making *m, int percent);
/* For rules that exclude: less often in a lenient instance. */
bool random_strict(making *m, int percent);

#define RANDOM_COUNT(list) ((int)(sizeof(list) / sizeof(*(list))))
#define RANDOM_PICK(m, list) ((list)[random_between(m, 0, RANDOM_COUNT(list) - 1)])

/* The first week moved by some weeks, as text. */
const char *random_week_after(const making *m, int weeks, char text[16]);
void random_add_week(making *m, cJSON *object, const char *name, int weeks);
/* `from` and `until` of a rule: often none, mostly around the planned week, sometimes empty. */
void random_add_window(making *m, cJSON *rule);
/* Steps around the planned week with values low..high; a null now and then where it may be. */
cJSON *random_steps(making *m, int low, int high, bool nulls);

/* Now and then a reason, or a member that is to be ignored. */
void random_add_because(making *m, cJSON *object, const char *name);
void random_add_note(making *m, cJSON *object);

/* Some of a list of words, each at most once; at least one if `some` says so. */
cJSON *random_some_of(making *m, const char *const *words, int count, int percent, bool some);
#define RANDOM_SOME_OF(m, words, percent, some)                                                    \
    random_some_of(m, words, RANDOM_COUNT(words), percent, some)

const char *random_site_name(int j, char text[16]);
/* A site, or with j >= site_count another place. */
const char *random_place_name(const making *m, int j, char text[16]);
const char *random_any_site(making *m, char text[16]);

/* Travel limits; `sharp` is the percentage that has a hard limit. */
cJSON *random_make_near(making *m, int sharp);

/* People come first, as sites are made to hold some of them; then facts about households, and
 * rules between households, together before apart. */
void random_add_people(making *m);
void random_add_households(making *m);
void random_add_together(making *m);
void random_add_apart(making *m);

#endif
