/* All sites at once must say what each site says by itself. */
#include "unit/random_instance.h"

#include "instance/everywhere.h"

static void compare_household(const plaats_instance *in, const everywhere *e, int t, int h) {
    bool excluded[MOST_ELEMENTS];
    int64_t cost[MOST_ELEMENTS];
    came_from from = eligible_came_from_first(in, &in->households[h]);

    everywhere_look(e, h, from, excluded, cost);
    for (int j = 0; j < in->n_sites; j++) {
        eligibility may = eligible(in, h, j, t, from);
        assert_int_equal(excluded[j], may.excluded != 0);
        if (excluded[j]) continue;
        stay_cost c = cost_of_stay(in, h, j, t, from, may.misfit);
        assert_int_equal(cost[j], stay_cost_total(&c));
    }
}

static void says_what_each_site_says(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        plaats_instance *in = random_instance_read(seed, 0, 8, 20, 36);
        plaats_error error;
        everywhere *e = NULL;
        assert_int_equal(everywhere_make(in, 0, &e, &error), PLAATS_OK);
        for (int h = 0; h < in->n_households; h++) compare_household(in, e, 0, h);
        everywhere_free(e);
        plaats_instance_free(in);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(says_what_each_site_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
