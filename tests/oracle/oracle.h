/* The oracle: a reading of the instance document of its own, for tests. It shares no code with the
 * library, knows horizons of one week only, trusts that the document is valid, and finds the best
 * plan by trying every assignment. It is written to be compared with the text of the format, not
 * to be fast. A document it cannot handle ends the program.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The parts of a cost, named as in the plan document. */
#define ORACLE_PARTS(X)                                                                            \
    X(STAY, "stay")                                                                                \
    X(NEAR, "near")                                                                                \
    X(WISHES, "wishes")                                                                            \
    X(MISFIT, "misfit")                                                                            \
    X(OVERSTAY, "overstay")                                                                        \
    X(MOVE, "move")                                                                                \
    X(SCHOOL_MOVE, "school_move")                                                                  \
    X(KM, "km")                                                                                    \
    X(KEEP_OPEN, "keep_open")                                                                      \
    X(QUOTAS, "quotas")                                                                            \
    X(KEEP, "keep")                                                                                \
    X(UNPLACED, "unplaced")

enum {
#define X(name, text) ORACLE_##name,
    ORACLE_PARTS(X)
#undef X
        ORACLE_PART_COUNT
};

/* Why a household alone cannot be at a site, named as the reason codes of the plan document.
 * What depends on the others (apart, together, quota, full) is not among them. */
#define ORACLE_REASONS(X)                                                                          \
    X(CLOSED, "closed")                                                                            \
    X(BEDS, "beds")                                                                                \
    X(SERVICE, "service")                                                                          \
    X(ADMITS, "admits")                                                                            \
    X(REFUSES, "refuses")                                                                          \
    X(NEAR_KM, "near_km")                                                                          \
    X(NEAR_MINUTES, "near_minutes")                                                                \
    X(MAX_KM, "max_km")                                                                            \
    X(PIN, "pin")                                                                                  \
    X(BAN, "ban")                                                                                  \
    X(NO_MOVE, "no_move")                                                                          \
    X(MIN_STAY, "min_stay")                                                                        \
    X(MAX_MOVES, "max_moves")

enum {
#define X(name, text) ORACLE_BIT_##name,
    ORACLE_REASONS(X)
#undef X
        ORACLE_REASON_COUNT
};

extern const char *const oracle_part_name[ORACLE_PART_COUNT];
extern const char *const oracle_reason_name[ORACLE_REASON_COUNT];

/* Weeks are counted from one fixed Monday; a missing week is this. */
#define ORACLE_NO_WEEK INT64_MIN
/* A number that is not there: no limit, an unknown distance. */
#define ORACLE_NONE INT64_MIN

typedef struct {
    const char *id, *kind; /* kind "" if absent */
    const cJSON *row;
    bool open;
    int64_t closes; /* week, or ORACLE_NO_WEEK */
    int64_t usable; /* beds that count this week, whether open or not */
    int64_t durable;
    int64_t keep_open;
} oracle_site;

typedef struct {
    const char *id;
    const cJSON *row; /* NULL without one */
    int64_t persons, children, pupils;
    int64_t priority;
    bool needs_bed;
    int site;            /* where it lives, or -1 */
    int group;           /* equal for households that must be together */
    int64_t *needing;    /* per service: persons who need it */
    int64_t *counted;    /* per quota: persons it counts */
    unsigned *excluded;  /* per site: 1 << ORACLE_BIT_... */
    int64_t *journey_km; /* per site: of the journey into it; ORACLE_NONE if there is none */
    int64_t *parts;      /* per site: ORACLE_PART_COUNT parts of the cost of being there */
    int64_t keep;        /* what being unplaced costs beside U */
} oracle_household;

typedef struct {
    const char *id;
    bool *sites;      /* per site: whether it counts */
    int64_t max, min; /* this week; ORACLE_NONE for no limit */
    int64_t points;   /* 0: hard */
} oracle_quota;

typedef struct {
    cJSON *document;
    const cJSON *rules, *weights;
    int64_t week;
    int site_count, place_count, household_count, quota_count, service_count;
    oracle_site *sites;
    const char **places; /* ids: the sites first, then the other places */
    int64_t *km;         /* place_count x place_count, or ORACLE_NONE */
    int64_t *minutes;    /* the same */
    oracle_household *households;
    const char **services;
    int64_t *capacity; /* site_count x service_count: places; ORACLE_NONE if unlimited or absent */
    oracle_quota *quotas;
    bool *apart; /* household_count x household_count */
    int64_t persons;
    int64_t unplaced_points; /* U */
} oracle;

/* What an assignment comes to. */
typedef struct {
    bool feasible;
    char why[200]; /* the first rule broken, with names; "" if feasible */
    int64_t cost;
    int64_t parts[ORACLE_PART_COUNT];
    int64_t placed, unplaced, moves, persons_moved, children_moved, durable, temporary;
} oracle_result;

/* The week of "2023-W06", counted in weeks. */
int64_t oracle_week(const char *text);

/* Reads an instance; free it with oracle_free. */
oracle *oracle_read(const char *text);
void oracle_free(oracle *o);

int oracle_find_site(const oracle *o, const char *id);
int oracle_find_household(const oracle *o, const char *id);

/* Judges an assignment: site_of[household] is a site or -1. One who needs no bed must have -1. */
void oracle_evaluate(const oracle *o, const int *site_of, oracle_result *result);

/* From now on a household that needs a bed and is not at its site of these (-1: it has none) pays
 * `points` for each of its persons, elsewhere as unplaced; U "first" grows by what all of them
 * could pay. Only once. */
void oracle_keep(oracle *o, const int *site_of, int64_t points);

/* A best assignment and its cost. Exponential: for some ten households. */
int64_t oracle_best(const oracle *o, int *site_of);

/* The assignment in the `stays` of a plan document; false, with the reason in `why`, if there is
 * none. */
bool oracle_stays(const oracle *o, const cJSON *plan, int *site_of, char why[200]);

/* Persons of the assignment that quota q counts, and how many of them (or too few) are outside. */
int64_t oracle_quota_persons(const oracle *o, int q, const int *site_of);
int64_t oracle_quota_outside(const oracle *o, int q, int64_t persons);

/* Whether the household's own facts exclude the site it is pinned to this week, which the format
 * calls an input error. */
bool oracle_pin_cannot_be(const oracle *o, int household);

#endif
