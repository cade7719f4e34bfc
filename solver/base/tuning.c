/* Other numbers than those that stand in the code, for a bench of them (tuning.h). */
#include "base/tuning.h"

#ifdef PLAATS_TUNING

#include <assert.h>
#include <stdlib.h>

double tuning_value(const char *name, double value) {
    assert(name != NULL);
    const char *text = getenv(name);
    return text == NULL ? value : strtod(text, NULL);
}

#else

/* ISO C forbids an empty translation unit. */
typedef int tuning_is_off;

#endif
