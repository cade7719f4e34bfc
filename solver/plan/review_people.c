/* Households that a slip may have parted: children without an adult. Unaccompanied minors are no
 * slip: they are known by a tag that nobody carries who lives with an adult. */
#include "plan/review.h"

#include <stdlib.h>

enum { CHILD_BELOW = 16, ADULT_FROM = 18, MINORS_OF_A_KIND = 3 };

static bool has_adult(const plaats_instance *in, const household *h) {
    for (int i = 0; i < h->people.n; i++)
        if (in->people[h->people.at[i]].age >= ADULT_FROM) return true;
    return false;
}

/* The adult may live in another household of the together group. */
static void mark_accompanied(const plaats_instance *in, bool *accompanied) {
    for (int g = 0; g < in->n_together; g++) {
        const indices *group = &in->together[g].households;
        bool adult = false;
        for (int i = 0; i < group->n; i++) adult |= has_adult(in, &in->households[group->at[i]]);
        for (int i = 0; i < group->n; i++) accompanied[group->at[i]] = adult;
    }
}

/* Per tag whether it tells minors without an adult from others: several persons carry it, and
 * none of them lives with an adult. */
static void mark_tags_of_minors(const plaats_instance *in, const bool *accompanied, int *alone,
                                bool *of_minors) {
    for (int tag = 0; tag < in->n_tags; tag++) of_minors[tag] = true;
    for (int h = 0; h < in->n_households; h++) {
        const household *who = &in->households[h];
        bool adult = accompanied[h] || has_adult(in, who);
        for (int i = 0; i < who->people.n; i++) {
            const indices *tags = &in->people[who->people.at[i]].tags;
            for (int k = 0; k < tags->n; k++) {
                if (adult) of_minors[tags->at[k]] = false;
                alone[tags->at[k]]++;
            }
        }
    }
    for (int tag = 0; tag < in->n_tags; tag++) of_minors[tag] &= alone[tag] >= MINORS_OF_A_KIND;
}

static bool is_known_minor(const person *p, const bool *of_minors) {
    for (int i = 0; i < p->tags.n; i++)
        if (of_minors[p->tags.at[i]]) return true;
    return false;
}

static void note_children(review *r, int who, const bool *of_minors) {
    const plaats_instance *in = r->instance;
    const household *h = &in->households[who];
    int children = 0, youngest = CHILD_BELOW;
    for (int i = 0; i < h->people.n; i++) {
        const person *p = &in->people[h->people.at[i]];
        if (p->age >= ADULT_FROM) return;
        if (p->age >= CHILD_BELOW || is_known_minor(p, of_minors)) continue;
        children++;
        if (p->age < youngest) youngest = p->age;
    }
    if (children == 0) return;
    note_add(&r->notes, NOTE_CHILDREN, review_place_of_household(in, who),
             "household '%s' has %d child%s under %d, the youngest %d, and no adult", h->id,
             children, children == 1 ? "" : "ren", CHILD_BELOW, youngest);
}

plaats_status review_people(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    bool *accompanied = NULL, *of_minors = NULL;
    int *alone = NULL;
    TRY_ALLOC(accompanied = zero_alloc((size_t)in->n_households, sizeof *accompanied));
    TRY_ALLOC(of_minors = zero_alloc((size_t)in->n_tags, sizeof *of_minors));
    TRY_ALLOC(alone = zero_alloc((size_t)in->n_tags, sizeof *alone));
    mark_accompanied(in, accompanied);
    mark_tags_of_minors(in, accompanied, alone, of_minors);
    for (int h = 0; h < in->n_households; h++)
        if (!accompanied[h]) note_children(r, h, of_minors);
done:
    free(alone);
    free(of_minors);
    free(accompanied);
    return st;
}
