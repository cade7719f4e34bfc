/* Who has no bed and why, in a few lines for people. */
#ifndef PLAATS_PLAN_TELL_H
#define PLAATS_PLAN_TELL_H

#include "plan/ledger.h"

#include "base/buffer.h"

plaats_status tell_unplaced(const ledger *l, buffer *out, plaats_error *error);

#endif
