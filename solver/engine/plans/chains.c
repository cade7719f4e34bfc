/* One shape at a time: units of as many persons that need the same services, or of as many persons
 * whatever they need, if the services at the other site have room for it as things are. Sites are
 * nodes, and so is being unplaced; an edge from A to B is the unit of the shape at A that loses
 * least by going to B. Going round a cycle changes no load. Along a path the last site must have
 * room: what is lost on the way, and what the room left behind is worth, must be less than what
 * that room is worth. Both are shortest paths (R. Bellman, 1958; R. Ahuja and others, Networks
 * 2001, for cyclic exchange), from all sites at once. What comes out is tried in exact integers:
 * quotas and apart groups may object. */
#include "engine/plans/chains.h"

#include "base/random.h"
#include "base/vector.h"

#include <math.h>
#include <stdlib.h>

#define PASSES 60  /* edges in a chain, at most */
#define LEAST 1e-3 /* a way is shorter if by more than this */
#define FEWEST 3   /* units a shape must have */
#define ROUNDS 6   /* over all shapes */
#define VAIN 500   /* ways tried one after the other that gained nothing, at most */

/* From one node to all. Losses side by side are many times faster to look through. */
typedef struct {
    float *loss;   /* INFINITY: there is none */
    int32_t *unit; /* who goes */
} edges;

typedef struct {
    uint32_t shape;
    int32_t unit;
} member;

typedef struct {
    run *r;
    const shortlist *l;
    state *s;
    int n_nodes;     /* n_sites + 1; the last is being unplaced */
    member *members; /* all units, by shape */
    uint32_t *shape; /* per unit */
    bool any_needs;  /* shapes are numbers of persons alone */
    int sample;      /* a unit of the shape at work */
    edges all;       /* [from * n_nodes + to] */
    double *toll;    /* per node: what the room for one unit of the shape is worth */
    bool *has_room;  /* per node */
    double *length;  /* per node: of the best way to it */
    bool *pending;   /* per node: its way has become shorter */
    int32_t *from;   /* per node: the node before; NONE: the way starts here */
    int32_t *seen;   /* per node: scratch of find_cycle */
    bool *spent;     /* per node: changed since the ways were found */
    int32_t *way;    /* nodes, from last to first */
    int32_t *movers, *places;
} chains;

static uint32_t shape_of(const chains *c, int u) {
    const model *m = c->s->g->m;
    const unit *it = &m->units[u];
    uint64_t hash = random_mix(0, (uint64_t)it->persons);
    for (int i = 0; i < it->n_needs && !c->any_needs; i++) {
        hash = random_mix(hash, (uint64_t)m->service_rank[it->needs[i].item]);
        hash = random_mix(hash, (uint64_t)it->needs[i].count);
    }
    return (uint32_t)(hash >> 32);
}

static int by_shape(const void *a, const void *b) {
    const member *x = a, *y = b;
    if (x->shape != y->shape) return x->shape < y->shape ? -1 : 1;
    return x->unit - y->unit;
}

static int node_of(const chains *c, int site) {
    return site == NONE ? c->n_nodes - 1 : site;
}

static int site_of(const chains *c, int node) {
    return node == c->n_nodes - 1 ? NONE : node;
}

/* ---- The graph of a shape ----------------------------------------------------------------- */

static edges edges_from(const chains *c, int node) {
    size_t first = (size_t)node * (size_t)c->n_nodes;
    return (edges){c->all.loss + first, c->all.unit + first};
}

static void offer_edge(edges out, int to, double loss, int u) {
    if ((float)loss >= out.loss[to]) return;
    out.loss[to] = (float)loss;
    out.unit[to] = u;
}

/* Beside the beds, a row that limits one site. */
static bool is_local(const model_row *row) {
    return row->kind == ROW_SERVICE || row->kind == ROW_APART;
}

/* What the unit pays at a site for all but beds and quotas. With shapes of persons alone nobody
 * takes over what it leaves, so that is no part of what a chain costs. */
static double pays_beside(const chains *c, int u, int site) {
    const grid *g = c->s->g;
    double sum = 0;
    if (!c->any_needs || site == NONE) return 0;
    for (int32_t e = g->use_start[u] + 1; e < g->use_start[u + 1]; e++) {
        int32_t row = grid_above(g, g->use_resource[e], site);
        if (row != NONE && is_local(&g->m->rows[row]))
            sum += c->l->row_price[row] * g->use_count[e];
    }
    return sum;
}

static bool fits_beside(const chains *c, int u, int site) {
    const grid *g = c->s->g;
    if (!c->any_needs) return true;
    for (int32_t e = g->use_start[u] + 1; e < g->use_start[u + 1]; e++) {
        int32_t row = grid_above(g, g->use_resource[e], site);
        if (row != NONE && is_local(&g->m->rows[row]) &&
            c->s->load[row] + g->use_count[e] > g->m->rows[row].rhs)
            return false;
    }
    return true;
}

static void add_edges_of(chains *c, int u, edges out) {
    const shortlist *l = c->l;
    int at = c->s->at[u];
    double now = shortlist_loss(l, c->s, u) - pays_beside(c, u, at);
    for (int32_t i = l->start[u]; i < l->start[u + 1]; i++)
        if (l->site[i] != at && fits_beside(c, u, l->site[i]))
            offer_edge(out, l->site[i], l->loss[i] - pays_beside(c, u, l->site[i]) - now, u);
    if (at != NONE) offer_edge(out, c->n_nodes - 1, l->none_loss[u] - now, u);
}

static void clear_edges(const chains *c, edges out) {
    for (int j = 0; j < c->n_nodes; j++) out.loss[j] = INFINITY;
}

/* Room, and what it is worth, for the sample at a node. */
static void look_at(chains *c, int node) {
    const grid *g = c->s->g;
    int site = site_of(c, node), u = c->sample;
    c->toll[node] = 0;
    c->has_room[node] = true;
    if (site == NONE) return;
    for (int32_t e = g->use_start[u]; e < g->use_start[u + 1]; e++) {
        int32_t row = grid_above(g, g->use_resource[e], site);
        const model_row *it = &g->m->rows[row];
        if (row == NONE || it->site == NONE || it->kind == ROW_APART) continue;
        if (it->kind == ROW_SERVICE && c->any_needs) continue;
        c->toll[node] += c->l->row_price[row] * g->use_count[e];
        if (c->s->load[row] + g->use_count[e] > (it->kind == ROW_OPEN ? it->beds : it->rhs))
            c->has_room[node] = false;
    }
}

static void renew_node(chains *c, int node) {
    edges out = edges_from(c, node);
    clear_edges(c, out);
    for (int32_t u = c->s->first[node]; u != NONE; u = c->s->next[u])
        if (c->shape[u] == c->shape[c->sample]) add_edges_of(c, u, out);
    look_at(c, node);
}

static void build_graph(chains *c, const member *first, int n) {
    c->sample = first->unit;
    for (int j = 0; j < c->n_nodes; j++) {
        clear_edges(c, edges_from(c, j));
        look_at(c, j);
    }
    for (int i = 0; i < n; i++) {
        int u = first[i].unit;
        add_edges_of(c, u, edges_from(c, node_of(c, c->s->at[u])));
    }
}

/* ---- Ways ---------------------------------------------------------------------------------- */

/* One look at every node whose way has become shorter since the last. */
static bool lengthen(chains *c) {
    bool any = false;
    for (int a = 0; a < c->n_nodes; a++) {
        const float *loss = edges_from(c, a).loss;
        size_t n = (size_t)c->n_nodes;
        double so_far = c->length[a];
        if (!c->pending[a]) continue;
        c->pending[a] = false;
        for (size_t b = 0; (b = vector_shorter(b, n, so_far + LEAST, loss, c->length)) < n; b++) {
            c->length[b] = so_far + loss[b];
            c->from[b] = a;
            c->pending[b] = any = true;
        }
    }
    return any;
}

/* A node on a cycle of the ways, or NONE. */
static int find_cycle(chains *c) {
    for (int j = 0; j < c->n_nodes; j++) c->seen[j] = NONE;
    for (int j = 0; j < c->n_nodes; j++) {
        int at = j;
        while (at != NONE && c->seen[at] == NONE) {
            c->seen[at] = j;
            at = c->from[at];
        }
        if (at != NONE && c->seen[at] == j) return at;
    }
    return NONE;
}

/* The best ways to all nodes; stops where they run into a cycle. */
static int find_ways(chains *c) {
    for (int j = 0; j < c->n_nodes; j++) {
        c->length[j] = c->toll[j];
        c->from[j] = NONE;
        c->spent[j] = false;
        c->pending[j] = true;
    }
    for (int pass = 0; pass < PASSES && lengthen(c); pass++) {
        int at = find_cycle(c);
        if (at != NONE) return at;
    }
    return NONE;
}

/* ---- Going a way --------------------------------------------------------------------------- */

static int mover_to(const chains *c, int node) {
    return edges_from(c, c->from[node]).unit[node];
}

static void drop_edge_to(const chains *c, int node) {
    edges_from(c, c->from[node]).loss[node] = INFINITY;
}

/* The nodes of the way that ends at `last`, backwards; a cycle comes back to `last`. */
static int list_way(chains *c, int last) {
    int n = 0;
    c->way[n++] = last;
    for (int at = c->from[last]; at != NONE; at = c->from[at]) {
        if (n > c->n_nodes) return 0;
        c->way[n++] = at;
        if (at == last) break;
    }
    return n;
}

static void take_back(chains *c, int moved) {
    while (moved-- > 0) {
        int u = c->movers[moved];
        state_move(c->s, u, c->places[moved], state_own_cost(c->s, u, c->places[moved]));
    }
}

static void move(chains *c, int u, int to, int *moved) {
    c->movers[*moved] = u;
    c->places[(*moved)++] = c->s->at[u];
    state_move(c->s, u, to, state_own_cost(c->s, u, to));
}

/* Everybody on the way moves on by one, the last first. False, and nothing changed, where somebody
 * does not fit or nothing is gained; the edge to blame is gone then. */
static bool go(chains *c, int n) {
    int64_t before = c->s->cost;
    int moved = 0;
    bool cycle = c->way[0] == c->way[n - 1];

    /* Round a cycle somebody must make room first. */
    if (cycle) move(c, mover_to(c, c->way[n - 2]), NONE, &moved);
    for (int i = 0; i + 1 < n; i++) {
        int u = mover_to(c, c->way[i]), to = site_of(c, c->way[i]);
        if (!state_fits(c->s, u, to)) {
            take_back(c, moved);
            drop_edge_to(c, c->way[i]);
            return false;
        }
        move(c, u, to, &moved);
    }
    if (c->s->cost < before) return true;
    take_back(c, moved);
    drop_edge_to(c, c->way[0]);
    return false;
}

static bool go_cycle(chains *c, int at) {
    int n = list_way(c, at);
    if (n < 2 || !go(c, n)) return false;
    for (int i = 0; i + 1 < n; i++) renew_node(c, c->way[i]);
    return true;
}

typedef struct {
    double gain;
    int node;
} goal_node;

static int by_gain(const void *a, const void *b) {
    const goal_node *x = a, *y = b;
    if (x->gain != y->gain) return x->gain > y->gain ? -1 : 1;
    return x->node - y->node;
}

/* Goes the ways to nodes with room, the best first, as long as they have no node in common. True
 * if the graph changed, be it only that an edge is gone. */
static bool go_paths(chains *c, goal_node *goals) {
    int n_goals = 0;
    bool any = false;
    for (int j = 0; j < c->n_nodes; j++)
        if (c->has_room[j] && c->from[j] != NONE && c->toll[j] - c->length[j] > 0.01)
            goals[n_goals++] = (goal_node){c->toll[j] - c->length[j], j};
    qsort(goals, (size_t)n_goals, sizeof *goals, by_gain);
    for (int k = 0; k < n_goals; k++) {
        int n = list_way(c, goals[k].node);
        bool fresh = n > 1;
        for (int i = 0; i < n; i++) fresh = fresh && !c->spent[c->way[i]];
        if (!fresh) continue;
        any = true;
        if (go(c, n))
            for (int i = 0; i < n; i++) renew_node(c, c->way[i]);
        for (int i = 0; i < n; i++) c->spent[c->way[i]] = true;
    }
    return any;
}

/* Until the shape has no way left that gains. */
static void exhaust(chains *c, goal_node *goals) {
    for (int tries = 0, vain = 0; tries < 4 * c->n_nodes + 1000 && vain < VAIN && !run_over(c->r);
         tries++) {
        int64_t before = c->s->cost;
        int at = find_ways(c);
        run_spend(c->r, (int64_t)c->n_nodes * c->n_nodes);
        if (at != NONE)
            (void)go_cycle(c, at);
        else if (!go_paths(c, goals))
            break;
        vain = c->s->cost < before ? 0 : vain + 1;
    }
    run_offer(c->r, c->s->at, c->s->cost);
}

/* ---- All shapes ---------------------------------------------------------------------------- */

static void chains_free(chains *c) {
    free(c->members);
    free(c->shape);
    free(c->all.loss);
    free(c->all.unit);
    free(c->toll);
    free(c->has_room);
    free(c->length);
    free(c->from);
    free(c->seen);
    free(c->spent);
    free(c->pending);
    free(c->way);
    free(c->movers);
    free(c->places);
}

static plaats_status chains_build(chains *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = (size_t)c->n_nodes, n_units = (size_t)c->s->g->n_units;

    TRY_ALLOC(c->members = zero_alloc(n_units, sizeof *c->members));
    TRY_ALLOC(c->shape = zero_alloc(n_units, sizeof *c->shape));
    TRY_ALLOC(c->all.loss = zero_alloc(n * n, sizeof *c->all.loss));
    TRY_ALLOC(c->all.unit = zero_alloc(n * n, sizeof *c->all.unit));
    TRY_ALLOC(c->toll = zero_alloc(n, sizeof *c->toll));
    TRY_ALLOC(c->has_room = zero_alloc(n, sizeof *c->has_room));
    TRY_ALLOC(c->length = zero_alloc(n, sizeof *c->length));
    TRY_ALLOC(c->from = zero_alloc(n, sizeof *c->from));
    TRY_ALLOC(c->seen = zero_alloc(n, sizeof *c->seen));
    TRY_ALLOC(c->spent = zero_alloc(n, sizeof *c->spent));
    TRY_ALLOC(c->pending = zero_alloc(n, sizeof *c->pending));
    TRY_ALLOC(c->way = zero_alloc(n + 2, sizeof *c->way));
    TRY_ALLOC(c->movers = zero_alloc(n + 2, sizeof *c->movers));
    TRY_ALLOC(c->places = zero_alloc(n + 2, sizeof *c->places));
done:
    return st;
}

static void sort_shapes(chains *c, bool any_needs) {
    c->any_needs = any_needs;
    for (int u = 0; u < c->s->g->n_units; u++) {
        c->shape[u] = shape_of(c, u);
        c->members[u] = (member){c->shape[u], u};
    }
    qsort(c->members, (size_t)c->s->g->n_units, sizeof *c->members, by_shape);
}

static void exhaust_shapes(chains *c, goal_node *goals) {
    const state *s = c->s;
    for (int i = 0, n; i < s->g->n_units && !run_over(c->r); i += n) {
        for (n = 1; i + n < s->g->n_units && c->members[i + n].shape == c->members[i].shape;) n++;
        if (n < FEWEST) continue;
        build_graph(c, &c->members[i], n);
        exhaust(c, goals);
    }
}

plaats_status chains_improve(run *r, const shortlist *l, state *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    chains c = {.r = r, .l = l, .s = s, .n_nodes = s->g->n_sites + 1};
    goal_node *goals = NULL;
    int64_t before = s->cost + 1;

    r->step = "improve";
    TRY(chains_build(&c, error));
    TRY_ALLOC(goals = zero_alloc((size_t)c.n_nodes, sizeof *goals));
    for (int round = 0; round < ROUNDS && s->cost < before && !run_over(r); round++) {
        before = s->cost;
        sort_shapes(&c, true);
        exhaust_shapes(&c, goals);
        sort_shapes(&c, false);
        exhaust_shapes(&c, goals);
        r->iterations++;
    }
done:
    chains_free(&c);
    free(goals);
    return st;
}
