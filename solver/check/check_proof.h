/* The inside of the check of a proof. check.h says how the check reads the text of a proof.
 *
 * In the order of use: who takes what (crowd), rows, cuts, decisions and cases, where units may be
 * (options), the prices of one case (pricing), and the bound that a case proves.
 */
#ifndef PLAATS_CHECK_CHECK_PROOF_H
#define PLAATS_CHECK_CHECK_PROOF_H

#include "check/check.h"

/* *sum += a; false when the result does not fit. */
static inline bool add128(int128 *sum, int128 a) {
    return !__builtin_add_overflow(*sum, a, sum);
}
/* *out = a * b; false when it may not fit. Spelled out: not every compiler can test a product of
 * 128 bits. */
static inline bool multiply128(int128 a, int64_t b, int128 *out) {
    const int128 most = (int128)1 << 94, most_times = (int128)1 << 31;
    bool fits = (int64_t)a == a || (a < most && a > -most && b < most_times && b > -most_times);
    if (fits) *out = a * b;
    return fits;
}
/* Division rounded towards minus infinity, b > 0. */
static inline int128 floor_div128(int128 a, int128 b) {
    assert(b > 0);
    return a / b - (a % b < 0);
}

/* ---- Who takes what (check_crowd.c) ---------------------------------------------------------- */

/* Units that take the same of everything make one profile: a row counts them alike, and there are
 * few profiles where there are many units. */
typedef struct {
    arena memory;
    int n_profiles;
    int64_t *uses; /* profile * n_slots + slot */
    int64_t *size; /* per profile: how many units */
    bool *fits; /* profile * n_sites + site: the site is open, and no limit below one unit's use */
    int *profile;    /* per unit; NONE: it needs no bed */
    int64_t *weight; /* per unit: persons times priority */
} crowd;

plaats_status check_crowd_make(const check *c, crowd *w);
void check_crowd_free(crowd *w);

static inline int64_t crowd_use(const check *c, const crowd *w, int profile, int slot) {
    assert(profile >= 0 && profile < w->n_profiles && slot >= 0 && slot < c->facts.n_slots);
    return w->uses[(size_t)profile * (size_t)c->facts.n_slots + (size_t)slot];
}
static inline bool crowd_fits(const check *c, const crowd *w, int profile, int j) {
    return w->fits[(size_t)profile * (size_t)c->in->n_sites + (size_t)j];
}

/* ---- Rows (check_rows.c) --------------------------------------------------------------------- */

typedef enum {
    ROW_BEDS,
    ROW_OPEN,
    ROW_SERVICE,
    ROW_APART,
    ROW_MAX,
    ROW_MIN,
    ROW_MOST,  /* ["unplaced", "<="] */
    ROW_LEAST, /* ["unplaced", ">="] */
    ROW_CUT,
    ROW_ONE, /* a unit is at one site at most */
    ROW_Y,   /* y <= 1 */
    N_ROW_KINDS
} check_row_kind;

typedef struct {
    const json_node *node;
    check_row_kind kind;
    int t;
    int site;  /* NONE where it names none */
    int which; /* service, group in `apart`, quota, cut or unit */
    int64_t rhs;
    int64_t price; /* in a cut: how many times it is taken */
} proof_row;

/* What stands where a row is read. */
typedef struct {
    const char *taker;        /* "a cover", for messages */
    unsigned kinds;           /* that may stand here: bits ROW_BIT(kind) */
    int n_cuts;               /* cuts that may be named: those before this one */
    bool has_most, has_least; /* decisions on what is unplaced: */
    int64_t most, least;
} row_place;

#define ROW_BIT(kind) (1u << (kind))
#define HARD_ROWS                                                                                  \
    (ROW_BIT(ROW_BEDS) | ROW_BIT(ROW_OPEN) | ROW_BIT(ROW_SERVICE) | ROW_BIT(ROW_APART) |           \
     ROW_BIT(ROW_MAX))

typedef struct given_proof given_proof;

/* Reads ROW; false when it was refused. */
bool check_read_row(check *c, const given_proof *of, const json_node *node, const row_place *place,
                    proof_row *row);
/* Reads [ROW, integer]: the row, and the integer's node. */
bool check_read_pair(check *c, const given_proof *of, const json_node *pair, const row_place *place,
                     const char *shape, proof_row *row, const json_node **number);
/* Refuses rows that are named twice, and sorts them: by kind, then which, then site. */
bool check_rows_once(check *c, int n, proof_row *rows);
/* The slot that a beds, open or service row counts. */
int check_row_slot(const proof_row *row);

/* ---- Cuts (check_cuts.c, check_round.c, check_subset.c) ---------------------------------------
 */

typedef struct {
    int who; /* profile, unit or week */
    int site;
    int64_t coefficient;
} term;

typedef struct {
    size_t n, room;
    term *at;
} terms;

typedef enum { CUT_COVER, CUT_FILL, CUT_TIGHTEN, CUT_LINK, CUT_ROUND, N_CUT_KINDS } check_cut_kind;

/* A cut over z(unit, site) and y(site): of a unit counts what stands for its profile and what
 * stands for itself. `fill` and `tighten` hold only what they change in what they were made
 * from: a row, or an earlier one of them. */
typedef struct {
    bool sound; /* it was not refused */
    check_cut_kind kind;
    int64_t rhs;
    terms profiles, units;
    terms opening; /* y: `who` is the week */
    proof_row row; /* fill, tighten: the row they began with */
    int before;    /* and the cut they were made from; NONE: the row itself */
    int64_t room;  /* what their uses may sum to */
} check_cut;

static inline bool cut_is_chained(const check_cut *k) {
    return k->kind == CUT_FILL || k->kind == CUT_TIGHTEN;
}

/* What one unit has in a cut. */
typedef struct {
    int site, cut;
    int64_t coefficient;
} unit_term;

/* Reads all cuts; `fine` becomes false when one was refused. */
plaats_status check_read_cuts(check *c, given_proof *of, const json_node *cuts, bool *fine);
plaats_status check_read_round(check *c, given_proof *of, const json_node *node, int index,
                               check_cut *out, bool *fine);
/* The unit of a household that needs a bed in week t; false when it was refused. */
bool check_take_unit(check *c, const given_proof *of, const json_node *node, int t, int *unit);

/* Units that use the same of a row. */
typedef struct {
    int64_t use, units;
} parcel;
/* The largest sum of uses that is not above `limit` >= 0; false when there is too much to try. */
plaats_status check_largest_sum(check *c, size_t n, const parcel *parcels, int64_t limit,
                                bool *fits, int64_t *largest);

/* ---- Decisions and cases (check_tree.c, check_cases.c) ----------------------------------------
 */

typedef enum { DECIDE_OPEN, DECIDE_AT, DECIDE_UNPLACED } check_decision_kind;

/* A decision or its opposite: the same but for `yes`. */
typedef struct {
    const json_node *node;
    check_decision_kind kind;
    int unit, site, t;
    int64_t most; /* unplaced: at most this many (yes), or more */
    bool yes;
    bool used; /* it stands for a node of the tree already */
} check_decision;

typedef struct {
    const json_node *node;
    int n_given;
    check_decision *given; /* sorted by kind, then unit, site and week */
    int n_rows;
    proof_row *rows;      /* with their prices, sorted */
    int64_t *unit_prices; /* per unit, or NULL: the case has none */
} check_proof_case;

/* Where units may be at all and what they pay there, when it is asked often. */
typedef struct {
    size_t *first; /* per unit, and one more: where its options begin */
    int *site;
    int64_t *cost;
    size_t *room; /* per site: how many units have it as an option */
} check_option_list;

struct given_proof {
    arena memory;
    int64_t scale;
    crowd crowd;
    int n_cuts;
    check_cut *cuts;
    size_t *first_term; /* per unit, and one more */
    unit_term *unit_terms;
    int n_cases;
    check_proof_case *cases;
    bool has_options;
    check_option_list options;
};

plaats_status check_read_given(check *c, given_proof *of, check_proof_case *p, bool *fine);
/* Refuses cases whose decisions form no complete binary tree. */
plaats_status check_tree(check *c, const given_proof *of, bool *fine);
/* Whether the plan is one of those of the case (check_obeyed.c): with a tree of decisions it is of
 * exactly one. */
bool check_is_obeyed(const check *c, const check_proof_case *p);
/* Reads the prices of a case into `memory`. */
plaats_status check_read_case(check *c, const given_proof *of, arena *memory, check_proof_case *p,
                              bool *fine);

/* ---- Where units may be (check_options.c) ---------------------------------------------------- */

/* The members of a unit that need a bed, and where they stand. */
typedef struct {
    int n, room; /* room: members of the largest unit */
    int *member;
    stance *at;
    bool torn; /* two of them are kept apart: they fit nowhere */
} party;

plaats_status check_party_make(const check *c, arena *memory, party *who);
void check_party_take(const check *c, int unit, party *who);
/* Whether the rules of the members alone let them be at site j. */
bool check_party_may_be(const check *c, const party *who, int j);
int128 check_party_cost(const check *c, const party *who, int j);
/* It costs no less than this. */
int128 check_party_least(const check *c, const party *who, int j);

/* `fits` becomes false when a cost does not fit in 64 bits. */
plaats_status check_options_make(const check *c, given_proof *of, bool *fits);
void check_options_free(check_option_list *o);

/* ---- Prices of a case (check_prices.c) ------------------------------------------------------- */

typedef struct {
    int site;
    int128 value;
} priced_option;

typedef struct {
    const check *c;
    const given_proof *of;
    const check_proof_case *p;
    arena memory;
    int128 *tolls;     /* profile * n_sites + site: what a unit's uses come to there */
    int128 *opening;   /* per site: Σ price * coefficient of y */
    int128 *cut_price; /* per cut: of its own terms, with the prices of cuts made from it */
    int128 unplaced;   /* per unplaced person, priority 1 */
    signed char *open; /* per site: 1 given open, -1 given closed, 0 neither */
    int *first_apart;  /* per group: where its rows begin in p->rows; one more at the end */
    party who;         /* the unit at hand: */
    int128 *extra;     /* per site: what cuts and groups apart add */
    int at, at_end;    /* its decisions in p->given */
    bool may_be_unplaced;
    int128 none; /* what staying unplaced comes to, times the scale */
    int n_options;
    priced_option *options; /* from the list of options */
} pricing;

plaats_status check_prices_make(pricing *a, bool *fits);
/* `with` becomes a copy that lives as long as `a`, with a unit at hand of its own for another
 * thread. */
plaats_status check_prices_share(pricing *a, pricing *with);
void check_prices_free(pricing *a);
/* Takes the next unit, in order, of those that need a bed; false when a sum does not fit. */
bool check_price_unit(pricing *a, int unit);
/* Fills `options` with the sites the unit may be at in this case. */
bool check_price_options(pricing *a, int unit);
/* What the rows' right-hand sides take off. */
bool check_price_rows(const pricing *a, int128 *sum);
/* What y of a site with keep_open comes to, `inside` being what is only had when it is open. */
bool check_price_opening(const pricing *a, int j, int128 inside, int128 *sum);

/* ---- Bounds (check_bound.c, check_packing.c) ------------------------------------------------- */

typedef struct {
    bool possible; /* every unit has a path */
    bool fits;     /* no sum overflowed */
    bool refused;  /* the case asks for too much; that was said */
    int128 sum;    /* S * L */
} case_bound;

plaats_status check_bound(const check *c, const given_proof *of, const check_proof_case *p,
                          case_bound *out);
/* For a case with unit prices: units are free, and each site takes those that pay best. */
plaats_status check_packing(pricing *a, case_bound *out);

#endif
