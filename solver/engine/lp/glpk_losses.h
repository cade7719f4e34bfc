/* GLPK keeps its programs per thread, and gives all of them up together when it fails. */
#ifndef PLAATS_ENGINE_LP_GLPK_LOSSES_H
#define PLAATS_ENGINE_LP_GLPK_LOSSES_H

/* How often GLPK has given up in this thread: a program made at another count is gone. */
extern _Thread_local int glpk_losses;

#endif
