/* What is counted of households over and over, counted once. Private to this room. */
#ifndef PLAATS_INSTANCE_HOUSEHOLD_H
#define PLAATS_INSTANCE_HOUSEHOLD_H

#include "instance/instance.h"

typedef struct {
    int service, persons; /* persons >= 1 */
} need;

typedef struct household_counts {
    int children; /* under 18 */
    int school;   /* of school_age */
    int n_needs;
    const need *needs; /* every service that some member needs, each once */
} household_counts;

/* Fills in->counts; called once by the reader, when people, households and rules are known. */
plaats_status household_counts_make(plaats_instance *in, plaats_error *error);

/* `h` points into in->households. */
static inline const household_counts *counts_of(const plaats_instance *in, const household *h) {
    return &in->counts[h - in->households];
}

#endif
