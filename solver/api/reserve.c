/* How long writing and checking a plan takes, told beforehand: seconds for each thing that is gone
 * over, times how slow the machine has been so far.
 */
#include "api/reserve.h"

/* Seconds on one core of an ordinary server (3 GHz, 2024). Writing goes by the person; checking
 * the bound by the pair of unit and site: where there are several cases, pairs are listed once, and
 * each case is proved and checked over all of them. No plan depends on them but by the clock. How
 * they were measured is not known any more; bench chapter `targets` shows that limits are kept. */
#define PER_PERSON 6e-6
#define PER_PAIR 4e-8
#define PER_PAIR_LISTED 5e-8
#define PER_CASE 2e-4
#define PER_PAIR_OF_CASE 1.5e-8
#define PER_BYTE_READ 3.2e-8
#define ALWAYS 0.05 /* files, and what a small plan takes */
#define SLOWEST 20  /* times: more is a pause while reading, and no slow machine */

/* How slow the machine is, busy with other things perhaps: reading the instance has shown it. What
 * reads fast is no reason to hope for more. */
static double slowness(const plaats_instance *in) {
    double slow = in->read_seconds / (PER_BYTE_READ * (double)in->bytes);
    return slow < 1 ? 1 : slow > SLOWEST ? SLOWEST : slow;
}

run_reserve reserve_for_end(const model *m) {
    double pairs = 0, slow = slowness(m->instance);
    for (int u = 0; u < m->n_units; u++) pairs += model_options(m, u).n;
    return (run_reserve){.plan = ALWAYS +
                                 slow * (PER_PERSON * m->instance->n_people + PER_PAIR * pairs),
                         .several = slow * PER_PAIR_LISTED * pairs,
                         .each_case = slow * (PER_CASE + PER_PAIR_OF_CASE * pairs)};
}
