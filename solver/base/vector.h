/* Loops over arrays, compiled for wide vectors too and chosen when the program starts. Element by
 * element the digits are the same on every machine. */
#ifndef PLAATS_BASE_VECTOR_H
#define PLAATS_BASE_VECTOR_H

#include <stddef.h>
#include <stdint.h>

/* VECTOR_WIDE is for the few loops that are worth a version of their own for the widest vectors
 * there are, to be called only where VECTOR_IS_WIDE. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define VECTOR_CLONES __attribute__((target_clones("avx2", "default"), optimize("O3")))
#define VECTOR_WIDE __attribute__((target("avx512f"), optimize("O3")))
#define VECTOR_IS_WIDE __builtin_cpu_supports("avx512f")
#else
#define VECTOR_CLONES
#endif

/* out[i] = least + more[i] + line[site[i]] */
void vector_reduced(size_t n, double least, const uint16_t *more, const uint16_t *site,
                    const double *line, double *out);
double vector_least(size_t n, const double *a, double start);
/* How many are below each of three limits. */
void vector_count_below(size_t n, const double *a, const double limit[3], int count[3]);
/* The first i >= from with start + step[i] < length[i]; n if there is none. */
size_t vector_shorter(size_t from, size_t n, double start, const float *step, const double *length);
/* a[i] += by * b[i] */
void vector_add(size_t n, double by, const double *b, double *a);
/* a[i] = exp(-a[i]) to nine digits, for 0 <= a[i] <= 700. */
void vector_exp_minus(size_t n, double *a);

#endif
