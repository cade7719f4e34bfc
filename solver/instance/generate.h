/* The inside of plaats_generate: sites and households are drawn first, a few bytes each, and then
 * written row by row. Everything is worked out in integers, so equal settings give equal bytes on
 * every machine. What a household's members are like is drawn from a stream of its own, again
 * each time it is asked, and so takes no memory. */
#ifndef PLAATS_INSTANCE_GENERATE_H
#define PLAATS_INSTANCE_GENERATE_H

#include "base/random.h"
#include "base/status.h"
#include "base/week.h"
#include "instance/generate_data.h"
#include "text/json_out.h"

enum {
    LARGEST_HOUSEHOLD = 8,
    USABLE_PERCENT = 96,
    NEVER = -1,     /* a week that does not come */
    UNLISTED = -1,  /* places of a service a site does not have */
    UNLIMITED = -2, /* places of a service a site has for everyone */
    NO_SITE = UINT16_MAX,
    NO_LINK = UINT16_MAX
};

/* Tags of people, as bits. */
enum { TAG_AMV = 1, TAG_FAMILY = 2, TAG_PERMIT = 4, TAG_TRACK_2 = 8, N_GEN_TAGS = 4 };
extern const char *const generate_tags[N_GEN_TAGS]; /* name of bit i */

typedef struct {
    int kind, municipality;
    int number;        /* 1 for the first of its kind in the municipality */
    int lat, lon;      /* 1e-4 degrees */
    int durable;       /* percent */
    int percent;       /* usable_percent */
    int opens, closes; /* weeks after the first; 0 and NEVER if always open */
    int step_week;     /* from here on beds are step_percent of what they were; NEVER */
    int step_percent;
    int64_t weight;    /* size before scaling */
    int64_t usable;    /* beds that count: in the first week, or when it opens, or before it shut */
    int64_t keep_open; /* points; 0: none */
    unsigned admits, refuses;
    int64_t places[N_GEN_SERVICES];
    int64_t beds_taken, taken[N_GEN_SERVICES]; /* by those who live here */
} generate_site;

/* At most one special fact for each household, so that they do not contradict one another. */
typedef enum {
    SPECIAL_NONE,
    SPECIAL_NO_MOVE,
    SPECIAL_PIN,
    SPECIAL_BAN,
    SPECIAL_BAN_HOME,
    SPECIAL_MAX_KM,
    SPECIAL_WISH
} generate_special;

typedef struct {
    uint32_t first_person; /* number of its first member */
    uint16_t home;         /* a site, or NO_SITE */
    uint16_t linked;       /* municipality a permit holder waits for, or NO_LINK */
    uint8_t sort, size, tags, special;
    int8_t arrives, leaves; /* weeks after the first; 0 and NEVER for the whole horizon */
    bool bound;             /* the link is a hard limit */
    bool grouped;
} generate_household;

typedef struct {
    uint32_t a, b; /* households */
    bool together; /* else apart */
} generate_pair;

typedef struct {
    int64_t people, weeks;
    int64_t fill, settled; /* in 1/10000 */
    uint64_t seed;
    int n_sites, n_households, n_pairs;
    generate_site *sites;
    generate_household *households;
    generate_pair *pairs;
    bool amv_apart;               /* there are amv sites, and others refuse amv */
    int64_t present, amv_present; /* persons who need a bed in the first week */
} generator;

typedef struct {
    int age[LARGEST_HOUSEHOLD];
    unsigned needs[LARGEST_HOUSEHOLD]; /* bit s: needs service s, SCHOOL by age */
    int count[N_GEN_SERVICES];         /* members who need it */
} generate_members;

/* What a random stream is for; each purpose and subject has its own. Draws never share an
 * expression: C leaves their order open there. */
enum {
    FOR_SITES = 1,
    FOR_UNITS,
    FOR_MEMBERS,
    FOR_SIZES,
    FOR_HOMES,
    FOR_FACTS,
    FOR_PAIRS,
    FOR_ROWS,
    FOR_NEAR
};
random_stream generate_stream(const generator *g, int purpose, int64_t subject);
/* 0..n-1. */
int generate_below(random_stream *r, int64_t n);
/* True `permille` times in 1000. */
bool generate_chance(random_stream *r, int permille);

/* generate_sites.c: kinds, places on the map, opening weeks, who is admitted. */
plaats_status generate_draw_sites(generator *g, plaats_error *error);
/* Beds to match the people, and limited service places to match those who need them. */
void generate_size_sites(generator *g);
/* A municipality of the province, or of all (province < 0), in proportion to its inhabitants. */
int generate_municipality_of(random_stream *r, int province);
int generate_province_of(const generate_site *s);
bool generate_site_open(const generate_site *s); /* in the first week */

/* generate_people.c */
plaats_status generate_draw_households(generator *g, plaats_error *error);
void generate_members_of(const generator *g, int household, generate_members *m);

/* generate_homes.c: who lives where already, links, special facts, pairs. */
plaats_status generate_settle(generator *g, plaats_error *error);
plaats_status generate_draw_facts(generator *g, plaats_error *error);

/* generate_write.c and generate_rows.c: the document, row by row. */
typedef struct {
    const generator *g;
    json_out out;
    buffer text;
    plaats_write_fn write;
    void *context;
    bool refused; /* write gave up */
} generate_writer;

plaats_status generate_write(const generator *g, plaats_write_fn write, void *context,
                             plaats_error *error);
void generate_row_site(generate_writer *w, const generate_site *s);
void generate_rows_people(generate_writer *w, int household);
void generate_row_household(generate_writer *w, int household);

/* Names in the document, each at most 63 bytes long. */
typedef char generate_name[64];
void generate_site_id(const generate_site *s, generate_name id);
void generate_household_id(const generate_household *h, generate_name id);
void generate_municipality_id(int municipality, generate_name id);
void generate_hospital_id(int hospital, generate_name id);
void generate_week(int after_first, char text[WEEK_TEXT_SIZE]);

/* As plaats_generate says. */
void generate_default(plaats_generate_settings *settings);
plaats_status generate_instance(const plaats_generate_settings *settings, plaats_write_fn write,
                                void *context, plaats_error *error);

#endif
