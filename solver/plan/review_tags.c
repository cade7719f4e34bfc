/* Who carries which tag, which rules use it, and where tags and services are written first. */
#include "plan/review.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/* Who carries which tag. */
static void count_carriers(const plaats_instance *in, tag_use *tags) {
    for (int i = 0; i < in->n_tags; i++) tags[i].tag = in->tags[i];
    for (int p = 0; p < in->n_people; p++)
        for (int i = 0; i < in->people[p].tags.n; i++) tags[in->people[p].tags.at[i]].persons++;
    for (int j = 0; j < in->n_sites; j++)
        for (int i = 0; i < in->sites[j].tags.n; i++) tags[in->sites[j].tags.at[i]].sites++;
}

static void add_site_rules(const site *s, tag_use *tags) {
    for (int i = 0; i < s->admits.n; i++) tags[s->admits.at[i]].asks_persons = true;
    for (int i = 0; i < s->refuses.n; i++) tags[s->refuses.at[i]].asks_persons = true;
    for (int i = 0; i < s->admits.n; i++)
        texts_add(&tags[s->admits.at[i]].used_by, "admits of site '%s'", s->id);
    for (int i = 0; i < s->refuses.n; i++)
        texts_add(&tags[s->refuses.at[i]].used_by, "refuses of site '%s'", s->id);
}

static void add_quota_rules(const quota *q, tag_use *tags) {
    if (q->tag != NONE) tags[q->tag].asks_persons = true;
    if (q->site_tag != NONE) tags[q->site_tag].asks_sites = true;
    if (q->tag != NONE)
        texts_add(&tags[q->tag].used_by, "quota '%s', the persons it counts", q->id);
    if (q->site_tag != NONE)
        texts_add(&tags[q->site_tag].used_by, "quota '%s', the sites it covers", q->id);
}

/* One line per tag for all households that wish for sites with it. */
static plaats_status add_wishes(const plaats_instance *in, tag_use *tags, plaats_error *error) {
    int *wishing = zero_alloc((size_t)in->n_tags, sizeof *wishing);
    if (wishing == NULL) return fail_memory(error);
    for (int h = 0; h < in->n_households; h++)
        for (int i = 0; i < in->households[h].n_wishes; i++) {
            const wish *w = &in->households[h].wishes[i];
            if (w->kind == WISH_TAG && w->index != NONE) wishing[w->index]++;
        }
    for (int i = 0; i < in->n_tags; i++) tags[i].asks_sites |= wishing[i] > 0;
    for (int i = 0; i < in->n_tags; i++)
        if (wishing[i] > 0)
            texts_add(&tags[i].used_by, "wishes of %d household%s", wishing[i], plural(wishing[i]));
    free(wishing);
    return PLAATS_OK;
}

static int position_of(const indices *list, int value) {
    for (int i = 0; i < list->n; i++)
        if (list->at[i] == value) return i;
    return NONE;
}

static note_place place_in_list(const char *rows, int row, const char *list, int position) {
    char member[32];
    snprintf(member, sizeof member, "%s/%d", list, position);
    return review_place_of_member(rows, row, member);
}

note_place review_place_of_tag(const plaats_instance *in, int tag) {
    assert(tag >= 0 && tag < in->n_tags);
    int at;
    for (int p = 0; p < in->n_people; p++)
        if ((at = position_of(&in->people[p].tags, tag)) != NONE)
            return place_in_list("people", p, "tags", at);
    for (int j = 0; j < in->n_sites; j++) {
        const site *s = &in->sites[j];
        if (position_of(&s->tags, tag) != NONE) return review_place_of_member("sites", j, "tags");
        if (position_of(&s->admits, tag) != NONE)
            return review_place_of_member("sites", j, "admits");
        if (position_of(&s->refuses, tag) != NONE)
            return review_place_of_member("sites", j, "refuses");
    }
    return review_place_nowhere();
}

note_place review_place_of_service(const plaats_instance *in, int service) {
    assert(service >= 0 && service < in->n_services);
    int at;
    for (int p = 0; p < in->n_people; p++)
        if ((at = position_of(&in->people[p].needs, service)) != NONE)
            return place_in_list("people", p, "needs", at);
    for (int j = 0; j < in->n_sites; j++)
        if (site_find_service(&in->sites[j], service) != NULL)
            return review_place_of_key("sites", j, "services", in->services[service]);
    return review_place_nowhere();
}

plaats_status review_tags(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    TRY_ALLOC(r->tags = zero_alloc((size_t)in->n_tags, sizeof *r->tags));
    count_carriers(in, r->tags);
    for (int j = 0; j < in->n_sites; j++) add_site_rules(&in->sites[j], r->tags);
    for (int i = 0; i < in->n_quotas; i++) add_quota_rules(&in->quotas[i], r->tags);
    TRY(add_wishes(in, r->tags, error));
    for (int i = 0; i < in->n_tags; i++)
        if (r->tags[i].used_by.failed) TRY(fail_memory(error));
done:
    return st;
}
