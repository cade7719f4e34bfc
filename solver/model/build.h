/* How a model is built, step by step, and what it looks rows up in. Private to the model's files.
 */
#ifndef PLAATS_MODEL_BUILD_H
#define PLAATS_MODEL_BUILD_H

#include "base/checked.h"
#include "model/facts.h"
#include "model/model.h"

enum { UNITS_OF_PART = 1024 };

/* The options of some units side by side (store.h). */
typedef struct {
    uint32_t first[UNITS_OF_PART + 1]; /* the i-th unit's costs are first[i] .. first[i+1]-1 */
    uint32_t site_at[UNITS_OF_PART];   /* and its sites begin here */
    int64_t least[UNITS_OF_PART];      /* of its costs */
    uint32_t n_sites, site_room, cost_room;
    uint16_t *site;
    int width;  /* bytes of a cost: 2, 4 or 8 */
    void *more; /* costs, each above the unit's least */
    int64_t largest_cost;
} option_part;

struct model_index {
    int32_t *bed_row;           /* per site; NONE: closed */
    int32_t *service_row;       /* [service * n_sites + site]; NONE: no row */
    int32_t *open_rank;         /* per site: how many open sites stand before it */
    int32_t *apart_row;         /* per group: its row at the first open site, others follow; NONE */
    int32_t *max_row, *min_row; /* per quota; NONE */
    bool *covers;               /* [quota * n_sites + site] */
    option_part *parts;         /* of UNITS_OF_PART units each; their lists are not in the arena */
    int n_parts;
    int64_t largest_cost; /* the largest size of an option's cost */
};

/* What the steps share. Freed at the end of the build, but for the model. */
typedef struct {
    const plaats_instance *in;
    model *m;
    bool own_unplaced; /* U is the caller's, not the instance's */
    week when;         /* the planned week */
    facts facts;
    int *site_rank;       /* = m->site_rank */
    int *household_order; /* by facts */
    int *service_order;   /* by facts */
    int *unit_of;         /* = m->unit_of */
    unit *units;          /* = m->units */
    int *apart_order;     /* the groups with rows, by facts */
    int n_apart_order;
    int *quota_order; /* the quotas with a row, by facts */
    int n_quota_order;
    bool *needed; /* per service: some unit needs it and some open site limits it */
} builder;

plaats_status build_sort(builder *b, plaats_error *error);
/* Units with their members; their amounts come later. */
plaats_status build_merge_units(builder *b, plaats_error *error);
/* Which groups, quotas and services have rows this week. */
plaats_status build_choose_limits(builder *b, plaats_error *error);
/* What every unit uses of them. */
plaats_status build_count_amounts(builder *b, plaats_error *error);
plaats_status build_make_rows(builder *b, plaats_error *error);
plaats_status build_list_options(builder *b, plaats_error *error);
/* What it would cost to keep to no stay of the previous plan. */
int128 model_points_to_keep(const model *m);
/* The message where those are too many. */
plaats_status model_refuse_keep(const model *m, plaats_error *error);
/* What the unit saves at the site: it pays the model's `offset` for members that are elsewhere than
 * in the previous plan. */
int64_t unit_keep_saving(const model *m, const unit *u, int site);
/* Where units start. */
plaats_status build_follow_previous(builder *b, plaats_error *error);
/* Refuses a U of the caller's with which the cost of some plan would not fit in 64 bits, and finds
 * out whether U outweighs all else. */
plaats_status build_check_sums(builder *b, plaats_error *error);

#endif
