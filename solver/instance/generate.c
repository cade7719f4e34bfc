/* A synthetic week: settings, random streams, and the order in which it is drawn. */
#include "instance/generate.h"

#include <assert.h>
#include <stdlib.h>

static const int64_t most_people = 1000000, most_sites = 5000, most_weeks = 26;

random_stream generate_stream(const generator *g, int purpose, int64_t subject) {
    return random_start(random_mix(random_mix(g->seed, (uint64_t)purpose), (uint64_t)subject));
}

int generate_below(random_stream *r, int64_t n) {
    assert(n >= 1);
    return (int)random_below(r, (uint64_t)n);
}

bool generate_chance(random_stream *r, int permille) {
    assert(permille >= 0);
    return generate_below(r, 1000) < permille;
}

void generate_default(plaats_generate_settings *settings) {
    assert(settings != NULL);
    *settings = (plaats_generate_settings){
        .people = 1000,
        .sites = 40,
        .weeks = 1,
        .people_per_bed = 0.95,
        .settled = 0.9,
        .seed = 1,
    };
}

static plaats_status check_count(const char *what, int64_t value, int64_t most,
                                 plaats_error *error) {
    if (value >= 1 && value <= most) return PLAATS_OK;
    return fail(error, PLAATS_USAGE, "number of %s out of range: %lld (allowed: 1 to %lld)", what,
                (long long)value, (long long)most);
}

/* Written so that what is no number fails as well. */
static plaats_status check_share(const char *what, double value, double least, double most,
                                 plaats_error *error) {
    if (value >= least && value <= most) return PLAATS_OK;
    return fail(error, PLAATS_USAGE, "%s out of range: %g (allowed: %g to %g)", what, value, least,
                most);
}

static plaats_status check_settings(const plaats_generate_settings *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY(check_count("people", s->people, most_people, error));
    TRY(check_count("sites", s->sites, most_sites, error));
    TRY(check_count("weeks", s->weeks, most_weeks, error));
    TRY(check_share("people per bed", s->people_per_bed, 0.01, 10, error));
    TRY(check_share("settled share", s->settled, 0, 1, error));
done:
    return st;
}

/* To 1/10000; from here on there are integers only. */
static int64_t in_parts(double value) {
    return (int64_t)(value * 10000 + 0.5);
}

plaats_status generate_instance(const plaats_generate_settings *settings, plaats_write_fn write,
                                void *context, plaats_error *error) {
    assert(settings != NULL && write != NULL);
    plaats_status st = PLAATS_OK;
    generator g = {0};
    TRY(check_settings(settings, error));
    g.people = settings->people;
    g.weeks = settings->weeks;
    g.fill = in_parts(settings->people_per_bed);
    g.settled = in_parts(settings->settled);
    g.seed = settings->seed;
    g.n_sites = (int)settings->sites;
    TRY(generate_draw_sites(&g, error));
    TRY(generate_draw_households(&g, error));
    generate_size_sites(&g);
    TRY(generate_settle(&g, error));
    TRY(generate_draw_facts(&g, error));
    TRY(generate_write(&g, write, context, error));
done:
    free(g.sites);
    free(g.households);
    free(g.pairs);
    return st;
}
