/* The model of one planned week: units, sites, costs and rows, all in exact integers. The
 * mathematics is in solver/PROOF.md ("The model").
 *
 * A unit is a household or a together group (those members that need a bed in the week); a unit
 * takes one site or none. Units and sites are sorted by their facts, everything but ids, `because`
 * and `x_` members; ids decide only between those equal in every fact. So costs and plans do not
 * depend on ids or on the order of rows. "Site" below is an index in that order.
 *
 * A solve of several weeks will put paths over (week, site) in place of sites; rows carry their
 * week already.
 */
#ifndef PLAATS_MODEL_MODEL_H
#define PLAATS_MODEL_MODEL_H

#include "base/checked.h"
#include "instance/cost.h"

typedef enum {
    ROW_BEDS,    /* persons <= usable beds */
    ROW_SERVICE, /* persons needing it <= places */
    ROW_APART,   /* members of the apart group <= 1 */
    ROW_MAX,     /* counted persons <= max (+ slack at points, if soft) */
    ROW_MIN,     /* -counted persons <= -min + slack at points */
    ROW_OPEN     /* persons - beds*y <= 0, y in {0, 1} at cost keep_open; in place of ROW_BEDS */
} row_kind;

typedef struct {
    row_kind kind;
    int week;    /* planned week, 0 for the first */
    int site;    /* model site; NONE for quotas */
    int item;    /* ROW_SERVICE: service; ROW_APART: index in the instance's `apart`; ROW_MAX,
                    ROW_MIN: index in the instance's `quotas`; NONE else */
    int64_t rhs; /* ROW_OPEN: 0 */
    int64_t
        points;   /* soft rows: price of one person outside; 0: hard. ROW_OPEN: f, paid if y = 1 */
    int64_t beds; /* ROW_OPEN: coefficient of -y; 0 else */
} model_row;

/* Does the row limit beds that a site has only if it is kept open, at points? */
static inline bool row_is_open(const model_row *row) {
    return row->kind == ROW_OPEN;
}
/* May the row be exceeded, for points? What is neither soft nor open is hard. */
static inline bool row_is_soft(const model_row *row) {
    return !row_is_open(row) && row->points > 0;
}
static inline bool row_is_hard(const model_row *row) {
    return !row_is_open(row) && row->points == 0;
}
/* The most that may use the row at no points for using more; kept open, if that is asked for. */
static inline int64_t row_capacity(const model_row *row) {
    return row_is_open(row) ? row->beds : row->rhs;
}
/* Does the row limit the beds of a site, kept open or not? */
static inline bool row_is_of_beds(const model_row *row) {
    return row->kind == ROW_BEDS || row_is_open(row);
}
/* What the row costs under this load. A hard row costs nothing; see row_holds. */
static inline int64_t row_cost_of(const model_row *row, int64_t load) {
    if (row_is_open(row)) return load > 0 ? row->points : 0;
    return row_is_soft(row) && load > row->rhs ? row->points * (load - row->rhs) : 0;
}
/* May the row have this load at all? */
static inline bool row_holds(const model_row *row, int64_t load) {
    return row_is_soft(row) || load <= row_capacity(row);
}

typedef struct {
    int item;  /* what `model_row.item` says */
    int count; /* persons */
} amount;

typedef struct {
    int n_members;
    const int *members; /* households of the instance, those that need a bed */
    int persons;
    int64_t weight;        /* sum of persons * priority: what `unplaced` rows count */
    int64_t unplaced_cost; /* weight * U */
    int n_needs, n_apart, n_counted;
    const amount *needs;   /* services some place limits: persons needing each */
    const amount *apart;   /* groups with a row this week: members of the unit in each */
    const amount *counted; /* quotas with a row this week: counted persons, > 0 */
    int home;              /* model site where all members live now; NONE if none or several */
} unit;

/* Where a unit may go, ascending by site. A large model has a billion of them, so they are kept
 * small: costs as what they are more than the unit's least. */
typedef struct {
    int n;
    const uint16_t *site;
    int64_t least; /* of the costs */
    int width;     /* bytes of each in `more`: 2, 4 or 8 */
    const void *more;
} options;

/* What the i-th costs: all but keep_open and soft quotas, less what is saved by keeping to the
 * previous plan. */
static inline int64_t option_cost(const options *o, int i) {
    if (o->width == 2) return o->least + ((const uint16_t *)o->more)[i];
    if (o->width == 4) return o->least + ((const uint32_t *)o->more)[i];
    return (int64_t)((uint64_t)o->least + ((const uint64_t *)o->more)[i]);
}

typedef struct {
    int32_t row;
    int32_t use; /* negative on ROW_MIN */
} row_use;

/* Where a previous plan has every household, and what it costs not to be there. */
typedef struct {
    const int *site;     /* per household: instance site, or NONE */
    int64_t keep_points; /* per person who is not at that site */
} previous_sites;

typedef struct model model;
struct model {
    const plaats_instance *instance;
    int threads;             /* at most, to build it and for its bounds; 0: one a processor */
    int weeks;               /* 1 */
    int64_t unplaced_points; /* U */
    bool unplaced_first;     /* one person-week unplaced outweighs all else together */
    previous_sites previous; /* all zero: no previous plan */
    int64_t offset; /* what it costs if nobody is where the previous plan has him. Costs and bounds
                       of the model and the engine are less this: a unit that keeps its site takes
                       its share off, and staying unplaced costs U and nothing else */
    const int32_t *start; /* per unit: where the previous plan has all its members, or NONE;
                             perhaps not one of its options. NULL: no previous plan */
    int n_sites, n_units, n_rows;
    const int *sites;        /* model site -> instance site */
    const int *site_rank;    /* instance site -> model site */
    const int *service_rank; /* of the instance's services by their facts */
    const unit *units;
    const int *unit_of;    /* household -> unit; NONE if it needs no bed */
    const model_row *rows; /* beds/open and service rows by site, then apart, max, min */
    int max_uses;          /* the most rows one (unit, site) pair uses */
    arena memory;
    struct model_index *index; /* of model.c: from sites and items to rows */
};

/* Builds the model. `unplaced`: U to use, or NONE for what the instance says. The instance must
 * outlive the model. */
plaats_status model_build(const plaats_instance *in, int64_t unplaced, model **out,
                          plaats_error *error);
/* The same, after a previous plan; its array must outlive the model. `threads`: see there. */
plaats_status model_build_after(const plaats_instance *in, const previous_sites *previous,
                                int threads, model **out, plaats_error *error);
void model_free(model *m);
/* What a household pays at an instance site (NONE: unplaced) for not being where the previous plan
 * has it. */
int64_t model_keep_cost(const model *m, int household, int site);
/* The unit's share of the offset. */
int64_t model_unit_offset(const model *m, int unit);

options model_options(const model *m, int unit);
/* The cost of the unit at the site; false, and nothing written, if it may not be there. */
bool model_option_cost(const model *m, int unit, int site, int64_t *cost);
/* Rows that the unit uses at the site, with how much; returns how many (<= max_uses). */
int model_uses(const model *m, int unit, int site, row_use *uses);
/* The row of a service at a site, or NONE where it is not limited or not listed. */
int model_service_row(const model *m, int site, int service);

/* The exact cost of an assignment (site per unit, NONE: unplaced) less the offset, keep_open and
 * soft quotas included; false if it breaks a hard row, puts a unit where it may not be, or memory
 * runs out. */
bool model_cost(const model *m, const int32_t *at, int64_t *cost);
/* Persons unplaced times priority. */
int64_t model_unplaced_weight(const model *m, const int32_t *at);
/* An assignment leaves some without a bed, and no plan costs `gap` points less: of these persons at
 * most so many have a bed in any other plan (could_place.c). */
int64_t model_could_place(const model *m, const int32_t *at, int64_t gap);

/* What is minimized. With U "first" the unplaced total comes first and the rest after it. */
typedef enum {
    GOAL_COST,   /* the cost, unplaced points included */
    GOAL_WEIGHT, /* persons unplaced times priority, and nothing else */
    GOAL_REST    /* the cost less unplaced points, with at most `most_weight` unplaced */
} model_goal;

/* Prices that prove something. */
typedef struct {
    model_goal goal;
    int64_t most_weight;  /* GOAL_REST: at most this weight unplaced */
    int64_t weight_price; /* GOAL_REST: price of that row; 0 else */
    int64_t scale;        /* of all prices, >= 1 */
    int64_t *prices;      /* one per row, >= 0, at most scale * points on soft rows; with
                             GOAL_WEIGHT 0 on soft rows */
} model_prices;

/* The goal's value is at least this in every plan (that leaves at most `most_weight` unplaced): the
 * L of solver/PROOF.md, rounded up. Exact; false if it does not fit in 64 bits. */
bool model_goal_bound(const model *m, const model_prices *p, int64_t *bound);
/* scale * what the unit's stay counts for under the goal, plus what it pays for its uses. */
int128 model_reduced_cost(const model *m, const model_prices *p, int unit, int site, int64_t cost);

/* model_goal_bound for GOAL_COST: S*L of solver/PROOF.md, divided by S and rounded up: no plan
 * costs less. false if it does not fit in 64 bits (never for prices a search can reach). prices:
 * one per row, >= 0, at most S*points on soft rows. Exact. */
bool model_bound(const model *m, int64_t scale, const int64_t *prices, int64_t *bound);

#endif
