/* People, and who lives with whom: persons that name the same household are one, a person that
 * names none lives alone in a household with the person's id. */
#include "instance/read.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    person p;
    const char *home; /* the household named; NULL if none */
    bool sound;
} person_draft;

/* Entries are the rows, 0.. , and then the persons. Those with the same name are one household;
 * its first entry leads it. */
typedef struct {
    int n_rows, n_people;
    household_row *rows;
    person_draft *people;
    name_row *entries; /* by name, then entry; those whose name is known */
    int n_entries;
    int *leader; /* per person: entry; itself where no name is known */
    int *number; /* per entry that leads: its household */
} grouping;

/* ---- People --------------------------------------------------------------------------------- */

static bool read_home(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    if (json_type_of(value) != JSON_STRING) return read_not_allowed(r, value, "a string");
    if (!read_check_id(r, value, json_text(value))) return false;
    *(const char **)target = json_text(value);
    return true;
}

static void read_person(reader *r, const json_node *node, person_draft *out) {
    enum { ID, HOUSEHOLD };
    static const read_field fields[] = {
        [ID] = {"id", read_id, offsetof(person_draft, p.id), true, 0, 0},
        [HOUSEHOLD] = {"household", read_home, offsetof(person_draft, home), false, 0, 0},
        {"age", read_int, offsetof(person_draft, p.age), true, 0, MOST_AGE},
        {"needs", read_unique_services, offsetof(person_draft, p.needs), false, 0, 0},
        {"tags", read_unique_tags, offsetof(person_draft, p.tags), false, 0, 0},
        {"near", read_near, offsetof(person_draft, p.near), false, 0, 0},
    };
    members m = read_object(r, node, fields, N_FIELDS(fields), out);
    out->sound = m.sound;
    bool has_home = GOOD(m, HOUSEHOLD) || (GOOD(m, ID) && !GIVEN(m, HOUSEHOLD));
    if (!has_home) r->people_sound = false;
}

static bool read_people(reader *r, const json_node *node, grouping *g) {
    g->n_people = node == NULL ? 0 : (int)json_count(node);
    size_t n = (size_t)g->n_people;
    g->people = zero_alloc(n, sizeof *g->people);
    r->person_nodes = zero_alloc(n, sizeof *r->person_nodes);
    name_row *ids = zero_alloc(n, sizeof *ids);
    if (g->people == NULL || r->person_nodes == NULL || ids == NULL) {
        r->out_of_memory = true;
        free(ids);
        return false;
    }
    int named = 0;
    const json_node *c = node == NULL ? NULL : json_first(node);
    for (int i = 0; c != NULL; c = json_next(c), i++) {
        r->person_nodes[i] = c;
        read_person(r, c, &g->people[i]);
        if (g->people[i].p.id != NULL)
            ids[named++] = (name_row){.name = g->people[i].p.id, .number = i};
    }
    name_index index = read_index_names(ids, named);
    read_report_doubles(r, &index, r->person_nodes, "person");
    free(ids);
    return !r->out_of_memory;
}

/* ---- Who lives with whom -------------------------------------------------------------------- */

static bool collect_entries(reader *r, grouping *g) {
    size_t most = (size_t)g->n_rows + (size_t)g->n_people;
    g->entries = zero_alloc(most, sizeof *g->entries);
    g->leader = zero_alloc((size_t)g->n_people, sizeof *g->leader);
    g->number = zero_alloc(most, sizeof *g->number);
    if (g->entries == NULL || g->leader == NULL || g->number == NULL) {
        r->out_of_memory = true;
        return false;
    }
    for (int i = 0; i < g->n_rows; i++)
        if (g->rows[i].row.id != NULL)
            g->entries[g->n_entries++] = (name_row){.name = g->rows[i].row.id, .number = i};
    for (int i = 0; i < g->n_people; i++) {
        const person_draft *d = &g->people[i];
        const char *name = d->home;
        if (name == NULL && json_member(r->person_nodes[i], "household") == NULL) name = d->p.id;
        g->leader[i] = g->n_rows + i;
        if (name != NULL)
            g->entries[g->n_entries++] = (name_row){.name = name, .number = g->n_rows + i};
    }
    read_index_names(g->entries, g->n_entries);
    return true;
}

static bool is_row(const grouping *g, const name_row *entry) {
    return entry->number < g->n_rows;
}

static const person_draft *person_of(const grouping *g, const name_row *entry) {
    return &g->people[entry->number - g->n_rows];
}

static void report_rows(reader *r, const grouping *g, const name_row *entries, int n) {
    for (int i = 1; i < n && is_row(g, &entries[i]); i++) {
        json_problem(r->document, json_member(g->rows[entries[i].number].node, "id"),
                     "household '%s' is already used", entries[i].name);
        r->sound = false;
    }
    if (is_row(g, &entries[n - 1]) && r->people_sound) {
        json_problem(r->document, g->rows[entries[0].number].node,
                     "household '%s' is named by no person", entries[0].name);
        r->sound = false;
    }
}

/* A household of somebody who lives alone is for nobody else to name. */
static void report_guests(reader *r, const grouping *g, const name_row *entries, int n) {
    bool alone = false;
    for (int i = 0; i < n; i++)
        if (!is_row(g, &entries[i]) && person_of(g, &entries[i])->home == NULL) alone = true;
    for (int i = 0; alone && i < n; i++) {
        if (is_row(g, &entries[i]) || person_of(g, &entries[i])->home == NULL) continue;
        const json_node *node = r->person_nodes[entries[i].number - g->n_rows];
        json_problem(r->document, json_member(node, "household"),
                     "household '%s' is that of the person with this id, who lives alone: nobody "
                     "else may name it",
                     entries[i].name);
        r->sound = false;
    }
}

/* Entries with one name, one after the other, are a household; its first entry keeps the name. */
static void find_leaders(reader *r, grouping *g) {
    int groups = 0;
    int end;
    for (int i = 0; i < g->n_entries; i = end) {
        const name_row first = g->entries[i];
        end = i + 1;
        while (end < g->n_entries && strcmp(g->entries[end].name, first.name) == 0) end++;
        report_rows(r, g, &g->entries[i], end - i);
        report_guests(r, g, &g->entries[i], end - i);
        for (int k = i; k < end; k++)
            if (!is_row(g, &g->entries[k]))
                g->leader[g->entries[k].number - g->n_rows] = first.number;
        g->entries[groups++] = first;
    }
    g->n_entries = groups;
}

/* Rows in their order, then others as people name them; gives how many there are. */
static int number_households(grouping *g) {
    int n = g->n_rows;
    for (int i = 0; i < g->n_rows + g->n_people; i++) g->number[i] = i < g->n_rows ? i : NONE;
    for (int i = 0; i < g->n_people; i++) {
        int *number = &g->number[g->leader[i]];
        if (*number == NONE) *number = n++;
        g->people[i].p.household = *number;
    }
    return n;
}

/* ---- Into the instance ---------------------------------------------------------------------- */

static bool keep_people(reader *r, const grouping *g) {
    person *people = read_take(r, (size_t)g->n_people, sizeof *people);
    if (people == NULL) return false;
    for (int i = 0; i < g->n_people; i++) {
        people[i] = g->people[i].p;
        if (people[i].id == NULL) people[i].id = "";
        if (!g->people[i].sound) r->household_sound[people[i].household] = false;
    }
    r->in->people = people;
    r->in->n_people = g->n_people;
    return true;
}

/* One array of members, each household a stretch of it. */
static bool keep_members(reader *r, household *households, int n) {
    int n_people = r->in->n_people;
    const person *people = r->in->people;
    int *all = read_take(r, (size_t)n_people, sizeof *all);
    int *next = zero_alloc((size_t)n + 1, sizeof *next);
    if (all == NULL || next == NULL) {
        r->out_of_memory = true;
        free(next);
        return false;
    }
    for (int i = 0; i < n_people; i++) next[people[i].household + 1]++;
    for (int h = 0; h < n; h++) {
        households[h].people = (indices){.n = next[h + 1], .at = all + next[h]};
        next[h + 1] += next[h];
    }
    for (int i = 0; i < n_people; i++) all[next[people[i].household]++] = i;
    free(next);
    return true;
}

static bool keep_households(reader *r, const grouping *g, int n) {
    household *households = read_take(r, (size_t)n, sizeof *households);
    r->household_nodes = zero_alloc((size_t)n, sizeof *r->household_nodes);
    r->household_sound = zero_alloc((size_t)n, sizeof *r->household_sound);
    if (households == NULL || r->household_nodes == NULL || r->household_sound == NULL) {
        r->out_of_memory = true;
        return false;
    }
    for (int h = 0; h < n; h++) {
        bool has_row = h < g->n_rows;
        households[h] = has_row ? g->rows[h].row : read_household_without_row();
        r->household_nodes[h] = has_row ? g->rows[h].node : NULL;
        r->household_sound[h] = !has_row || g->rows[h].sound;
    }
    for (int i = 0; i < g->n_entries; i++) {
        name_row *entry = &g->entries[i];
        const char **id = &households[g->number[entry->number]].id;
        bool alone = !is_row(g, entry) && person_of(g, entry)->home == NULL;
        if (*id == NULL) *id = alone ? entry->name : read_keep_text(r, entry->name);
        entry->number = g->number[entry->number];
    }
    for (int h = 0; h < n; h++)
        if (households[h].id == NULL) households[h].id = "";
    r->in->households = households;
    r->in->n_households = n;
    r->in->n_household_rows = g->n_rows;
    return keep_people(r, g) && keep_members(r, households, n);
}

void read_households(reader *r, const json_node *rows, const json_node *people) {
    grouping g = {.n_rows = 0};
    g.rows = read_household_rows(r, rows, &g.n_rows);
    if (g.rows != NULL && read_people(r, people, &g) && collect_entries(r, &g)) {
        find_leaders(r, &g);
        if (keep_households(r, &g, number_households(&g))) {
            r->households = (name_index){.rows = g.entries, .n = g.n_entries};
            g.entries = NULL; /* the index keeps them */
        }
    }
    free(g.rows);
    free(g.people);
    free(g.entries);
    free(g.leader);
    free(g.number);
}
