/* Prices in whole numbers over a scale, within what the plan document has room for. What floating
 * point makes of a price is a suggestion: any price proves something, so one beyond the limits
 * comes to the limit. */
#ifndef PLAATS_ENGINE_PROOF_INTEGER_PRICES_H
#define PLAATS_ENGINE_PROOF_INTEGER_PRICES_H

#include "base/rounded.h"
#include "model/model.h"

#define MOST_PRICE (INT64_C(1) << 62)

/* Of a cut, or of the weight unplaced, from points. */
static inline int64_t whole_price(double points, int64_t scale) {
    return rounded(points * (double)scale, 0, MOST_PRICE);
}
/* The most that a row's price may be. */
static inline int64_t most_price(const model_row *row, int64_t scale) {
    return row_is_soft(row) ? scale * row->points : MOST_PRICE;
}
static inline int64_t whole_row_price(const model_row *row, double points, int64_t scale) {
    return rounded(points * (double)scale, 0, most_price(row, scale));
}
/* What a unit pays for its place has either sign; `by` moves it no further than the limits. */
static inline int64_t moved_unit_price(int64_t price, double by) {
    int64_t moved = price + whole_part(by, -MOST_PRICE / 2, MOST_PRICE / 2);
    return moved > MOST_PRICE ? MOST_PRICE : moved < -MOST_PRICE ? -MOST_PRICE : moved;
}

#endif
