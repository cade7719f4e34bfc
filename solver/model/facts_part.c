/* Nodes that refinement leaves equal. Two of them may be twins, and then it does not matter which
 * comes first; but what they are to others must follow: where the first of two equal sites comes
 * first, so does its resident. So one of a class is singled out, by its name, the others learn of
 * it by refining anew, and so on while there are classes (individualization and refinement).
 *
 * Which member is singled out makes no difference to the order up to renaming if they can be
 * exchanged, which equal colours mean but for rare regular patterns.
 */
#include "base/random.h"
#include "model/facts_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ABOUT_CHOSEN 1000
/* So many nodes are visited at most: enough for small weeks; in large ones, where so many facts
 * differ that little is equal, some sites and labels. Beyond it names decide one by one. */
#define MOST_VISITS 300000

typedef struct {
    uint64_t colour;
    const char *name, *id;
    int node;
} candidate;

static candidate candidate_of(const refinement *r, int node) {
    const plaats_instance *in = r->in;
    assert(node >= 0 && node < r->n_nodes);
    candidate c = {r->colour[node], "", "", node};
    if (node < in->n_sites)
        c.name = in->sites[node].name;
    else if (node < r->households)
        c.name = in->places[node - in->n_sites].name;
    if (c.name == NULL) c.name = "";
    if (node < r->households)
        c.id = location_id(in, node);
    else if (node < r->together)
        c.id = in->households[node - r->households].id;
    else if (node < r->services)
        c.id = in->tags[node - r->tags];
    else if (node < r->first_word)
        c.id = in->services[node - r->services];
    else
        c.id = r->words.at[node - r->first_word].text;
    return c;
}

static int by_colour(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    int order;
    if (x->colour != y->colour) return x->colour < y->colour ? -1 : 1;
    order = strcmp(x->name, y->name);
    if (order == 0) order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

/* Nodes that others hang on: labels and locations, and the members of apart groups. Once these are
 * told apart, what is still equal are twins. */
static plaats_status list_candidates(const refinement *r, candidate **out, int *n,
                                     plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t most = (size_t)r->households + (size_t)(r->n_nodes - r->tags);
    bool *grouped = NULL;

    *n = 0;
    TRY_ALLOC(grouped = zero_alloc((size_t)r->in->n_households, sizeof *grouped));
    for (int g = 0; g < r->in->n_apart; g++) {
        const indices *members = &r->in->apart[g].households;
        for (int i = 0; i < members->n; i++) {
            most += !grouped[members->at[i]];
            grouped[members->at[i]] = true;
        }
    }
    TRY_ALLOC(*out = zero_alloc(most, sizeof **out));
    for (int i = 0; i < r->households; i++) (*out)[(*n)++] = candidate_of(r, i);
    for (int i = r->tags; i < r->n_nodes; i++) (*out)[(*n)++] = candidate_of(r, i);
    for (int h = 0; h < r->in->n_households; h++)
        if (grouped[h]) (*out)[(*n)++] = candidate_of(r, r->households + h);
    assert((size_t)*n == most);
done:
    free(grouped);
    return st;
}

/* The first of the first class of several; NONE if all differ. */
static int choose_node(candidate *list, int n) {
    qsort(list, (size_t)n, sizeof *list, by_colour);
    for (int i = 1; i < n; i++)
        if (list[i].colour == list[i - 1].colour) return list[i - 1].node;
    return NONE;
}

/* Singles out node by node while there are classes; true if there were any. */
static bool single_out(refinement *r, candidate *list, int n, int *turn) {
    int turns = 0, node;
    for (int64_t visits = r->n_nodes; visits <= MOST_VISITS; visits += r->n_nodes) {
        for (int i = 0; i < n; i++) list[i].colour = r->colour[list[i].node];
        node = choose_node(list, n);
        if (node == NONE) break;
        turn[node] = ++turns;
        r->colour[node] = random_mix(r->colour[node], ABOUT_CHOSEN);
        facts_refine(r);
    }
    return turns > 0;
}

/* What decides about a node's place: its facts, its turn, and what it is to those that had one. */
typedef struct {
    uint64_t facts, colour;
    int turn, node;
} placed;

static int compare_placed(const placed *x, const placed *y) {
    if (x->facts != y->facts) return x->facts < y->facts ? -1 : 1;
    if (x->turn != y->turn) return x->turn < y->turn ? -1 : 1;
    return (x->colour > y->colour) - (x->colour < y->colour);
}

static int by_place(const void *a, const void *b) {
    const placed *x = a, *y = b;
    int order = compare_placed(x, y);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

/* Colours become places: those of the facts alone, with the order made since inside each. */
static plaats_status place_nodes(refinement *r, const uint64_t *facts, const int *turn,
                                 plaats_error *error) {
    plaats_status st = PLAATS_OK;
    placed *list = NULL;
    uint64_t place = 0;

    TRY_ALLOC(list = zero_alloc((size_t)r->n_nodes, sizeof *list));
    for (int i = 0; i < r->n_nodes; i++)
        list[i] = (placed){facts[i], r->colour[i], turn[i] == 0 ? INT32_MAX : turn[i], i};
    qsort(list, (size_t)r->n_nodes, sizeof *list, by_place);
    for (int i = 0; i < r->n_nodes; i++) {
        if (i > 0 && compare_placed(&list[i - 1], &list[i]) != 0) place++;
        r->colour[list[i].node] = place;
    }
done:
    free(list);
    return st;
}

plaats_status facts_part(refinement *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    candidate *list = NULL;
    uint64_t *before = NULL;
    int n, *turn = NULL;

    if (r->n_nodes > MOST_VISITS) return PLAATS_OK;
    TRY(list_candidates(r, &list, &n, error));
    TRY_ALLOC(turn = zero_alloc((size_t)r->n_nodes, sizeof *turn));
    TRY_ALLOC(before = zero_alloc((size_t)r->n_nodes, sizeof *before));
    if (r->n_nodes > 0) memcpy(before, r->colour, (size_t)r->n_nodes * sizeof *before);
    if (single_out(r, list, n, turn)) TRY(place_nodes(r, before, turn, error));
done:
    free(list);
    free(turn);
    free(before);
    return st;
}
