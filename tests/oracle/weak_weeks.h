/* Weeks whose limits prices alone cannot hold: what is scarce is taken by several persons at once,
 * so the relaxation divides households that a plan must keep whole. One kind for each limit that
 * does so; beds are plentiful wherever they are not what a kind is about.
 */
#ifndef WEAK_WEEKS_H
#define WEAK_WEEKS_H

#include <stdint.h>

/* Small for trying every assignment, large for another solver. */
typedef enum { WEAK_SMALL, WEAK_LARGE, WEAK_SIZES } weak_size;

typedef struct weak_week weak_week;

typedef struct {
    const char *name;
    void (*make)(weak_week *w);
    struct {
        int units, sites;
    } size[WEAK_SIZES];
} weak_kind;

enum { WEAK_KINDS = 10 };
extern const weak_kind weak_kinds[WEAK_KINDS];
extern const char *const weak_size_name[WEAK_SIZES];

/* The text of an instance: the same for the same kind, size and seed. Free it with free. */
char *weak_instance(const weak_kind *kind, weak_size size, uint64_t seed);

#endif
