/* What a household or unit counts for: persons, services, quotas. */
#include "check/check.h"

#include <assert.h>
#include <string.h>

static int counted(const check_facts *f, int h, int tag) {
    if (tag == NONE) return f->families[h].persons;
    const indices *people = &f->in->households[h].people;
    int n = 0;
    for (int i = 0; i < people->n; i++) n += check_carries(&f->in->people[people->at[i]].tags, tag);
    return n;
}

void check_add_family(const check_facts *f, int h, int64_t *sums) {
    assert(h >= 0 && h < f->in->n_households);
    const family *of = &f->families[h];
    sums[SLOT_PERSONS] += of->persons;
    for (int i = 0; i < of->n_needs; i++)
        sums[slot_service(of->needs[i].service)] += of->needs[i].persons;
    for (int q = 0; q < f->in->n_quotas; q++)
        sums[slot_quota(f, q)] += counted(f, h, f->in->quotas[q].tag);
}

void check_unit_sums(const check_facts *f, int unit, int t, int64_t *sums) {
    assert(unit >= 0 && unit < f->n_units);
    const indices *members = &f->units[unit];
    memset(sums, 0, (size_t)f->n_slots * sizeof *sums);
    for (int i = 0; i < members->n; i++) {
        if (check_needs_bed(f, members->at[i], t)) check_add_family(f, members->at[i], sums);
    }
}
