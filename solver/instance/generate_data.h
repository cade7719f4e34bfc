/* What synthetic weeks are made from: the provinces and municipalities of the Netherlands, kinds
 * of site and sorts of household, with shares near those of early 2023. Facts of nobody. */
#ifndef PLAATS_INSTANCE_GENERATE_DATA_H
#define PLAATS_INSTANCE_GENERATE_DATA_H

enum { N_PROVINCES = 12, N_MUNICIPALITIES = 342, N_HOSPITALS = 8, N_ENTRANCES = 2 };

typedef struct {
    const char *name, *slug; /* the slug is made for ids: lower case, a-z and '-' */
    int region;              /* COA region 1..5 */
    int places;              /* reception places agreed for 1 January 2024 */
    int first, n;            /* its municipalities */
    int population;          /* sum of theirs */
} generate_province;

typedef struct {
    const char *name, *slug;
    int province;
    int population; /* 1 January 2021 */
    int lat, lon;   /* centroid, in 1e-4 degrees */
} generate_municipality;

/* Where arriving households come from. */
typedef struct {
    const char *id, *name;
    int lat, lon; /* 1e-4 degrees */
} generate_entrance;

enum { SCHOOL, MEDICAL, WHEELCHAIR, GUIDANCE, N_GEN_SERVICES };

/* Shares are in 1/1000, of the sites of the kind unless said otherwise. */
typedef struct {
    const char *name;
    int share;                     /* of all sites */
    int beds_low, beds_high;       /* at national scale; only their proportions count */
    int durable_low, durable_high; /* percent */
    int closed, closing, opening;  /* shut as the horizon begins; closes soon; opens within it */
    int no_school, limited_school; /* the rest has school places for all */
    int supply[N_GEN_SERVICES];    /* weight per bed in sharing out the places of a service */
    int refuses_family, refuses_track_2;
    int only_permit; /* admits permit holders alone */
    int keep_open;
    int max_weeks; /* 0: none */
    int full;      /* every bed usable, not 96 percent */
} generate_kind;

enum {
    KIND_AZC,
    KIND_EMERGENCY,
    KIND_CRISIS,
    KIND_SHIP,
    KIND_HOTEL,
    KIND_FLEX,
    KIND_SMALL,
    KIND_AMV,
    N_KINDS
};

typedef enum { SORT_AMV, SORT_SINGLE, SORT_COUPLE, SORT_FAMILY } generate_sort;

/* Placement units of January 2023 by sort and size. */
typedef struct {
    generate_sort sort;
    int size;
    int count;
} generate_unit;

enum { N_UNITS = 10 };

extern const generate_province generate_provinces[N_PROVINCES];
extern const generate_municipality generate_municipalities[N_MUNICIPALITIES];
extern const int generate_hospitals[N_HOSPITALS]; /* municipalities with a university hospital */
extern const generate_entrance generate_entrances[N_ENTRANCES];
extern const generate_kind generate_kinds[N_KINDS];
extern const generate_unit generate_units[N_UNITS];
extern const char *const generate_services[N_GEN_SERVICES];

#endif
