/* Households that belong together, and those to keep apart. */
#include "instance/read.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- Reading the rows ----------------------------------------------------------------------- */

/* The different households of a list, in its order. `seen` is all false, and is again afterwards.
 */
static bool read_list(reader *r, const json_node *value, bool *seen, indices *out) {
    const read_field f = {.name = NULL};
    int n;
    int *list = read_take_list(r, value, sizeof *list, &n);
    if (list == NULL) return false;
    bool good = true;
    int different = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c)) {
        int h;
        if (!read_household(r, c, &f, &h)) {
            good = false;
        } else if (!seen[h]) {
            seen[h] = true;
            list[different++] = h;
        }
    }
    for (int i = 0; i < different; i++) seen[list[i]] = false;
    *out = (indices){.n = different, .at = list};
    if (good && different < 2) {
        json_problem(r->document, value, "fewer than two different households");
        good = false;
    }
    return good;
}

typedef struct {
    group g;
    const json_node *households;
} group_row;

static bool read_group(reader *r, const json_node *node, bool apart, bool *seen, group *out) {
    static const read_field fields[] = {
        {"households", read_array, offsetof(group_row, households), true, 0, 0},
        {"because", read_text, offsetof(group_row, g.because), false, 0, 0},
        {"from", read_week, offsetof(group_row, g.when.from), false, 0, 0},
        {"until", read_week, offsetof(group_row, g.when.until), false, 0, 0},
    };
    group_row row = {.g = {.when = {WEEK_FIRST, WEEK_LAST}}};
    size_t known = apart ? N_FIELDS(fields) : 2; /* only `apart` has weeks */
    bool good = read_object(r, node, fields, known, &row).sound;
    if (row.households != NULL) good &= read_list(r, row.households, seen, &row.g.households);
    *out = row.g;
    if (!good) r->sound = false;
    return good;
}

/* The groups that were read soundly, with their nodes. */
typedef struct {
    int n;
    group *at;
    const json_node **nodes;
} group_list;

static group_list read_list_of_groups(reader *r, const json_node *node, bool apart) {
    group_list list = {.n = 0};
    if (node == NULL) return list;
    int n;
    list.at = read_take_list(r, node, sizeof *list.at, &n);
    list.nodes = zero_alloc((size_t)n, sizeof *list.nodes);
    bool *seen = zero_alloc((size_t)r->in->n_households, sizeof *seen);
    if (list.at == NULL || list.nodes == NULL || seen == NULL) {
        r->out_of_memory = true;
    } else {
        for (const json_node *c = json_first(node); c != NULL; c = json_next(c)) {
            assert(list.n < n);
            list.nodes[list.n] = c;
            if (read_group(r, c, apart, seen, &list.at[list.n])) list.n++;
        }
    }
    free(seen);
    return list;
}

/* ---- Groups that share a household are one -------------------------------------------------- */

static int root_of(int *parent, int h) {
    while (parent[h] != h) {
        parent[h] = parent[parent[h]];
        h = parent[h];
    }
    return h;
}

static void unite(const group_list *list, int *parent) {
    for (int i = 0; i < list->n; i++) {
        const indices *members = &list->at[i].households;
        for (int k = 1; k < members->n; k++) {
            int a = root_of(parent, members->at[0]);
            int b = root_of(parent, members->at[k]);
            parent[a > b ? a : b] = a > b ? b : a;
        }
    }
}

/* Merges in place: each group goes to the first that shares its root. `merged_of` tells for a root
 * which that is (NONE at first); `sizes` counts members with repeats, then the members kept. */
static bool merge(reader *r, group_list *list, int *parent, int *merged_of) {
    group *merged = read_take(r, (size_t)list->n, sizeof *merged);
    int *sizes = zero_alloc((size_t)list->n, sizeof *sizes);
    int n_households = r->in->n_households;
    bool *seen = zero_alloc((size_t)n_households, sizeof *seen);
    bool good = merged != NULL && sizes != NULL && seen != NULL;
    int n = 0;
    for (int i = 0; good && i < list->n; i++) {
        int *number = &merged_of[root_of(parent, list->at[i].households.at[0])];
        if (*number == NONE) {
            *number = n;
            merged[n++] = (group){.when = list->at[i].when};
        }
        sizes[*number] += list->at[i].households.n;
        if (merged[*number].because == NULL) merged[*number].because = list->at[i].because;
    }
    for (int g = 0; good && g < n; g++) {
        int *room = read_take(r, (size_t)sizes[g], sizeof *room);
        merged[g].households.at = room;
        good = room != NULL;
    }
    for (int i = 0; good && i < list->n; i++) {
        const indices *from = &list->at[i].households;
        indices *to = &merged[merged_of[root_of(parent, from->at[0])]].households;
        for (int k = 0; k < from->n; k++) {
            if (seen[from->at[k]]) continue;
            seen[from->at[k]] = true;
            assert(to->n < sizes[merged_of[root_of(parent, from->at[0])]]);
            ((int *)to->at)[to->n++] = from->at[k];
        }
    }
    if (!good) r->out_of_memory = true;
    r->in->together = merged;
    r->in->n_together = good ? n : 0;
    free(sizes);
    free(seen);
    return good;
}

/* ---- Both together and apart ---------------------------------------------------------------- */

/* One pair of an apart group is enough to say. `met` holds for each together group the member of
 * this apart group that was met last, and its apart group in `met_in`. */
static void report_conflicts(reader *r, const group_list *apart, int *parent, int *met,
                             int *met_in) {
    for (int h = 0; h < r->in->n_households; h++) met_in[h] = NONE;
    for (int i = 0; i < apart->n; i++) {
        const indices *members = &apart->at[i].households;
        for (int k = 0; k < members->n; k++) {
            int h = members->at[k];
            int root = root_of(parent, h);
            if (met_in[root] == i) {
                json_problem(r->document, apart->nodes[i],
                             "households '%s' and '%s' are both together and apart",
                             r->in->households[met[root]].id, r->in->households[h].id);
                r->sound = false;
                break;
            }
            met[root] = h;
            met_in[root] = i;
        }
    }
}

void read_groups(reader *r, const json_node *together, const json_node *apart) {
    size_t n = (size_t)r->in->n_households;
    group_list lists[2] = {read_list_of_groups(r, together, false),
                           read_list_of_groups(r, apart, true)};
    int *parent = zero_alloc(n, sizeof *parent);
    int *of_root = zero_alloc(n, sizeof *of_root);
    int *met = zero_alloc(n, sizeof *met);
    if (parent == NULL || of_root == NULL || met == NULL) r->out_of_memory = true;
    if (!r->out_of_memory) {
        for (size_t h = 0; h < n; h++) {
            parent[h] = (int)h;
            of_root[h] = NONE;
        }
        unite(&lists[0], parent);
        merge(r, &lists[0], parent, of_root);
        report_conflicts(r, &lists[1], parent, met, of_root);
        r->in->apart = lists[1].at;
        r->in->n_apart = lists[1].n;
    }
    free(parent);
    free(of_root);
    free(met);
    free(lists[0].nodes);
    free(lists[1].nodes);
}
