/* The k-th of n numbers by size. */
#ifndef PLAATS_BASE_SELECT_H
#define PLAATS_BASE_SELECT_H

#include <stddef.h>

/* The least of n numbers but k, k < n. Puts them in order. */
double select_nth_least(double *a, size_t n, size_t k);

#endif
