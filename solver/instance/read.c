/* The document as a whole: what is read in which order, and what comes after. */
#include "instance/read.h"

#include "base/clock.h"
#include "base/hash.h"
#include "instance/cost.h"
#include "instance/distance.h"
#include "instance/household.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT "plaats.instance/1"
enum { MOST_COMPARISONS = 2000000, MOST_WEEKS = 26 };

typedef struct {
    const char *format;
    week week;
    int weeks;
    const json_node *sites, *people, *households, *places, *travel, *together, *apart, *quotas;
    const json_node *rules, *weights;
} root;

/* ---- Format and horizon --------------------------------------------------------------------- */

static bool read_format(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    if (json_type_of(value) != JSON_STRING || strcmp(json_text(value), FORMAT) != 0)
        return read_not_allowed(r, value, "'" FORMAT "'");
    *(const char **)target = FORMAT;
    return true;
}

static bool begins_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* A plan, say, in place of an instance is not read any further: nothing in it would fit. */
static bool is_another_document(reader *r, const json_node *node) {
    const json_node *format =
        json_type_of(node) == JSON_OBJECT ? json_member(node, "format") : NULL;
    if (format == NULL || json_type_of(format) != JSON_STRING ||
        !begins_with(json_text(format), "plaats.") ||
        begins_with(json_text(format), "plaats.instance"))
        return false;
    read_not_allowed(r, format, "'" FORMAT "'");
    r->sound = false;
    return true;
}

enum { FORMAT_FIELD, WEEK, WEEKS, SITES, PEOPLE, PLACES, TRAVEL, RULES, WEIGHTS };

static void set_horizon(reader *r, const json_node *node, const members *m, const root *found) {
    week last;
    bool known =
        week_parse("9999-W52", &last) && GOOD(*m, WEEK) && (GOOD(*m, WEEKS) || !GIVEN(*m, WEEKS));
    if (!known) return;
    if (found->week > last - found->weeks + 1) {
        json_problem(r->document, json_member(node, "week"),
                     "the horizon ends after week '9999-W52'");
        r->sound = false;
        return;
    }
    r->in->first = found->week;
    r->in->weeks = found->weeks;
    r->horizon_known = true;
}

static members read_root(reader *r, const json_node *node, root *out) {
    static const read_field fields[] = {
        [FORMAT_FIELD] = {"format", read_format, offsetof(root, format), true, 0, 0},
        [WEEK] = {"week", read_week, offsetof(root, week), true, 0, 0},
        [WEEKS] = {"weeks", read_int, offsetof(root, weeks), false, 1, MOST_WEEKS},
        [SITES] = {"sites", read_array, offsetof(root, sites), true, 0, 0},
        [PEOPLE] = {"people", read_array, offsetof(root, people), true, 0, 0},
        [PLACES] = {"places", read_array, offsetof(root, places), false, 0, 0},
        [TRAVEL] = {"travel", read_array, offsetof(root, travel), false, 0, 0},
        [RULES] = {"rules", read_member_object, offsetof(root, rules), false, 0, 0},
        [WEIGHTS] = {"weights", read_member_object, offsetof(root, weights), false, 0, 0},
        {"households", read_array, offsetof(root, households), false, 0, 0},
        {"together", read_array, offsetof(root, together), false, 0, 0},
        {"apart", read_array, offsetof(root, apart), false, 0, 0},
        {"quotas", read_array, offsetof(root, quotas), false, 0, 0},
    };
    *out = (root){.weeks = 1};
    return read_object(r, node, fields, N_FIELDS(fields), out);
}

/* ---- The parts, each after those it refers to ----------------------------------------------- */

static bool refused(const members *m, int i) {
    return GIVEN(*m, i) && !GOOD(*m, i);
}

static void read_parts(reader *r, const members *m, const root *found) {
    r->rules_sound = !refused(m, RULES) && !refused(m, WEIGHTS);
    r->travel_sound = !refused(m, TRAVEL) && !refused(m, PLACES);
    r->locations_sound = GOOD(*m, SITES) && !refused(m, PLACES);
    r->people_sound = GOOD(*m, PEOPLE);
    read_rules(r, found->rules);
    read_weights(r, found->weights);
    read_locations(r, found->sites, found->places);
    if (!r->out_of_memory) read_travel(r, found->travel);
    if (!r->out_of_memory) read_households(r, found->households, found->people);
    if (!r->out_of_memory) read_groups(r, found->together, found->apart);
    if (!r->out_of_memory) read_quotas(r, found->quotas);
}

/* Numbers for names, tables for look-ups: what eligible.h and cost.h stand on. */
static plaats_status finish(reader *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (r->out_of_memory || !read_bind_names(r, &r->tags, &r->in->n_tags, &r->in->tags) ||
        !read_bind_names(r, &r->services, &r->in->n_services, &r->in->services))
        return fail_memory(error);
    TRY(distance_prepare(r->in, error));
    TRY(household_counts_make(r->in, error));
done:
    return st;
}

/* Checks across everything, of what is sound; U needs it all. */
static void check_whole(reader *r) {
    plaats_error error;
    int64_t points;
    if (r->horizon_known && r->rules_sound && r->travel_sound) {
        validate_pins(r);
        validate_distances(r);
    }
    if (r->sound && unplaced_points(r->in, 0, &points, &error) != PLAATS_OK)
        json_problem(r->document, json_root(r->document), "%s", error.message);
}

static plaats_status read_document(reader *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const json_node *node = json_root(r->document);
    root found;
    if (is_another_document(r, node)) return PLAATS_OK;
    members m = read_root(r, node, &found);
    if (json_type_of(node) != JSON_OBJECT) return PLAATS_OK;
    set_horizon(r, node, &m, &found);
    read_parts(r, &m, &found);
    TRY(finish(r, error));
    check_whole(r);
    if (r->out_of_memory) st = fail_memory(error);
done:
    return st;
}

/* ---- The call ------------------------------------------------------------------------------- */

static void reader_free(reader *r) {
    free(r->tags.uses);
    free(r->services.uses);
    free(r->households.rows);
    free(r->household_nodes);
    free(r->household_sound);
    free(r->person_nodes);
}

static const json_naming naming[] = {{"sites", "id", "site"},           {"people", "id", "person"},
                                     {"households", "id", "household"}, {"places", "id", "place"},
                                     {"quotas", "id", "quota"},         {0}};

plaats_status instance_read(const char *bytes, size_t size, plaats_problem_fn problem,
                            void *context, plaats_instance **instance, plaats_error *error) {
    assert((bytes != NULL || size == 0) && instance != NULL);
    plaats_status st = PLAATS_OK;
    double start = clock_seconds();
    reader r = {.sound = true, .comparisons_left = MOST_COMPARISONS};
    *instance = NULL;
    st = json_read(bytes, size, &r.document, error);
    if (st == PLAATS_INPUT) st = json_report(r.document, problem, context, error);
    if (st != PLAATS_OK) goto done;

    json_name_elements(r.document, naming);
    TRY_ALLOC(r.in = zero_alloc(1, sizeof *r.in));
    TRY(read_document(&r, error));
    TRY(json_report(r.document, problem, context, error));
    hash_sha256(bytes, size, r.in->sha256);
    r.in->bytes = size;
    TRY_ALLOC(r.in->text = arena_copy(&r.in->memory, bytes, size));
    r.in->read_seconds = clock_seconds() - start;
    *instance = r.in;
    r.in = NULL;
done:
    instance_free(r.in);
    reader_free(&r);
    json_free(r.document);
    return st;
}

void instance_free(plaats_instance *instance) {
    if (instance == NULL) return;
    arena_free(&instance->memory);
    free(instance);
}
