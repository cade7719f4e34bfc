/* The model as a text: another solver reads it and finds the same optimum. */
#include "unit/random_instance.h"

#include "model/export.h"

#include <glpk.h>
#include <unistd.h>

#define HEAD "{'format': 'plaats.instance/1', 'week': '2023-W06', "

static buffer export_text(const plaats_instance *in, plaats_model_form form, int64_t unplaced) {
    buffer text = {0};
    plaats_error error = {0};
    if (plaats_export(in, form, unplaced, keep_bytes, &text, &error) != PLAATS_OK)
        fail_msg("no export: %s", error.message);
    assert_false(text.failed);
    return text;
}

static glp_prob *read_back(const buffer *text, bool lp, int mps_form) {
    char name[] = "/tmp/plaats-export-XXXXXX";
    int file = mkstemp(name);
    assert_true(file >= 0);
    assert_int_equal(write(file, text->bytes, text->size), text->size);
    close(file);
    glp_term_out(GLP_OFF);
    glp_prob *p = glp_create_prob();
    int failed = lp ? glp_read_lp(p, NULL, name) : glp_read_mps(p, mps_form, NULL, name);
    unlink(name);
    if (failed) fail_msg("not read back:\n%s", text->bytes);
    return p;
}

static double optimum(glp_prob *p) {
    glp_iocp limits;
    glp_init_iocp(&limits);
    limits.presolve = GLP_ON;
    assert_int_equal(glp_intopt(p, &limits), 0);
    assert_int_equal(glp_mip_status(p), GLP_OPT);
    double value = glp_mip_obj_val(p);
    glp_delete_prob(p);
    return value;
}

/* U small enough for the tolerances of a solver in floating point. */
enum { UNPLACED = 5000 };

static void other_solvers_find_the_same_optimum(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        plaats_instance *in = random_instance_read(seed, 0, 4, 6, 11);
        model *m = NULL;
        assert_int_equal(model_build(in, UNPLACED, &m, NULL), PLAATS_OK);
        double best = (double)least_by_trying(m, GOAL_COST, INT64_MAX);
        buffer lp = export_text(in, PLAATS_LP, UNPLACED);
        buffer mps = export_text(in, PLAATS_MPS, UNPLACED);
        assert_true(optimum(read_back(&lp, true, 0)) == best);
        assert_true(optimum(read_back(&mps, false, GLP_MPS_FILE)) == best);
        assert_true(optimum(read_back(&mps, false, GLP_MPS_DECK)) == best);
        buffer_free(&lp);
        buffer_free(&mps);
        model_free(m);
        plaats_instance_free(in);
    }
}

static void nothing_to_place_is_a_program_too(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(HEAD "'sites': [], 'people': []}");
    buffer lp = export_text(in, PLAATS_LP, NONE), mps = export_text(in, PLAATS_MPS, NONE);
    glp_delete_prob(read_back(&lp, true, 0));
    glp_delete_prob(read_back(&mps, false, GLP_MPS_FILE));
    buffer_free(&lp);
    buffer_free(&mps);
    plaats_instance_free(in);

    in = read_quoted(HEAD "'sites': [], 'people': [{'id': 'a', 'age': 40}]}");
    lp = export_text(in, PLAATS_LP, 0);
    assert_true(optimum(read_back(&lp, true, 0)) == 0);
    buffer_free(&lp);
    plaats_instance_free(in);
}

static void expect_text(const buffer *text, const char *part) {
    if (strstr(text->bytes, part) == NULL) fail_msg("no '%s' in\n%s", part, text->bytes);
}

static void names_can_be_read_back(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 'caf\xc3\xa9', 'beds': 3, 'keep_open': 7, 'services': "
             "{'school': 1}}], 'people': [{'id': 'a', 'age': 40, 'needs': ['school']}, "
             "{'id': 'b', 'age': 41}], 'apart': [{'households': ['a', 'b']}], "
             "'quotas': [{'id': 'q', 'durable_below': 50, 'min': 1, 'max': 1, 'points': 9}]}");
    buffer lp = export_text(in, PLAATS_LP, 100), mps = export_text(in, PLAATS_MPS, 100);
    model *m = build(in);
    int a = m->unit_of[find_household(in, "a")];
    char line[80];

    expect_text(&lp, "\\ site 0: 'caf\xc3\xa9'\n");
    expect_text(&lp, "\\ quota 0: 'q'\n");
    expect_text(&lp, "\\ service 0: 'school'\n");
    expect_text(&lp, "\\ apart 0: households 'a', 'b'\n");
    snprintf(line, sizeof line, "\\ unit %d: household 'a'\n", a);
    expect_text(&lp, line);
    snprintf(line, sizeof line, " one%d: + z%d_0 + n%d = 1\n", a, a, a);
    expect_text(&lp, line);
    snprintf(line, sizeof line, " need0_0: + z%d_0 <= 1\n", a);
    expect_text(&lp, line);
    expect_text(&lp, " open0: + z0_0 + z1_0 - 3 y0 <= 0\n");
    expect_text(&lp, " apart0_0:");
    expect_text(&lp, " max0: + z0_0 + z1_0 - v3 <= 1\n");
    expect_text(&lp, " min0: + z0_0 + z1_0 + v4 >= 1\n");
    expect_text(&mps, "\n    y0        open0               -3\n");
    expect_text(&mps, "\n    n0        COST               100\n");
    expect_text(&mps, "\n BV BOUND     y0\n");
    expect_text(&mps, "\n G  min0\n");
    glp_delete_prob(read_back(&lp, true, 0));
    glp_delete_prob(read_back(&mps, false, GLP_MPS_FILE));
    model_free(m);
    buffer_free(&lp);
    buffer_free(&mps);
    plaats_instance_free(in);
}

static void lines_stay_short(void **state) {
    (void)state;
    plaats_instance *in = random_instance_read(3, 0, 40, 60, 110);
    buffer lp = export_text(in, PLAATS_LP, NONE);
    size_t length = 0;
    for (size_t i = 0; i < lp.size; i++) {
        length = lp.bytes[i] == '\n' ? 0 : length + 1;
        assert_in_range(length, 0, 250);
    }
    buffer_free(&lp);
    plaats_instance_free(in);
}

static int refuse(void *context, const char *bytes, size_t size) {
    (void)context, (void)bytes, (void)size;
    return 1;
}

static void failures_are_told(void **state) {
    (void)state;
    plaats_instance *in = random_instance_read(3, 0, 4, 6, 11);
    plaats_error error = {0};
    buffer text = {0};
    assert_int_equal(plaats_export(in, PLAATS_LP, NONE, refuse, NULL, &error), PLAATS_IO);
    assert_int_equal(plaats_export(in, PLAATS_MPS, NONE, refuse, NULL, &error), PLAATS_IO);
    assert_int_equal(plaats_export(in, PLAATS_LP, -2, keep_bytes, &text, &error), PLAATS_USAGE);
    assert_int_equal(plaats_export(in, PLAATS_LP, 1000000000001, keep_bytes, &text, &error),
                     PLAATS_USAGE);
    assert_int_equal(text.size, 0);
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_solvers_find_the_same_optimum),
        cmocka_unit_test(nothing_to_place_is_a_program_too),
        cmocka_unit_test(names_can_be_read_back),
        cmocka_unit_test(lines_stay_short),
        cmocka_unit_test(failures_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
