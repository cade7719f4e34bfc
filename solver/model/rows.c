/* The rows of the model, and where to find them. */
#include "model/build.h"

#include <assert.h>

static int32_t *none_rows(arena *memory, size_t n) {
    int32_t *a = arena_alloc(memory, n, sizeof *a);
    for (size_t i = 0; a != NULL && i < n; i++) a[i] = NONE;
    return a;
}

static plaats_status make_index(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    arena *memory = &b->m->memory;
    struct model_index *x = b->m->index;
    size_t sites = (size_t)b->in->n_sites, quotas = (size_t)b->in->n_quotas;

    TRY_ALLOC(x->bed_row = none_rows(memory, sites));
    TRY_ALLOC(x->open_rank = none_rows(memory, sites));
    TRY_ALLOC(x->service_row = none_rows(memory, sites * (size_t)b->in->n_services));
    TRY_ALLOC(x->apart_row = none_rows(memory, (size_t)b->in->n_apart));
    TRY_ALLOC(x->max_row = none_rows(memory, quotas));
    TRY_ALLOC(x->min_row = none_rows(memory, quotas));
    TRY_ALLOC(x->covers = arena_alloc(memory, quotas * sites, sizeof *x->covers));
done:
    return st;
}

/* Rows are made by the same walk twice: counted while `rows` is NULL, then written. */
typedef struct {
    const builder *b;
    model_row *rows;
    int64_t n, room; /* counted so far; rows there is room for */
} row_list;

static int32_t add_row(row_list *list, model_row row) {
    assert(list->rows == NULL || list->n < list->room);
    if (list->rows != NULL) list->rows[list->n] = row;
    return (int32_t)list->n++;
}

static void bed_row(row_list *list, int j, const site *s) {
    int64_t beds = site_usable_beds(s, list->b->when);
    model_row row = {.kind = ROW_BEDS, .site = j, .item = NONE, .rhs = beds};

    if (s->keep_open > 0)
        row = (model_row){
            .kind = ROW_OPEN, .site = j, .item = NONE, .points = s->keep_open, .beds = beds};
    list->b->m->index->bed_row[j] = add_row(list, row);
}

static void service_rows(row_list *list, int j, const site *s) {
    const builder *b = list->b;
    for (int i = 0; i < b->in->n_services; i++) {
        int service = b->service_order[i];
        const site_service *e = b->needed[service] ? site_find_service(s, service) : NULL;
        if (e == NULL || e->unlimited) continue;
        size_t at = (size_t)service * (size_t)b->m->n_sites + (size_t)j;
        b->m->index->service_row[at] =
            add_row(list, (model_row){.kind = ROW_SERVICE,
                                      .site = j,
                                      .item = service,
                                      .rhs = steps_value(&e->places, b->when, 0)});
    }
}

/* Returns how many sites are open. */
static int32_t site_rows(row_list *list) {
    const builder *b = list->b;
    int32_t open = 0;
    for (int j = 0; j < b->m->n_sites; j++) {
        const site *s = &b->in->sites[b->m->sites[j]];
        b->m->index->open_rank[j] = open;
        if (!site_open(s, b->when)) continue;
        open++;
        bed_row(list, j, s);
        service_rows(list, j, s);
    }
    return open;
}

static void apart_rows(row_list *list, int g) {
    const model *m = list->b->m;
    m->index->apart_row[g] = (int32_t)list->n;
    for (int j = 0; j < m->n_sites; j++)
        if (m->index->bed_row[j] != NONE)
            add_row(list, (model_row){.kind = ROW_APART, .site = j, .item = g, .rhs = 1});
}

static void quota_rows(row_list *list, bool is_max) {
    const builder *b = list->b;
    for (int i = 0; i < b->n_quota_order; i++) {
        int q = b->quota_order[i];
        const quota *it = &b->in->quotas[q];
        int64_t limit = steps_value(is_max ? &it->max : &it->min, b->when, STEP_NULL);
        if (limit == STEP_NULL) continue;
        int32_t row = add_row(list, (model_row){.kind = is_max ? ROW_MAX : ROW_MIN,
                                                .site = NONE,
                                                .item = q,
                                                .rhs = is_max ? limit : -limit,
                                                .points = it->points});
        (is_max ? b->m->index->max_row : b->m->index->min_row)[q] = row;
    }
}

/* The walk; false when there are more rows than can be numbered. */
static bool all_rows(row_list *list) {
    const builder *b = list->b;
    list->n = 0;
    int64_t open = site_rows(list);
    if (list->n + open * b->n_apart_order > INT32_MAX / 2) return false;
    for (int i = 0; i < b->n_apart_order; i++) apart_rows(list, b->apart_order[i]);
    quota_rows(list, true);
    quota_rows(list, false);
    return true;
}

static void mark_covered(const builder *b) {
    for (int i = 0; i < b->n_quota_order; i++) {
        int q = b->quota_order[i];
        bool *covers = b->m->index->covers + (size_t)q * (size_t)b->m->n_sites;
        for (int j = 0; j < b->m->n_sites; j++)
            covers[j] = quota_covers(b->in, &b->in->quotas[q], b->m->sites[j]);
    }
}

plaats_status build_make_rows(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    row_list list = {.b = b};

    TRY(make_index(b, error));
    if (!all_rows(&list))
        TRY(fail(error, PLAATS_INPUT, "%d 'apart' groups at %d sites are too many",
                 b->n_apart_order, b->in->n_sites));
    TRY_ALLOC(list.rows = arena_alloc(&b->m->memory, (size_t)list.n, sizeof *list.rows));
    list.room = list.n;
    (void)all_rows(&list);
    assert(list.n == list.room);
    mark_covered(b);
    b->m->rows = list.rows;
    b->m->n_rows = (int)list.n;
done:
    return st;
}
