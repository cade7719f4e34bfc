/* The row of a site's beds, for tests. */
#ifndef PLAATS_TESTS_BED_ROW_H
#define PLAATS_TESTS_BED_ROW_H

#include "model/model.h"

/* ROW_BEDS or ROW_OPEN; NONE if the site is closed. */
static inline int bed_row(const model *m, int site) {
    for (int i = 0; i < m->n_rows; i++)
        if (m->rows[i].site == site && (m->rows[i].kind == ROW_BEDS || m->rows[i].kind == ROW_OPEN))
            return i;
    return NONE;
}

#endif
