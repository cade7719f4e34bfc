/* Separation in several files: the point as members (separate_support.c), and fractions. */
#ifndef PLAATS_ENGINE_BRANCH_CUT_SEPARATE_PARTS_H
#define PLAATS_ENGINE_BRANCH_CUT_SEPARATE_PARTS_H

#include "engine/branch_cut/relaxation.h"

/* What the point has above zero, entry by entry: columns of the program, and classes that are fixed
 * outside it. */
typedef struct {
    int n, entries, room;
    int *column;          /* of the program; NONE: a fixed class */
    int32_t *unit, *site; /* the class; NONE: y of the site */
    double *x;            /* its value */
    int *start;           /* entries start[i] .. start[i+1]-1 */
    int *row;             /* of the program */
    double *use;
} support;

/* All zero: empty; to be freed also after a failure. */
plaats_status support_build(const relaxation *x, support *s, plaats_error *error);
void support_free(support *s);

/* The least denominator, at most `most`, that makes `part` whole, by its continued fraction; 0 if
 * there is none. */
int64_t separate_denominator(double part, int64_t most);
/* The least denominator that both make whole. */
int64_t separate_common(int64_t a, int64_t b);

#endif
