/* The version, and what statuses and outcomes are called: plaats_version and its kin. */
#ifndef PLAATS_BASE_NAMES_H
#define PLAATS_BASE_NAMES_H

#include "plaats.h"

const char *names_version(void);
const char *names_status(plaats_status status);
const char *names_outcome(plaats_outcome outcome);

#endif
