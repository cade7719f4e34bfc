/* Names and their numbers: sorted lists, no more. */
#include "instance/read.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int compare_rows(const void *a, const void *b) {
    const name_row *x = a;
    const name_row *y = b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

name_index read_index_names(name_row *rows, int n) {
    assert(rows != NULL || n == 0);
    if (n > 0) qsort(rows, (size_t)n, sizeof *rows, compare_rows);
    return (name_index){.rows = rows, .n = n};
}

int read_find_name(const name_index *index, const char *name) {
    assert(name != NULL);
    int low = 0;
    int high = index->n;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (strcmp(index->rows[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == index->n || strcmp(index->rows[low].name, name) != 0) return NONE;
    return index->rows[low].number;
}

bool read_report_doubles(reader *r, const name_index *index, const json_node *const *nodes,
                         const char *what) {
    bool any = false;
    for (int i = 1; i < index->n; i++) {
        const name_row *row = &index->rows[i];
        if (strcmp(row[-1].name, row->name) != 0) continue;
        const json_node *node = nodes[row->number];
        if (json_type_of(node) == JSON_OBJECT) node = json_member(node, "id");
        json_problem(r->document, node, "%s '%s' is already used", what, row->name);
        any = true;
    }
    if (any) r->sound = false;
    return any;
}

static const char *name_at(const void *context, size_t i) {
    const name_index *index = context;
    return index->rows[i].name;
}

void read_report_dangling(reader *r, const json_node *node, const name_index *index,
                          const char *what, const char *name) {
    const char *nearest = NULL;
    if (r->comparisons_left >= (size_t)index->n) {
        r->comparisons_left -= (size_t)index->n;
        nearest = nearest_name(name, (size_t)index->n, name_at, index);
    }
    if (nearest != NULL)
        json_problem(r->document, node, "there is no %s '%s', did you mean '%s'?", what, name,
                     nearest);
    else
        json_problem(r->document, node, "there is no %s '%s'", what, name);
}

/* ---- Names that get their number last ------------------------------------------------------- */

bool read_use_name(reader *r, late_names *names, const char *name, int *slot) {
    assert(name != NULL && slot != NULL);
    if (names->n == names->capacity) {
        size_t capacity = names->capacity == 0 ? 256 : 2 * names->capacity;
        name_use *uses = realloc(names->uses, capacity * sizeof *uses);
        if (uses == NULL) {
            r->out_of_memory = true;
            return false;
        }
        names->uses = uses;
        names->capacity = capacity;
    }
    name_use *use = &names->uses[names->n++];
    use->name = name;
    use->slot = slot;
    return true;
}

static int compare_uses(const void *a, const void *b) {
    const name_use *x = a;
    const name_use *y = b;
    return strcmp(x->name, y->name);
}

bool read_bind_names(reader *r, late_names *names, int *n, const char *const **texts) {
    if (names->n > 0) qsort(names->uses, names->n, sizeof *names->uses, compare_uses);
    int count = 0;
    for (size_t i = 0; i < names->n; i++) {
        if (i > 0 && strcmp(names->uses[i - 1].name, names->uses[i].name) != 0) count++;
        *names->uses[i].slot = count;
    }
    count += names->n > 0;

    const char **kept = read_take(r, (size_t)count, sizeof *kept);
    if (kept == NULL) return false;
    for (size_t i = 0; i < names->n; i++) {
        int number = *names->uses[i].slot;
        if (kept[number] == NULL) kept[number] = read_keep_text(r, names->uses[i].name);
    }
    *n = count;
    *texts = kept;
    return !r->out_of_memory;
}
