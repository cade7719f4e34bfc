/* Reads a plan, or stays made by hand, and finds where everyone was before the first planned week.
 */
#include "plan/previous.h"

#include "text/json_copy.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Ids with their indices, by the bytes of the ids. */
typedef struct {
    const char *id;
    int index;
} named;

typedef struct {
    int household, site; /* NONE: the instance does not know it */
    int64_t from, until; /* weeks, until is not in it */
    int order;           /* in the document */
    const json_node *node;
} kept_stay;

typedef struct {
    const plaats_instance *in;
    json_document *document;
    named *households, *sites;
    kept_stay *stays;
    int n_stays;
} previous_reading;

/* ---- Names --------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b) {
    return strcmp(((const named *)a)->id, ((const named *)b)->id);
}

static int find(const named *names, int n, const char *id) {
    named wanted = {.id = id};
    const named *found = n == 0 ? NULL : bsearch(&wanted, names, (size_t)n, sizeof wanted, by_id);
    return found == NULL ? NONE : found->index;
}

static plaats_status index_ids(previous_reading *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t households = (size_t)r->in->n_households, sites = (size_t)r->in->n_sites;
    TRY_ALLOC(r->households = zero_alloc(households, sizeof *r->households));
    TRY_ALLOC(r->sites = zero_alloc(sites, sizeof *r->sites));
    for (int h = 0; h < r->in->n_households; h++)
        r->households[h] = (named){r->in->households[h].id, h};
    for (int j = 0; j < r->in->n_sites; j++) r->sites[j] = (named){r->in->sites[j].id, j};
    qsort(r->households, households, sizeof *r->households, by_id);
    qsort(r->sites, sites, sizeof *r->sites, by_id);
done:
    return st;
}

/* ---- Values -------------------------------------------------------------------------------- */

static bool is_type(previous_reading *r, const json_node *node, json_type type,
                    const char *expected) {
    if (json_type_of(node) == type) return true;
    json_problem(r->document, node, "expected %s, found %s", expected, json_type_name(node));
    return false;
}

static const json_node *member_of(previous_reading *r, const json_node *object, const char *key,
                                  json_type type, const char *expected) {
    const json_node *node = json_member(object, key);
    if (node == NULL) json_problem(r->document, object, "member '%s' is missing", key);
    return node != NULL && is_type(r, node, type, expected) ? node : NULL;
}

static bool read_from(previous_reading *r, const json_node *node, week *when) {
    if (node == NULL) return false;
    if (week_parse(json_text(node), when)) return true;
    json_problem(r->document, node, "'%s' is no week, such as 2023-W06", json_text(node));
    return false;
}

static bool read_weeks(previous_reading *r, const json_node *node, int64_t *n) {
    if (node == NULL) return false;
    if (json_integer(r->document, node, n) == JSON_INTEGER && *n >= 1 && *n <= INT32_MAX)
        return true;
    json_problem(r->document, node, "a stay has 1 week or more");
    return false;
}

/* ---- Stays --------------------------------------------------------------------------------- */

static void read_stay(previous_reading *r, const json_node *node) {
    week from = 0;
    int64_t weeks = 0;
    if (!is_type(r, node, JSON_OBJECT, "an object")) return;
    const json_node *household = member_of(r, node, "household", JSON_STRING, "a string");
    const json_node *where = member_of(r, node, "site", JSON_STRING, "a string");
    bool fine = read_from(r, member_of(r, node, "from", JSON_STRING, "a week"), &from);
    fine &= read_weeks(r, member_of(r, node, "weeks", JSON_NUMBER, "an integer"), &weeks);
    if (!fine || household == NULL || where == NULL) return;
    r->stays[r->n_stays] =
        (kept_stay){.household = find(r->households, r->in->n_households, json_text(household)),
                    .site = find(r->sites, r->in->n_sites, json_text(where)),
                    .from = from,
                    .until = from + weeks,
                    .order = r->n_stays,
                    .node = node};
    r->n_stays++;
}

static bool is_plan(previous_reading *r, const json_node *root) {
    const json_node *format = json_member(root, "format");
    if (format == NULL) return true; /* made by hand: stays alone */
    if (!is_type(r, format, JSON_STRING, "a string")) return false;
    if (strcmp(json_text(format), "plaats.plan/1") == 0) return true;
    json_problem(r->document, format, "'%s' is no plan, expected 'plaats.plan/1'",
                 json_text(format));
    return false;
}

/* `stays` is NULL when the document was refused, with the problems recorded. */
static plaats_status read_stays(previous_reading *r, const json_node **stays, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const json_node *root = json_root(r->document);
    *stays = NULL;
    if (!is_type(r, root, JSON_OBJECT, "an object") || !is_plan(r, root)) return PLAATS_OK;
    const json_node *list = member_of(r, root, "stays", JSON_ARRAY, "an array");
    if (list == NULL) return PLAATS_OK;
    TRY_ALLOC(r->stays = zero_alloc(json_count(list), sizeof *r->stays));
    for (const json_node *node = json_first(list); node != NULL; node = json_next(node))
        read_stay(r, node);
    *stays = list;
done:
    return st;
}

/* ---- Where everyone was -------------------------------------------------------------------- */

/* Planned weeks of which no stay says anything are carried on from the weeks before. */
static bool covers_week(const previous_reading *r, week when) {
    for (int i = 0; i < r->n_stays; i++)
        if (r->stays[i].from <= when && when < r->stays[i].until) return true;
    return false;
}

static void enter(previous_reading *r, const kept_stay *s, int *site_of) {
    int *cell = &site_of[s->household];
    if (*cell != NONE)
        json_problem(r->document, s->node, "household '%s' has more than one stay in a week",
                     r->in->households[s->household].id);
    *cell = s->site;
}

static void enter_covering(previous_reading *r, week when, int *site_of) {
    for (int i = 0; i < r->n_stays; i++) {
        const kept_stay *s = &r->stays[i];
        if (s->household == NONE || s->site == NONE) continue;
        if (s->from <= when && when < s->until) enter(r, s, site_of);
    }
}

static int by_end(const void *a, const void *b) {
    const kept_stay *x = a, *y = b;
    if (x->until != y->until) return x->until < y->until ? -1 : 1;
    return x->order - y->order;
}

/* The stay that ends last decides. */
static void enter_last(previous_reading *r, week when, int *site_of) {
    qsort(r->stays, (size_t)r->n_stays, sizeof *r->stays, by_end);
    for (int i = 0; i < r->n_stays; i++) {
        const kept_stay *s = &r->stays[i];
        if (s->household != NONE && s->until <= when) site_of[s->household] = s->site;
    }
}

static void count_stays(const previous_reading *r, plaats_previous_match *match) {
    week first = r->in->first, end = first + r->in->weeks;
    match->stays = r->n_stays;
    for (int i = 0; i < r->n_stays; i++) {
        const kept_stay *s = &r->stays[i];
        if (s->household == NONE || s->site == NONE) continue;
        match->known++;
        if (s->from < end && s->until > first) match->planned++;
    }
}

static plaats_status follow(previous_reading *r, const plaats_settings *settings,
                            previous_plan *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    week when = r->in->first;
    bool covers = covers_week(r, when);
    TRY_ALLOC(out->site_of = zero_alloc((size_t)r->in->n_households, sizeof *out->site_of));
    for (int h = 0; h < r->in->n_households; h++) out->site_of[h] = NONE;
    if (covers)
        enter_covering(r, when, out->site_of);
    else
        enter_last(r, when, out->site_of);
    out->sites.site = out->site_of;
    out->sites.keep_points = covers ? settings->keep_points : 0;
done:
    return st;
}

static plaats_status read_document(previous_reading *r, const plaats_settings *settings,
                                   previous_plan *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const json_node *stays;
    TRY(index_ids(r, error));
    TRY(read_stays(r, &stays, error));
    if (stays == NULL) goto done;
    TRY(json_hash(r->document, stays, out->stays_sha256, error));
    TRY(follow(r, settings, out, error));
    count_stays(r, &out->match);
done:
    return st;
}

static const json_naming naming[] = {{"stays", "household", "household"}, {0}};

plaats_status previous_read(const plaats_instance *in, const plaats_settings *settings,
                            previous_plan *out, plaats_error *error) {
    assert(in != NULL && settings != NULL && out != NULL);
    plaats_status st = PLAATS_OK;
    previous_reading r = {.in = in};
    *out = (previous_plan){0};
    if (settings->previous == NULL) return PLAATS_OK;
    st = json_read(settings->previous, settings->previous_size, &r.document, error);
    if (st == PLAATS_OK) {
        json_name_elements(r.document, naming);
        TRY(read_document(&r, settings, out, error));
    }
    if (st == PLAATS_OK || st == PLAATS_INPUT)
        st = json_report(r.document, settings->previous_problem, settings->previous_context, error);
done:
    free(r.households);
    free(r.sites);
    free(r.stays);
    json_free(r.document);
    if (st != PLAATS_OK) previous_free(out);
    return st;
}

void previous_free(previous_plan *previous) {
    free(previous->site_of);
    *previous = (previous_plan){0};
}

plaats_status previous_review(const plaats_instance *instance, const char *previous, size_t size,
                              plaats_problem_fn problem, void *context,
                              plaats_previous_match *match, plaats_error *error) {
    assert(match != NULL);
    plaats_settings settings;
    previous_plan plan;
    plaats_settings_default(&settings);
    settings.previous = previous;
    settings.previous_size = size;
    settings.previous_problem = problem;
    settings.previous_context = context;
    plaats_status st = previous_read(instance, &settings, &plan, error);
    *match = plan.match;
    previous_free(&plan);
    return st;
}
