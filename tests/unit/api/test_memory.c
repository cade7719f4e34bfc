/* Every call survives running out of memory, wherever it happens: the n-th allocation fails, for
 * n = 1, 2, ... until the call gets through. Linked with --wrap, so that only our own allocations
 * pass through here, not those of the libraries below. */
#include "unit/check_fixture.h"

#include "api/dump.h"
#include "plan/previous.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static long left = -1; /* allocations that still succeed; -1: all */
static bool for_good;  /* the first that fails is not the last */

static bool fails(void) {
    if (left < 0) return false;
    if (left > 0) {
        left--;
        return false;
    }
    if (!for_good) left = -1;
    return true;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size) {
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *memory, size_t size) {
    return fails() ? NULL : __real_realloc(memory, size);
}

/* ---- The calls ------------------------------------------------------------------------------ */

static const char text[] =
    INSTANCE "'sites':[{'id':'a','beds':3,'lat':52,'lon':5,'admits':['t'],'services':{'s':2}},"
             "{'id':'b','beds':[{'from':'2023-W01','value':2}],'keep_open':4,'services':"
             "{'s':true}}],'places':[{'id':'g'}],"
             "'travel':[{'from':'g','to':'a','km':3},{'from':'b','to':'g','km':4},"
             "{'from':'a','to':'b','km':5}],"
             "'people':[{'id':'p','age':3,'household':'h','tags':['t'],'needs':['s']},"
             "{'id':'q','age':40,'household':'h','tags':['t']},{'id':'r','age':20},"
             "{'id':'v','age':50},{'id':'w','age':60,'tags':['t']}],"
             "'households':[{'id':'h','site':'b','wishes':{'a':3},'bans':[{'site':'b'}]},"
             "{'id':'r','from':'g','near':[{'place':'g','km':9}]}],"
             "'together':[{'households':['r','v']}],'apart':[{'households':['h','w']}],"
             "'quotas':[{'id':'few','sites':['a'],'max':2,'points':7}]}";

static char *document; /* the text with its quotes */
static plaats_instance *instance;
static char *plan; /* of the instance */

static int swallow(void *context, const char *bytes, size_t size) {
    (void)context, (void)bytes, (void)size;
    return 0;
}

static plaats_status call_read(void) {
    plaats_error error;
    plaats_instance *in = NULL;
    plaats_status st = plaats_instance_read(document, strlen(document), NULL, NULL, &in, &error);
    assert_true((in != NULL) == (st == PLAATS_OK));
    plaats_instance_free(in);
    return st;
}

static plaats_status call_read_bad(void) {
    plaats_error error;
    plaats_instance *in = NULL;
    const char *bad = "{\"format\":\"plaats.instance/1\",\"weak\":1,\"sites\":[{\"id\":3}],"
                      "\"people\":[{\"id\":\"p\",\"age\":1},{\"id\":\"p\",\"age\":2}]}";
    plaats_status st = plaats_instance_read(bad, strlen(bad), NULL, NULL, &in, &error);
    assert_null(in);
    return st == PLAATS_INPUT ? PLAATS_OK : st;
}

static plaats_status call_review(void) {
    plaats_error error;
    return plaats_instance_review(instance, PLAATS_TEXT, swallow, NULL, &error);
}

static plaats_status call_review_json(void) {
    plaats_error error;
    return plaats_instance_review(instance, PLAATS_JSON, swallow, NULL, &error);
}

static plaats_status call_check(void) {
    plaats_error error;
    bool accepted = false;
    plaats_status st = plaats_check(instance, plan, strlen(plan), PLAATS_TEXT, swallow, NULL, NULL,
                                    NULL, &accepted, &error);
    assert_true(accepted == (st == PLAATS_OK));
    return st;
}

static const plaats_change changes[] = {{"/sites/0/beds", "4", NULL},
                                        {"/sites/1/x_note", "[1.5, \"two\"]", "a scenario"}};

static plaats_status call_change(void) {
    plaats_error error;
    plaats_instance *changed = NULL;
    plaats_status st = plaats_instance_change(instance, changes, 2, NULL, NULL, &changed, &error);
    assert_true((changed != NULL) == (st == PLAATS_OK));
    plaats_instance_free(changed);
    return st;
}

/* A plan of a scenario, checked against the instance as it stands. */
static plaats_status call_check_changed(void) {
    plaats_error error;
    bool accepted = false;
    const char *stays = "{\"problem\":{\"changes\":[{\"pointer\":\"/sites/0/beds\",\"value\":4}]},"
                        "\"stays\":[]}";
    return plaats_check(instance, stays, strlen(stays), PLAATS_TEXT, swallow, NULL, NULL, NULL,
                        &accepted, &error);
}

static plaats_status call_previous(void) {
    plaats_error error;
    plaats_settings settings;
    previous_plan previous;
    model *m = NULL;
    plaats_settings_default(&settings);
    settings.previous = plan;
    settings.previous_size = strlen(plan);
    settings.keep_points = 3;
    plaats_status st = previous_read(instance, &settings, &previous, &error);
    if (st == PLAATS_OK) st = model_build_after(instance, &previous.sites, 0, &m, &error);
    model_free(m);
    previous_free(&previous);
    return st;
}

static plaats_status call_generate(void) {
    plaats_error error;
    plaats_generate_settings settings;
    plaats_generate_default(&settings);
    settings.people = 30;
    settings.sites = 3;
    return plaats_generate(&settings, swallow, NULL, &error);
}

static plaats_status call_export(plaats_model_form form) {
    plaats_error error;
    return plaats_export(instance, form, -1, swallow, NULL, &error);
}

static plaats_status call_export_lp(void) {
    return call_export(PLAATS_LP);
}

static plaats_status call_export_mps(void) {
    return call_export(PLAATS_MPS);
}

static plaats_status call_solve(void) {
    plaats_error error;
    plaats_settings settings;
    plaats_plan *found = NULL;
    plaats_settings_default(&settings);
    plaats_status st = plaats_solve(instance, &settings, &found, &error);
    assert_true((found != NULL) == (st == PLAATS_OK));
    plaats_plan_free(found);
    /* Adding up a plan without the memory to do so counts as a fault of the program. */
    return st == PLAATS_INTERNAL ? PLAATS_MEMORY : st;
}

static int ignore(void *context, const char *name, const char *bytes, size_t size) {
    (void)context, (void)name, (void)bytes, (void)size;
    return 0;
}

static plaats_status call_dump(void) {
    plaats_error error;
    plaats_settings settings;
    plaats_settings_default(&settings);
    settings.dump = ignore;
    settings.previous = plan;
    settings.previous_size = strlen(plan);
    return dump_solve(instance, &settings, &error);
}

static plaats_status call_options(void) {
    static const char bytes[] =
        "{\"format\": \"plaats.options/1\", \"version\": \"0.1.0\", \"previous\": true, "
        "\"settings\": {\"work\": 7, \"method\": \"glpk\"}, "
        "\"changes\": [{\"pointer\": \"/sites/0/beds\", \"value\": [4], \"because\": \"x\"}]}";
    plaats_error error;
    plaats_options *options = NULL;
    plaats_status st = plaats_options_read(bytes, sizeof bytes - 1, NULL, NULL, &options, &error);
    assert_true((options != NULL) == (st == PLAATS_OK));
    plaats_options_free(options);
    return st;
}

/* ---- All of them ---------------------------------------------------------------------------- */

static void survives(plaats_status (*call)(void)) {
    enum { MOST_ALLOCATIONS = 1000000 };
    for (int mode = 0; mode < 2; mode++) {
        plaats_status st = PLAATS_MEMORY;
        for (long n = 0; st != PLAATS_OK; n++) {
            assert_true(n < MOST_ALLOCATIONS);
            for_good = mode == 1;
            left = n;
            st = call();
            bool reached = left != n || n == 0;
            left = -1;
            assert_true(reached);
            if (st != PLAATS_OK) assert_int_equal(st, PLAATS_MEMORY);
        }
    }
}

#define SURVIVES(name)                                                                             \
    static void name##_survives(void **state) {                                                    \
        (void)state;                                                                               \
        survives(call_##name);                                                                     \
    }
SURVIVES(read)
SURVIVES(read_bad)
SURVIVES(review)
SURVIVES(review_json)
SURVIVES(check)
SURVIVES(change)
SURVIVES(check_changed)
SURVIVES(previous)
SURVIVES(dump)
SURVIVES(options)
SURVIVES(generate)
SURVIVES(export_lp)
SURVIVES(export_mps)
SURVIVES(solve)

static int set_up(void **state) {
    (void)state;
    plaats_error error;
    plaats_settings settings;
    plaats_plan *solved = NULL;
    document = with_quotes(text);
    instance = read_quoted(text);
    plaats_settings_default(&settings);
    if (plaats_solve(instance, &settings, &solved, &error) != PLAATS_OK) return 1;
    plan = strdup(plaats_plan_json(solved));
    plaats_plan_free(solved);
    return plan == NULL;
}

static int tear_down(void **state) {
    (void)state;
    free(document);
    free(plan);
    plaats_instance_free(instance);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_survives),          cmocka_unit_test(read_bad_survives),
        cmocka_unit_test(review_survives),        cmocka_unit_test(review_json_survives),
        cmocka_unit_test(check_survives),         cmocka_unit_test(change_survives),
        cmocka_unit_test(check_changed_survives), cmocka_unit_test(previous_survives),
        cmocka_unit_test(dump_survives),          cmocka_unit_test(options_survives),
        cmocka_unit_test(generate_survives),      cmocka_unit_test(export_lp_survives),
        cmocka_unit_test(export_mps_survives),    cmocka_unit_test(solve_survives),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
