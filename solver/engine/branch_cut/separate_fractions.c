/* Denominators of fractions that floating point stands for. */
#include "base/rounded.h"
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/separate_parts.h"

#include <assert.h>
#include <math.h>

static int64_t gcd(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

int64_t separate_denominator(double part, int64_t most) {
    double rest = part;
    int64_t before = 0, now = 1;
    assert(part >= 0 && most >= 1);
    for (int i = 0; i < BRANCH_CUT_FRACTION_STEPS; i++) {
        double whole = floor(rest + BRANCH_CUT_ZERO), miss = part * (double)now;
        if (fabs(miss - floor(miss + 0.5)) < BRANCH_CUT_WHOLE_SHARE * (double)now + BRANCH_CUT_ZERO)
            return now;
        if (rest - whole < BRANCH_CUT_ZERO) return 0;
        rest = 1 / (rest - whole);
        int64_t next = rounded_down(rest + BRANCH_CUT_ZERO, 0, INT32_MAX) * now + before;
        before = now;
        now = next;
        if (now > most) return 0;
    }
    return 0;
}

int64_t separate_common(int64_t a, int64_t b) {
    assert(a > 0 && b > 0);
    return a / gcd(a, b) * b;
}
