#!/usr/bin/env bash
# Compiles a program against an installed plaats. `static` takes the library itself into the program;
# with `shared` it is looked for when the program starts.
#
#   compile.sh static|shared PROGRAM.c -o PROGRAM
set -euo pipefail
form=$1
shift
libs=$(pkg-config --libs plaats)
[ "$form" = shared ] || libs=$(pkg-config --static --libs plaats | sed 's/-lplaats\b/-l:libplaats.a/')
# shellcheck disable=SC2046,SC2086  # several words each
exec ${CC:-cc} -std=c11 -Wall -Wextra -Werror ${CPPFLAGS-} ${CFLAGS-} ${LDFLAGS-} \
    $(pkg-config --cflags plaats) "$@" $libs ${LDLIBS-}
