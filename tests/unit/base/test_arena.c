/* Memory that is freed at once: alignment, large blocks, copies. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static bool all_zero(const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0) return false;
    return true;
}

static void gives_zeroed_aligned_memory_that_does_not_overlap(void **state) {
    (void)state;
    arena a = {0};
    char *previous = NULL;
    size_t previous_size = 0;
    for (size_t size = 0; size < 30000; size = size * 5 / 4 + 1) {
        char *bytes = arena_alloc(&a, size, 1);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        assert_true(all_zero(bytes, size));
        memset(bytes, 0xAB, size);
        for (size_t i = 0; i < previous_size; i++) assert_int_equal(previous[i], (char)0xCD);
        memset(bytes, 0xCD, size);
        previous = bytes;
        previous_size = size;
    }
    arena_free(&a);
    assert_null(a.blocks);
}

static void small_pieces_follow_each_other_around_a_large_one(void **state) {
    (void)state;
    arena a = {0};
    char *first = arena_alloc(&a, 16, 1);
    char *large = arena_alloc(&a, 1000, 1000);
    char *second = arena_alloc(&a, 16, 1);
    assert_non_null(large);
    assert_true(all_zero(large, 1000000));
    assert_ptr_equal(second, first + 16); /* the block in use is not given up */
    arena_free(&a);
}

static void refuses_products_that_overflow(void **state) {
    (void)state;
    arena a = {0};
    assert_null(arena_alloc(&a, SIZE_MAX / 2, 3));
    assert_null(arena_alloc(&a, SIZE_MAX, 1));
    assert_null(arena_copy(&a, "x", SIZE_MAX));
    assert_non_null(arena_alloc(&a, 0, 8));
    arena_free(&a);
}

static void copies_with_a_nul_behind(void **state) {
    (void)state;
    arena a = {0};
    char *copy = arena_copy(&a, "site-12", 4);
    assert_string_equal(copy, "site");
    assert_string_equal(arena_copy(&a, NULL, 0), "");
    arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory_that_does_not_overlap),
        cmocka_unit_test(small_pieces_follow_each_other_around_a_large_one),
        cmocka_unit_test(refuses_products_that_overflow),
        cmocka_unit_test(copies_with_a_nul_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
