/* Cyclic exchange and path exchange (P. Thompson and H. Psaraftis, Cyclic transfer algorithms,
 * 1993; for single-source facility location R. Ahuja, J. Orlin, S. Pallottino, M. Scaparra and M.
 * Scutella, A multi-exchange heuristic, 2004).
 *
 * One shape at a time: units of as many persons that need the same services, or of as many persons
 * whatever they need, if the services at the other site have room for it as things are. Sites are
 * nodes, and so is being unplaced; an edge from A to B is the unit of the shape at A that loses
 * least by going to B, and as long as what it loses. Going round a cycle changes no load. Along a
 * path the last site must have room: what is lost on the way, and what the room left behind is
 * worth, must be less than what that room is worth.
 *
 *     length(B) = min(worth(B), min over A of length(A) + loss(A, B)),  gain(B) = worth(B) -
 * length(B)
 *
 * are shortest paths from all sites at once (R. Bellman, On a routing problem, 1958), and a cycle
 * of predecessors is one of negative length. The literature has units for nodes and must look for
 * paths that pass no site twice; with sites for nodes every path is one. What comes out is tried in
 * exact integers: quotas and apart groups may object. */
#include "engine/plans/chains.h"

#include "base/random.h"
#include "base/vector.h"
#include "engine/plans/plans_tuning.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

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
    int week;        /* whose sites are the nodes */
    int n_nodes;     /* n_sites + 1; the last is being unplaced */
    member *members; /* all units, by shape */
    uint32_t *shape; /* per unit */
    bool any_needs;  /* shapes are numbers of persons alone */
    int sample;      /* a unit of the shape at work */
    edges all;       /* [from * n_nodes + to] */
    double *worth;   /* per node: of the room for one unit of the shape */
    bool *has_room;  /* per node */
    double *length;  /* per node: of the best path to it */
    bool *pending;   /* per node: its path has become shorter */
    int32_t *from;   /* per node: the node before; NONE: the path starts here */
    int32_t *seen;   /* per node: scratch of find_cycle */
    bool *changed;   /* per node: since the paths were found */
    int32_t *path;   /* n_nodes + 2: nodes, from last to first */
    /* n_nodes + 2: who has moved, and what each had before. */
    int32_t *movers;
    choice *before;
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

static int node_of(const chains *c, int32_t site) {
    return site == NONE ? c->n_nodes - 1 : site;
}

static int32_t site_of(const chains *c, int node) {
    assert(node >= 0 && node < c->n_nodes);
    return node == c->n_nodes - 1 ? NONE : node;
}

static choice choice_of(const chains *c, int node) {
    return choice_of_site(site_of(c, node), c->week);
}

/* ---- The graph of a shape ------------------------------------------------------------------ */

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

/* The row beside the beds that limits the site alone and that an entry of a unit uses; or NONE. */
static inline int32_t local_row(const chains *c, int32_t entry, int32_t site) {
    const grid *g = c->s->g;
    int32_t row = grid_above(g, g->use_resource[entry], site);
    return row != NONE && is_local(&g->m->rows[row]) ? row : NONE;
}

/* What the unit pays at a site for all but beds and quotas. With shapes of persons alone nobody
 * takes over what it leaves, so that is no part of what a chain costs. */
static double pays_beside(const chains *c, int u, int32_t site) {
    const grid *g = c->s->g;
    double sum = 0;
    if (!c->any_needs || site == NONE) return 0;
    for (int32_t e = g->use_start[u] + 1; e < g->use_start[u + 1]; e++) {
        int32_t row = local_row(c, e, site);
        if (row != NONE) sum += c->l->row_price[row] * g->use_count[e];
    }
    return sum;
}

static bool fits_beside(const chains *c, int u, int32_t site) {
    const grid *g = c->s->g;
    if (!c->any_needs || site == NONE) return true;
    for (int32_t e = g->use_start[u] + 1; e < g->use_start[u + 1]; e++) {
        int32_t row = local_row(c, e, site);
        if (row != NONE && !state_has_room(c->s, row, g->use_count[e])) return false;
    }
    return true;
}

static void add_edges_of(chains *c, int u, edges out) {
    const shortlist *l = c->l;
    choice at = c->s->at[u];
    double now = shortlist_loss(l, c->s, u) - pays_beside(c, u, choice_site(at, c->week));
    for (int32_t i = l->start[u]; i < l->start[u + 1]; i++) {
        int32_t site = choice_site(l->option[i], c->week);
        if (l->option[i] != at && fits_beside(c, u, site))
            offer_edge(out, node_of(c, site), l->loss[i] - pays_beside(c, u, site) - now, u);
    }
    if (at != CHOICE_NONE) offer_edge(out, node_of(c, NONE), l->none_loss[u] - now, u);
}

static void clear_edges(const chains *c, edges out) {
    for (int j = 0; j < c->n_nodes; j++) out.loss[j] = INFINITY;
}

/* A row of the site alone that units of a shape use alike, so that who comes takes over what who
 * goes has left. */
static bool is_taken_over(const chains *c, const model_row *row) {
    if (row->site == NONE || row->kind == ROW_APART) return false;
    return row->kind != ROW_SERVICE || !c->any_needs;
}

/* Room, and what it is worth, for the sample at a node. */
static void look_at(chains *c, int node) {
    const grid *g = c->s->g;
    int32_t site = site_of(c, node);
    int u = c->sample;
    c->worth[node] = 0;
    c->has_room[node] = true;
    if (site == NONE) return;
    for (int32_t e = g->use_start[u]; e < g->use_start[u + 1]; e++) {
        int32_t row = grid_above(g, g->use_resource[e], site);
        if (row == NONE || !is_taken_over(c, &g->m->rows[row])) continue;
        c->worth[node] += c->l->row_price[row] * g->use_count[e];
        if (!state_has_room(c->s, row, g->use_count[e])) c->has_room[node] = false;
    }
}

static void renew_node(chains *c, int node) {
    edges out = edges_from(c, node);
    int32_t site = site_of(c, node);
    clear_edges(c, out);
    for (int32_t u = state_first(c->s, site, c->week); u != NONE; u = state_next(c->s, u, c->week))
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
        add_edges_of(c, u, edges_from(c, node_of(c, choice_site(c->s->at[u], c->week))));
    }
}

/* ---- Paths --------------------------------------------------------------------------------- */

/* One look at every node whose path has become shorter since the last. */
static bool lengthen(chains *c) {
    bool any = false;
    for (int a = 0; a < c->n_nodes; a++) {
        const float *loss = edges_from(c, a).loss;
        size_t n = (size_t)c->n_nodes;
        double so_far = c->length[a];
        if (!c->pending[a]) continue;
        c->pending[a] = false;
        for (size_t b = 0;
             (b = vector_shorter(b, n, so_far + PLANS_PATH_SHORTER, loss, c->length)) < n; b++) {
            c->length[b] = so_far + loss[b];
            c->from[b] = a;
            c->pending[b] = any = true;
        }
    }
    return any;
}

/* A node on a cycle of the paths, or NONE. */
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

/* The best paths to all nodes; stops where they run into a cycle, and says where. */
static int find_paths(chains *c) {
    for (int j = 0; j < c->n_nodes; j++) {
        c->length[j] = c->worth[j];
        c->from[j] = NONE;
        c->changed[j] = false;
        c->pending[j] = true;
    }
    for (int pass = 0; pass < PLANS_PATH_PASSES && lengthen(c); pass++) {
        int at = find_cycle(c);
        if (at != NONE) return at;
    }
    return NONE;
}

/* ---- Moving along a path ------------------------------------------------------------------- */

static int mover_to(const chains *c, int node) {
    return edges_from(c, c->from[node]).unit[node];
}

static void drop_edge_to(const chains *c, int node) {
    edges_from(c, c->from[node]).loss[node] = INFINITY;
}

/* The nodes of the path that ends at `last`, backwards; a cycle comes back to `last`. */
static int list_path(chains *c, int last) {
    int n = 0;
    assert(last >= 0 && last < c->n_nodes);
    c->path[n++] = last;
    for (int at = c->from[last]; at != NONE; at = c->from[at]) {
        if (n > c->n_nodes) return 0;
        c->path[n++] = at;
        if (at == last) break;
    }
    return n;
}

static void take_back(chains *c, int moved) {
    while (moved-- > 0) {
        int u = c->movers[moved];
        choice back = c->before[moved];
        state_move(c->s, u, back, state_own_cost(c->s, u, back));
    }
}

static void move(chains *c, int u, choice to, int *moved) {
    assert(*moved < c->n_nodes + 2);
    c->movers[*moved] = u;
    c->before[(*moved)++] = c->s->at[u];
    state_move(c->s, u, to, state_own_cost(c->s, u, to));
}

/* Everybody on the path moves on by one, the last first. False, and nothing changed, where somebody
 * does not fit or nothing is gained; the edge to blame is gone then. */
static bool exchange(chains *c, int n) {
    int64_t before = c->s->cost;
    int moved = 0;
    bool cycle;

    assert(n >= 2 && n <= c->n_nodes + 2);
    cycle = c->path[0] == c->path[n - 1];
    /* Round a cycle somebody must make room first. */
    if (cycle) move(c, mover_to(c, c->path[n - 2]), CHOICE_NONE, &moved);
    for (int i = 0; i + 1 < n; i++) {
        int u = mover_to(c, c->path[i]);
        choice to = choice_of(c, c->path[i]);
        if (!state_fits(c->s, u, to)) {
            take_back(c, moved);
            drop_edge_to(c, c->path[i]);
            return false;
        }
        move(c, u, to, &moved);
    }
    if (c->s->cost < before) return true;
    take_back(c, moved);
    drop_edge_to(c, c->path[0]);
    return false;
}

static bool exchange_cycle(chains *c, int at) {
    int n = list_path(c, at);
    if (n < 2 || !exchange(c, n)) return false;
    for (int i = 0; i + 1 < n; i++) renew_node(c, c->path[i]);
    return true;
}

typedef struct {
    double gain;
    int node;
} path_end;

static int by_gain(const void *a, const void *b) {
    const path_end *x = a, *y = b;
    if (x->gain != y->gain) return x->gain > y->gain ? -1 : 1;
    return x->node - y->node;
}

/* Moves along the paths to nodes with room, the best first, as long as they have no node in common.
 * True if the graph changed, be it only that an edge is gone. */
static bool exchange_paths(chains *c, path_end *ends) {
    int n_ends = 0;
    bool any = false;
    for (int j = 0; j < c->n_nodes; j++)
        if (c->has_room[j] && c->from[j] != NONE && c->worth[j] - c->length[j] > PLANS_PATH_GAIN)
            ends[n_ends++] = (path_end){c->worth[j] - c->length[j], j};
    qsort(ends, (size_t)n_ends, sizeof *ends, by_gain);
    for (int k = 0; k < n_ends; k++) {
        int n = list_path(c, ends[k].node);
        bool fresh = n > 1;
        for (int i = 0; i < n; i++) fresh = fresh && !c->changed[c->path[i]];
        if (!fresh) continue;
        any = true;
        if (exchange(c, n))
            for (int i = 0; i < n; i++) renew_node(c, c->path[i]);
        for (int i = 0; i < n; i++) c->changed[c->path[i]] = true;
    }
    return any;
}

/* Until the shape has no path left that gains. */
static void exhaust(chains *c, path_end *ends) {
    int most = PLANS_SEARCHES_PER_NODE * c->n_nodes + PLANS_SEARCHES, vain = 0;
    for (int i = 0; i < most && vain < PLANS_SEARCHES_IN_VAIN && !run_over(c->r); i++) {
        int64_t before = c->s->cost;
        int at = find_paths(c);
        run_spend(c->r, (int64_t)c->n_nodes * c->n_nodes);
        if (at != NONE)
            (void)exchange_cycle(c, at);
        else if (!exchange_paths(c, ends))
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
    free(c->worth);
    free(c->has_room);
    free(c->length);
    free(c->from);
    free(c->seen);
    free(c->changed);
    free(c->pending);
    free(c->path);
    free(c->movers);
    free(c->before);
}

static plaats_status chains_build(chains *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = (size_t)c->n_nodes, n_units = (size_t)c->s->g->n_units;

    TRY_ALLOC(c->members = zero_alloc(n_units, sizeof *c->members));
    TRY_ALLOC(c->shape = zero_alloc(n_units, sizeof *c->shape));
    TRY_ALLOC(c->all.loss = zero_alloc(n * n, sizeof *c->all.loss));
    TRY_ALLOC(c->all.unit = zero_alloc(n * n, sizeof *c->all.unit));
    TRY_ALLOC(c->worth = zero_alloc(n, sizeof *c->worth));
    TRY_ALLOC(c->has_room = zero_alloc(n, sizeof *c->has_room));
    TRY_ALLOC(c->length = zero_alloc(n, sizeof *c->length));
    TRY_ALLOC(c->from = zero_alloc(n, sizeof *c->from));
    TRY_ALLOC(c->seen = zero_alloc(n, sizeof *c->seen));
    TRY_ALLOC(c->changed = zero_alloc(n, sizeof *c->changed));
    TRY_ALLOC(c->pending = zero_alloc(n, sizeof *c->pending));
    TRY_ALLOC(c->path = zero_alloc(n + 2, sizeof *c->path));
    TRY_ALLOC(c->movers = zero_alloc(n + 2, sizeof *c->movers));
    TRY_ALLOC(c->before = zero_alloc(n + 2, sizeof *c->before));
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

static void exhaust_shapes(chains *c, path_end *ends) {
    const state *s = c->s;
    for (int i = 0, n; i < s->g->n_units && !run_over(c->r); i += n) {
        for (n = 1; i + n < s->g->n_units && c->members[i + n].shape == c->members[i].shape;) n++;
        if (n < PLANS_SHAPE_UNITS) continue;
        build_graph(c, &c->members[i], n);
        exhaust(c, ends);
    }
}

plaats_status chains_improve(run *r, const shortlist *l, state *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    chains c = {.r = r, .l = l, .s = s, .n_nodes = s->g->n_sites + 1};
    path_end *ends = NULL;
    int64_t before = s->cost + 1;

    assert(l->g == s->g && s->g == &r->g);
    r->step = "improve";
    TRY(chains_build(&c, error));
    TRY_ALLOC(ends = zero_alloc((size_t)c.n_nodes, sizeof *ends));
    for (int round = 0; round < PLANS_SHAPE_ROUNDS && s->cost < before && !run_over(r); round++) {
        before = s->cost;
        for (c.week = 0; c.week < CHOICE_WEEKS; c.week++) {
            sort_shapes(&c, true);
            exhaust_shapes(&c, ends);
            sort_shapes(&c, false);
            exhaust_shapes(&c, ends);
        }
        r->iterations++;
    }
done:
    chains_free(&c);
    free(ends);
    return st;
}
