/* "Did you mean": the name at the smallest edit distance. */
#include "text/json_in.h"

#include <assert.h>
#include <string.h>

enum { MAX_BYTES = 128, MAX_EDITS = 3 };

/* How many slips are likely in a name of this size. */
static int likely_slips(size_t size) {
    return size <= 4 ? 1 : size <= 8 ? 2 : MAX_EDITS;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same(char a, char b) {
    return lower(a) == lower(b); /* a wrong case is the likeliest slip of all */
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* Row i of the table of distances between the beginnings of a and b, from the two rows before it;
 * the smallest entry. An edit is a byte more, less or other, or two neighbours swapped. */
static int next_row(const char *a, int i, const char *b, int n, const int *two_up, const int *up,
                    int *row) {
    row[0] = i;
    int smallest = i;
    for (int j = 1; j <= n; j++) {
        int edits = least(up[j], row[j - 1]) + 1;
        edits = least(edits, up[j - 1] + !same(a[i - 1], b[j - 1]));
        if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
            edits = least(edits, two_up[j - 2] + 1);
        row[j] = edits;
        smallest = least(smallest, edits);
    }
    return smallest;
}

/* The edits from a (m bytes) to b (n bytes), or limit + 1 when there are more than `limit`. */
static int edit_distance(const char *a, int m, const char *b, int n, int limit) {
    if (m - n > limit || n - m > limit) return limit + 1;
    assert(n <= MAX_BYTES + MAX_EDITS && limit <= MAX_EDITS);
    int rows[3][MAX_BYTES + MAX_EDITS + 1];
    for (int j = 0; j <= n; j++) rows[0][j] = j;
    int smallest_above = 0;
    for (int i = 1; i <= m; i++) {
        int smallest = next_row(a, i, b, n, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]);
        /* A swap looks two rows up: only when both are beyond the limit is there no way back. */
        if (smallest > limit && smallest_above > limit) return limit + 1;
        smallest_above = smallest;
    }
    return least(rows[m % 3][n], limit + 1);
}

const char *nearest_name(const char *text, size_t n,
                         const char *(*candidate)(const void *context, size_t i),
                         const void *context) {
    assert(text != NULL && candidate != NULL);
    size_t size = strlen(text);
    if (size == 0 || size > MAX_BYTES) return NULL;
    int limit = likely_slips(size);
    const char *nearest = NULL;
    for (size_t i = 0; i < n && limit >= 0; i++) {
        const char *name = candidate(context, i);
        size_t name_size = strnlen(name, MAX_BYTES + MAX_EDITS + 1);
        if (name_size > MAX_BYTES + MAX_EDITS) continue;
        int edits = edit_distance(text, (int)size, name, (int)name_size, limit);
        /* With as many edits as bytes nothing of the name would be left. */
        if (edits > limit || edits >= (int)size) continue;
        nearest = name;
        limit = edits - 1; /* the first of equals wins */
    }
    return nearest;
}
