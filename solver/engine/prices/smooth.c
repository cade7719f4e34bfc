/* Value and slopes of the smoothed dual (smooth.h): one pass over the units, in chunks side by side
 * whose sums are put together in their order. */
#include "engine/prices/smooth.h"

#include "base/parallel.h"
#include "base/vector.h"
#include "engine/layout/choice.h"
#include "engine/prices/prices_tuning.h"
#include "engine/prices/smooth_chunk.h"

#include <assert.h>
#include <math.h>
#include <string.h>

typedef smooth_chunk chunk;

/* ---- One unit -------------------------------------------------------------------------------- */

/* What the unit pays at each site: the same for all units of its use class. */
static void fill_line(chunk *c, int u) {
    const smooth *s = c->of;
    if (c->line_class == s->use_class[u]) return;
    c->line_class = s->use_class[u];
    field_line(&s->f, u, c->line);
}

static double none_cost(const smooth *s, const double *price, int u) {
    return (s->unplaced_points + price[s->n_rows - 1]) * (double)s->g->m->units[u].weight;
}

/* Looks only at what is near; false if that is not enough. */
static bool look_near(chunk *c, int u, const near_list *list, double none) {
    const smooth *s = c->of;
    double sunk;

    if (list->n == NONE) return false;
    near_reduced(&s->f, list, u, c->reduced);
    c->least = vector_least((size_t)list->n, c->reduced, none);
    sunk = near_sunk(s->g, s->sunk, u) - list->sunk;
    return list->beyond - sunk >= c->least + PRICES_NEGLIGIBLE * c->unit_smoothing;
}

/* Looks at all options, and notes which are near. */
static void look_everywhere(chunk *c, int u, const options *o, double none, near_list *list) {
    const smooth *s = c->of;
    bool costless = s->goal == GOAL_WEIGHT;
    double *reduced = c->reduced;

    fill_line(c, u);
    field_reduced_costs(costless, o, c->line, reduced);
    c->least = vector_least((size_t)o->n, reduced, none);
    near_make(o, reduced, c->least, PRICES_NEGLIGIBLE * c->unit_smoothing,
              near_sunk(s->g, s->sunk, u), costless, list);
}

/* Choices with a share worth naming, of those on the list or (`list` NULL) of all options, and how
 * far each is above the least, in smoothings. */
static int name_choices(chunk *c, const near_list *list, options o) {
    double cut = c->least + PRICES_NEGLIGIBLE * c->unit_smoothing, by = 1 / c->unit_smoothing;
    int kept = 0, n = list != NULL ? list->n : o.n;
    for (int i = 0; i < n; i++) {
        c->choices[kept] = list != NULL ? list->choices[i] : choice_of_option(&o, i);
        c->share[kept] = (c->reduced[i] - c->least) * by;
        kept += c->reduced[i] < cut;
    }
    return kept;
}

double smooth_share_out(chunk *c, int k) {
    const smooth *s = c->of;
    assert(k >= c->first && k < c->last);
    int u = s->sample[k];
    near_list *list = &s->near[k];
    options o = model_options(s->g->m, u);
    double sum = 0, none = none_cost(s, c->price, u);

    assert(o.n <= s->g->n_sites); /* room in `choices` for these and none */
    c->unit_smoothing = s->smoothing * s->g->m->units[u].persons;
    if (look_near(c, u, list, none)) {
        c->n_choices = name_choices(c, list, o);
    } else {
        look_everywhere(c, u, &o, none, list);
        c->n_choices = name_choices(c, NULL, o);
    }
    if (none < c->least + PRICES_NEGLIGIBLE * c->unit_smoothing) {
        c->choices[c->n_choices] = CHOICE_NONE;
        c->share[c->n_choices++] = (none - c->least) / c->unit_smoothing;
    }
    vector_exp_minus((size_t)c->n_choices, c->share);
    for (int i = 0; i < c->n_choices; i++) sum += c->share[i];
    c->n_weighty = 0;
    for (int i = 0; i < c->n_choices; i++) {
        c->share[i] /= sum;
        c->n_weighty += c->share[i] >= PRICES_SLIGHT;
    }
    return sum;
}

/* Units of one class use the same rows at a site, so their shares are added up first. */
static void join_class(chunk *c, int u) {
    for (int i = 0; i < c->n_choices; i++) {
        if (c->choices[i] == CHOICE_NONE)
            c->unplaced += c->share[i] * (double)c->of->g->m->units[u].weight;
        else
            c->class_share[choice_site(c->choices[i], 0)] += c->share[i];
    }
}

/* The shares of the use class of unit u use its rows, and are gone. */
static void load_rows(chunk *c, int u) {
    const grid *g = c->of->g;
    for (int j = 0; j < g->n_sites; j++) {
        double share = c->class_share[j];
        if (share == 0) continue;
        c->class_share[j] = 0;
        CHOICE_EACH_USE(g, u, choice_of_site(j, 0), row, use, { c->load[row] += share * use; })
    }
}

/* ---- All units ------------------------------------------------------------------------------- */

static void value_chunk(void *context, int i) {
    smooth *s = context;
    chunk *c = &s->chunks[i];

    c->value = c->exact = c->unplaced = c->terms = 0;
    c->line_class = NONE;
    memset(c->load, 0, (size_t)s->n_rows * sizeof *c->load);
    for (int k = c->first; k < c->last; k++) {
        int u = s->sample[k];
        double sum = smooth_share_out(c, k);
        c->exact += c->least;
        c->terms += (double)c->n_weighty * c->n_weighty;
        c->value += c->least - c->unit_smoothing * log(sum);
        join_class(c, u);
        if (k + 1 == c->last || s->use_class[s->sample[k + 1]] != s->use_class[u]) load_rows(c, u);
    }
}

smooth_opening smooth_open_share(const smooth *s, const model_row *row, double price) {
    assert(row_is_open(row));
    double beds = (double)row->beds, smoothing = s->smoothing * fmax(beds, 1);
    double cost = (s->goal == GOAL_WEIGHT ? 0 : (double)row->points) - price * beds;
    double least = fmin(cost, 0), t = cost / smoothing;
    double other = exp(-fabs(t)); /* of the dearer of the two, next to 1 */
    return (smooth_opening){.exact = least,
                            .value = least - smoothing * log1p(other),
                            .share = (t > 0 ? other : 1) / (1 + other),
                            .smoothing = smoothing};
}

static void add_rows(smooth *s, const double *price) {
    const model *m = s->g->m;
    for (int i = 0; i < s->n_rows; i++) {
        s->value -= price[i] * s->rhs[i];
        s->exact -= price[i] * s->rhs[i];
        if (i == m->n_rows || !row_is_open(&m->rows[i]) || s->most[i] == 0) continue;
        smooth_opening o = smooth_open_share(s, &m->rows[i], price[i]);
        s->value += o.value;
        s->exact += o.exact;
        s->load[i] -= o.share * (double)m->rows[i].beds;
    }
}

static void change_prices(smooth *s, const double *price) {
    double *before = s->before;
    s->before = s->f.price;
    s->f.price = before;
    field_set(&s->f, price);
    near_note(s->g, s->before, s->f.price, s->sunk);
}

void smooth_value(smooth *s, const double *price) {
    assert(s->smoothing > 0);
    change_prices(s, price);
    for (int i = 0; i < s->n_chunks; i++) s->chunks[i].price = price;
    parallel_for(s->n_chunks, value_chunk, s, s->threads);
    s->value = s->exact = s->unplaced = 0;
    memset(s->load, 0, (size_t)s->n_rows * sizeof *s->load);
    for (int i = 0; i < s->n_chunks; i++) {
        const chunk *c = &s->chunks[i];
        s->value += s->factor * c->value;
        s->exact += s->factor * c->exact;
        s->unplaced += s->factor * c->unplaced;
        for (int r = 0; r < s->n_rows; r++) s->load[r] += s->factor * c->load[r];
    }
    s->load[s->n_rows - 1] = s->unplaced;
    add_rows(s, price);
}
