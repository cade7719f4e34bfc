/* The version and the names of statuses and outcomes. */
#include "base/names.h"

const char *plaats_version(void) {
    return names_version();
}

const char *plaats_status_text(plaats_status status) {
    return names_status(status);
}

const char *plaats_outcome_text(plaats_outcome outcome) {
    return names_outcome(outcome);
}
