/* Settings by name: the one table of their types, ranges and defaults. */
#ifndef PLAATS_API_SETTINGS_H
#define PLAATS_API_SETTINGS_H

#include "base/status.h"

/* PLAATS_USAGE for the first that is out of its range, or that does not go with another. */
plaats_status settings_judge(const plaats_settings *settings, plaats_error *error);

#endif
