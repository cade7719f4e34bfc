/* Limits over groups of sites. */
#include "instance/read.h"

#include <stdlib.h>

enum {
    ID,
    NAME,
    SITES,
    KIND,
    PROVINCE,
    MUNICIPALITY,
    SITE_TAG,
    DURABLE_BELOW,
    TAG,
    MAX,
    MIN,
    POINTS,
    BECAUSE
};

static int compare_ints(const void *a, const void *b) {
    int x = *(const int *)a;
    int y = *(const int *)b;
    return (x > y) - (x < y);
}

/* Each site once; an empty list is a quota that touches nothing, which `durable_below` 0 says. */
static bool read_site_list(reader *r, const json_node *value, const read_field *f, void *target) {
    int n;
    int *list = read_take_list(r, value, sizeof *list, &n);
    if (list == NULL) return false;
    bool good = true;
    int i = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c))
        good &= read_site(r, c, f, &list[i++]);
    if (!good) return false;
    qsort(list, (size_t)n, sizeof *list, compare_ints);
    int different = 0;
    for (i = 0; i < n; i++)
        if (different == 0 || list[different - 1] != list[i]) list[different++] = list[i];
    *(indices *)target = (indices){.n = different, .at = list};
    return true;
}

/* Refuses a week in which `min` is above `max`; only weeks in which one of them changes matter. */
static bool check_order_at(reader *r, const json_node *node, const quota *q, week w) {
    int64_t min = steps_value(&q->min, w, STEP_NULL);
    int64_t max = steps_value(&q->max, w, STEP_NULL);
    if (min == STEP_NULL || max == STEP_NULL || min <= max) return true;
    const json_node *place = json_member(node, "min");
    if (w == WEEK_FIRST)
        json_problem(r->document, place, "'min' %lld is above 'max' %lld", (long long)min,
                     (long long)max);
    else
        json_problem(r->document, place, "'min' %lld is above 'max' %lld from week '%s' on",
                     (long long)min, (long long)max, read_show_week(w).text);
    return false;
}

static bool check_order(reader *r, const json_node *node, const quota *q) {
    for (int i = 0; i < q->min.n; i++)
        if (!check_order_at(r, node, q, q->min.at[i].from)) return false;
    for (int i = 0; i < q->max.n; i++)
        if (!check_order_at(r, node, q, q->max.at[i].from)) return false;
    return true;
}

static bool complain(reader *r, const json_node *node, const char *problem) {
    json_problem(r->document, node, "%s", problem);
    return false;
}

/* What must be there together. */
static bool check_quota(reader *r, const json_node *node, const members *m, const quota *q) {
    const uint32_t selectors = 1u << SITES | 1u << KIND | 1u << PROVINCE | 1u << MUNICIPALITY |
                               1u << SITE_TAG | 1u << DURABLE_BELOW;
    bool good = true;
    if ((m->given & selectors) == 0)
        good = complain(r, node,
                        "no sites are selected: at least one of 'sites', 'kind', 'province', "
                        "'municipality', 'site_tag' and 'durable_below' is needed");
    if (!GIVEN(*m, MAX) && !GIVEN(*m, MIN))
        good = complain(r, node, "neither 'max' nor 'min': at least one is needed");
    if (GIVEN(*m, MIN) && !GIVEN(*m, POINTS))
        good = complain(r, node, "'min' is given without 'points', the price of each person short");
    if (GOOD(*m, MIN) && GOOD(*m, MAX)) good &= check_order(r, node, q);
    return good;
}

static bool read_quota(reader *r, const json_node *node, quota *out) {
    static const read_field fields[] = {
        [ID] = {"id", read_id, offsetof(quota, id), true, 0, 0},
        [NAME] = {"name", read_text, offsetof(quota, name), false, 0, 0},
        [SITES] = {"sites", read_site_list, offsetof(quota, sites), false, 0, 0},
        [KIND] = {"kind", read_id, offsetof(quota, kind), false, 0, 0},
        [PROVINCE] = {"province", read_text, offsetof(quota, province), false, 0, 0},
        [MUNICIPALITY] = {"municipality", read_text, offsetof(quota, municipality), false, 0, 0},
        [SITE_TAG] = {"site_tag", read_tag, offsetof(quota, site_tag), false, 0, 0},
        [DURABLE_BELOW] = {"durable_below", read_int, offsetof(quota, durable_below), false, 0,
                           100},
        [TAG] = {"tag", read_tag, offsetof(quota, tag), false, 0, 0},
        [MAX] = {"max", read_limit_steps, offsetof(quota, max), false, 0, MOST_PLACES},
        [MIN] = {"min", read_limit_steps, offsetof(quota, min), false, 0, MOST_PLACES},
        [POINTS] = {"points", read_integer, offsetof(quota, points), false, 1, MOST_POINTS},
        [BECAUSE] = {"because", read_text, offsetof(quota, because), false, 0, 0},
    };
    *out = (quota){.site_tag = NONE, .durable_below = NONE, .tag = NONE};
    members m = read_object(r, node, fields, N_FIELDS(fields), out);
    if (GOOD(m, SITES) && out->sites.n == 0) out->durable_below = 0;
    if (!GOOD(m, ID)) out->id = "";
    bool good = json_type_of(node) != JSON_OBJECT || check_quota(r, node, &m, out);
    if (!good) r->sound = false;
    return GOOD(m, ID);
}

void read_quotas(reader *r, const json_node *node) {
    if (node == NULL) return;
    int n;
    quota *list = read_take_list(r, node, sizeof *list, &n);
    name_row *rows = zero_alloc((size_t)n, sizeof *rows);
    const json_node **nodes = zero_alloc((size_t)n, sizeof *nodes);
    if (rows == NULL || nodes == NULL) r->out_of_memory = true;
    if (list != NULL && rows != NULL && nodes != NULL) {
        int i = 0;
        int named = 0;
        for (const json_node *c = json_first(node); c != NULL; c = json_next(c), i++) {
            nodes[i] = c;
            if (read_quota(r, c, &list[i]))
                rows[named++] = (name_row){.name = list[i].id, .number = i};
        }
        name_index index = read_index_names(rows, named);
        read_report_doubles(r, &index, nodes, "quota");
        r->in->quotas = list;
        r->in->n_quotas = n;
    }
    free(rows);
    free(nodes);
}
