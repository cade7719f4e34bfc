/* What the files of smooth.h share: the work of one thread at a time, and one unit of it. Private
 * to them. */
#ifndef PLAATS_ENGINE_PRICES_SMOOTH_CHUNK_H
#define PLAATS_ENGINE_PRICES_SMOOTH_CHUNK_H

#include "engine/prices/smooth.h"

/* Some of the units looked at, and sums over them. */
typedef struct smooth_chunk {
    smooth *of;
    const double *price;
    int first, last, step; /* of `sample`; a curvature looks at every step-th */
    double value, exact, unplaced, terms;
    double *load, *load_rise, *curvature;
    size_t curvature_room; /* in numbers */
    /* Of the unit at hand. */
    double *line, *reduced;
    int line_class, n_choices, n_weighty;
    choice *choices; /* those with a share worth naming: at most its options and CHOICE_NONE */
    double *share;
    double least, unit_smoothing;
    double *class_share; /* per site: shares of the units of this use class so far */
    /* Slots that it uses in shares, and how much; slots and uses of one of its choices. */
    int n_touched;
    int32_t *touched, *choice_slot;
    double *use, *choice_use;
} smooth_chunk;

/* The choices of the k-th unit looked at and their shares; returns the sum of exponentials before
 * they were made to sum to 1. */
double smooth_share_out(smooth_chunk *c, int k);

/* A site with keep_open: what its term of the dual is, and in what share it is open. */
typedef struct {
    double exact, value, share, smoothing;
} smooth_opening;

smooth_opening smooth_open_share(const smooth *s, const model_row *row, double price);

#endif
