/* A solve written down, so that it can be run again. */
#ifndef PLAATS_API_DUMP_H
#define PLAATS_API_DUMP_H

#include "base/status.h"

#define DUMP_FORMAT "plaats.options/1" /* of options.json */

/* Gives the documents to `settings->dump`, if there is one. */
plaats_status dump_solve(const plaats_instance *instance, const plaats_settings *settings,
                         plaats_error *error);

#endif
