/* What proves a bound: prices, cuts that prices may also stand on, and a tree of decisions whose
 * leaves are cases with prices of their own. solver/PROOF.md has the formulas, and the plan
 * document carries all of it. Exact integers throughout. */
#ifndef PLAATS_ENGINE_PROOF_PROOF_H
#define PLAATS_ENGINE_PROOF_PROOF_H

#include "engine/layout/classes.h"
#include "engine/proof/cuts.h"

typedef enum {
    DECIDE_AT,      /* the unit is, or is not, at the site in the week; in a search over classes: at
                       least `count`, or at most `count` - 1 of the unit's class are */
    DECIDE_OPEN,    /* the site with keep_open is, or is not, open in the week */
    DECIDE_UNPLACED /* the weight unplaced is at least `weight`, or at most `weight` - 1 */
} decision_kind;

typedef struct {
    decision_kind kind;
    bool yes;
    int32_t unit, site;
    int64_t weight;
    int32_t count;
    int week; /* planned week; 0 for DECIDE_UNPLACED */
} decision;

/* A price on a row of the model, or (from n_rows on) on a cut. */
typedef struct {
    int32_t row;
    int64_t price; /* over the proof's scale */
} priced_row;

typedef struct {
    int n_given;
    decision *given;
    int n_prices;
    priced_row *prices;    /* ascending, not 0 */
    int64_t *unit_prices;  /* per unit, over the scale; then sites keep their rows of beds and
                              services (solver/PROOF.md). NULL: all rows have prices */
    int64_t price_at_most; /* of the row: weight unplaced <= the least of its decisions */
    int64_t price_at_least;
    bool impossible; /* the decisions alone leave a unit without any choice */
    int64_t bound;   /* of the cost, in every plan that the case admits */
} proof_case;

typedef struct {
    int64_t scale;
    int64_t bound; /* the least of its cases */
    cut_list cuts;
    int n_cases;
    proof_case *cases;
} proof;

void proof_free(proof *p);
void proof_case_free(proof_case *c);
/* Adds the case, which is empty afterwards. */
plaats_status proof_add_case(proof *p, proof_case *c, plaats_error *error);

/* The case whose decisions an assignment obeys: choice per unit. The decisions are about units and
 * form a tree, so that there is exactly one. */
const proof_case *proof_case_of(const proof *p, const model *m, const choice *at);

/* ---- Evaluating a case -------------------------------------------------------------------- */

/* What one cut charges a unit at a site. */
typedef struct {
    int32_t site;
    int128 price;
} unit_entry;

/* What evaluating needs beside the model, for many cases. */
typedef struct {
    const grid *g;
    const cut_list *cuts;
    const classes *classes; /* decisions are about classes; NULL: about units */
    int64_t *row_price;     /* per row of the model */
    int64_t *cut_price;     /* per cut, room for cut_room */
    int cut_room;
    size_t *by_unit_first; /* entries of unit u in `by_unit`: first[u] .. first[u+1]-1 */
    unit_entry *by_unit;   /* of the cuts that the case at hand prices */
    size_t n_by_unit, by_unit_room;
    int128 *extra;    /* per site: what cuts charge the unit at hand */
    bool *closed;     /* per site: decided to be */
    int32_t *decided; /* per unit: its first decision in the case, NONE */
    int32_t *next;    /* per decision: the unit's next one */
    int decision_room;
    int32_t *least, *most; /* per site, of the class at hand: how many must and may be there */
} prover;

/* With `classes`, cuts treat units of a class alike. */
plaats_status prover_build(const grid *g, const cut_list *cuts, const classes *classes, prover *p,
                           plaats_error *error);
void prover_free(prover *p);

/* The cheapest choice of every unit at the prices of a case, and scale times what it comes to.
 * Arrays per unit. */
typedef struct {
    choice *site;
    int128 *value;
} cheapest_choices;

/* Fills `impossible` and `bound` of the case. */
plaats_status proof_evaluate_case(prover *p, int64_t scale, proof_case *c,
                                  const cheapest_choices *choices, plaats_error *error);

#endif
