/* Texts made from the lists in plaats.h, so that none is left out. */
#include "base/names.h"

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *names_version(void) {
    return VERSION_TEXT(PLAATS_VERSION_MAJOR, PLAATS_VERSION_MINOR, PLAATS_VERSION_PATCH);
}

const char *names_status(plaats_status status) {
    switch (status) {
#define X(name, value, meaning)                                                                    \
    case PLAATS_##name:                                                                            \
        return meaning;
        PLAATS_STATUSES(X)
#undef X
    }
    return "unknown status";
}

const char *names_outcome(plaats_outcome outcome) {
    switch (outcome) {
#define X(name, text)                                                                              \
    case PLAATS_OUTCOME_##name:                                                                    \
        return text;
        PLAATS_OUTCOMES(X)
#undef X
    }
    return "unknown outcome";
}
