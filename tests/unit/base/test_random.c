/* The stream is that of SplitMix64, and draws are even; hashes tell orders apart. */
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void follows_the_published_stream(void **state) {
    (void)state;
    random_stream r = random_start(1234567);
    assert_true(random_next(&r) == UINT64_C(6457827717110365317));
    assert_true(random_next(&r) == UINT64_C(3203168211198807973));
    assert_true(random_next(&r) == UINT64_C(9817491932198370423));
    assert_true(random_next(&r) == UINT64_C(4593380528125082431));
    assert_true(random_next(&r) == UINT64_C(16408922859458223821));
}

static void stays_below_the_limit_and_reaches_all(void **state) {
    (void)state;
    random_stream r = random_start(7);
    int seen[6] = {0};
    for (int i = 0; i < 60000; i++) {
        uint64_t x = random_below(&r, 6);
        assert_true(x < 6);
        seen[x]++;
    }
    for (int i = 0; i < 6; i++) assert_in_range(seen[i], 9500, 10500);
    for (int i = 0; i < 10; i++) assert_true(random_below(&r, 1) == 0);
    uint64_t most = UINT64_C(3) << 62; /* a quarter of all draws is rejected */
    for (int i = 0; i < 1000; i++) assert_true(random_below(&r, most) < most);
}

static void hashes_differ_with_order_and_value(void **state) {
    (void)state;
    uint64_t ab = random_mix(random_mix(0, 1), 2);
    uint64_t ba = random_mix(random_mix(0, 2), 1);
    assert_true(ab != ba);
    assert_true(random_mix(0, 0) != 0);
    assert_true(random_mix(5, 7) != random_mix(7, 5));
    assert_true(ab == random_mix(random_mix(0, 1), 2));
}

static void texts_that_run_together_differ(void **state) {
    (void)state;
    assert_true(random_mix_text(random_mix_text(0, "ab"), "c") !=
                random_mix_text(random_mix_text(0, "a"), "bc"));
    assert_true(random_mix_text(0, NULL) != random_mix_text(0, ""));
    assert_true(random_mix_text(0, "household") != random_mix_text(0, "households"));
    assert_true(random_mix_text(0, "12345678a") != random_mix_text(0, "12345678b"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_published_stream),
        cmocka_unit_test(stays_below_the_limit_and_reaches_all),
        cmocka_unit_test(hashes_differ_with_order_and_value),
        cmocka_unit_test(texts_that_run_together_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
