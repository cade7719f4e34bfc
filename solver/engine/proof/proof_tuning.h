/* Numbers that tune what is handed over as a proof. */
#ifndef PLAATS_ENGINE_PROOF_PROOF_TUNING_H
#define PLAATS_ENGINE_PROOF_PROOF_TUNING_H

#include "base/tuning.h"

/* Nodes of a search tree left open up to which its leaves are proved one by one; above it the root
 * alone is handed over, as a tree that was left off proves little more. Unit: nodes. Not measured.
 */
#define PROOF_MOST_OPEN TUNED("PROOF_MOST_OPEN", 100)

/* Cases of a proof; a larger tree hands over its root alone, so that plans can be read and checked
 * in a time like that of the solve. Unit: cases. Not measured. */
#define PROOF_MOST_CASES TUNED("PROOF_MOST_CASES", 4000)

#endif
