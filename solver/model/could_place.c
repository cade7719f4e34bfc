/* What a gap in points means for people without a bed. */
#include "model/model.h"

#include <assert.h>

/* Units weigh at most this for each of their persons. */
static int64_t largest_priority(const model *m) {
    int64_t largest = 1;
    for (int u = 0; u < m->n_units; u++) {
        const unit *of = &m->units[u];
        int64_t each = of->persons == 0 ? 0 : (of->weight + of->persons - 1) / of->persons;
        if (each > largest) largest = each;
    }
    return largest;
}

/* All else that plans cost differs by less than U where that outweighs it. So a plan that leaves k
 * less of the weight unplaced costs more than (k - 1)*U less, and k <= gap / U, rounded up. Persons
 * who weigh more than others might all have beds, and those who take their turn weigh less: what
 * stays unplaced is counted in persons of the largest weight. */
int64_t model_could_place(const model *m, const int32_t *at, int64_t gap) {
    int64_t persons = 0, points = m->unplaced_points;
    assert(gap >= 0);
    for (int u = 0; u < m->n_units; u++)
        if (at[u] == NONE) persons += m->units[u].persons;
    if (!m->unplaced_first || points == 0) return persons;
    int64_t weight = model_unplaced_weight(m, at) - gap / points - (gap % points > 0);
    if (weight <= 0) return persons;
    int64_t each = largest_priority(m);
    assert(each > 0);
    int64_t stay = (weight + each - 1) / each;
    return stay < persons ? persons - stay : 0;
}
