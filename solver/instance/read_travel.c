/* Measured distances: one row for each ordered pair. */
#include "instance/read.h"

#include <stdlib.h>

typedef struct {
    travel_row row;
    const json_node *node;
    int number; /* in the document */
} travel_draft;

static bool read_row(reader *r, const json_node *node, travel_draft *out) {
    enum { FROM, TO, KM, MINUTES };
    static const read_field fields[] = {
        [FROM] = {"from", read_location, offsetof(travel_draft, row.from), true, 0, 0},
        [TO] = {"to", read_location, offsetof(travel_draft, row.to), true, 0, 0},
        [KM] = {"km", read_integer, offsetof(travel_draft, row.km), false, 0, MOST_DISTANCE},
        [MINUTES] = {"minutes", read_integer, offsetof(travel_draft, row.minutes), false, 0,
                     MOST_DISTANCE},
    };
    *out = (travel_draft){.row = {.from = NONE, .to = NONE, .km = NONE, .minutes = NONE},
                          .node = node};
    members m = read_object(r, node, fields, N_FIELDS(fields), out);
    bool good = m.sound;
    if (json_type_of(node) == JSON_OBJECT && !GIVEN(m, KM) && !GIVEN(m, MINUTES)) {
        json_problem(r->document, node, "neither 'km' nor 'minutes': at least one is needed");
        good = false;
    }
    if (GOOD(m, FROM) && GOOD(m, TO) && out->row.from == out->row.to) {
        json_problem(r->document, node, "'from' and 'to' are both '%s'",
                     location_id(r->in, out->row.from));
        good = false;
    }
    if (!good) r->sound = false;
    return good;
}

static int compare_drafts(const void *a, const void *b) {
    const travel_draft *x = a;
    const travel_draft *y = b;
    if (x->row.from != y->row.from) return x->row.from < y->row.from ? -1 : 1;
    if (x->row.to != y->row.to) return x->row.to < y->row.to ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Keeps the first row of each pair, by (from, to), and reports the others. */
static int keep_rows(reader *r, travel_draft *drafts, int n, travel_row *kept) {
    int count = 0;
    qsort(drafts, (size_t)n, sizeof *drafts, compare_drafts);
    for (int i = 0; i < n; i++) {
        const travel_row *row = &drafts[i].row;
        if (i > 0 && drafts[i - 1].row.from == row->from && drafts[i - 1].row.to == row->to) {
            json_problem(r->document, drafts[i].node, "there already is a row from '%s' to '%s'",
                         location_id(r->in, row->from), location_id(r->in, row->to));
            r->sound = r->travel_sound = false;
        } else {
            kept[count++] = *row;
        }
    }
    return count;
}

void read_travel(reader *r, const json_node *node) {
    if (node == NULL) return;
    int n = 0;
    travel_row *kept = read_take_list(r, node, sizeof *kept, &n);
    travel_draft *drafts = zero_alloc((size_t)n, sizeof *drafts);
    if (kept == NULL || drafts == NULL) {
        r->out_of_memory |= drafts == NULL;
        free(drafts);
        return;
    }
    int good = 0;
    int number = 0;
    for (const json_node *c = json_first(node); c != NULL; c = json_next(c)) {
        if (read_row(r, c, &drafts[good])) {
            drafts[good++].number = number;
        } else {
            r->travel_sound = false;
        }
        number++;
    }
    r->in->n_travel = keep_rows(r, drafts, good, kept);
    r->in->travel = kept;
    free(drafts);
}
