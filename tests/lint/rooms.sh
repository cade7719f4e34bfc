#!/usr/bin/env bash
# The rooms of solver/ stand in one order: a room may include itself and the rooms above it, never
# those below. Third parties stay behind one door each, and the checker reads the rules apart from
# the solver. Speaks TAP.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
shopt -s nullglob extglob

rooms=(base text instance model engine plan)
cases=0
failures=0

# Each line of standard input is a problem; none is good.
report() { # NAME
    local problems
    problems=$(cat)
    cases=$((cases + 1))
    if [ -z "$problems" ]; then
        echo "ok $cases - $1"
    else
        failures=$((failures + 1))
        echo "not ok $cases - $1"
        while IFS= read -r line; do echo "# $line"; done <<<"$problems"
    fi
}

# "file:line:#include ..." of every include in these files that looks like PATTERN
includes() { # PATTERN FILE...
    grep -nHE "^[[:space:]]*#[[:space:]]*include[[:space:]]+$1" "${@:2}" /dev/null
}

outsiders() { # ALLOWED FILE...
    includes '"' "${@:2}" | grep -vE "include[[:space:]]+\"($1)"
}

# What the checker includes, directly or through other headers.
checker_sources() {
    for file in solver/plan/check*.c; do
        ${CC:-cc} -MM -Isolver -Iinclude "$file" | tr -d '\\' | tr ' ' '\n'
    done | grep '^solver/' | sort -u
}

unexpected_at_the_top() {
    for entry in $(git ls-files 2>/dev/null | cut -d/ -f1 | sort -u); do
        case $entry in
        .* | include | instances | solver | tests | Makefile | README.md) ;;
        *) echo "$entry" ;;
        esac
    done
}

echo "1..$((${#rooms[@]} + 8))"
allowed='plaats\.h"'
for room in "${rooms[@]}"; do
    allowed="$allowed|$room/"
    report "$room uses itself and the rooms above it only" \
        <<<"$(outsiders "$allowed" solver/"$room"/*.[ch])"
done
report "cli uses the public header only" \
    <<<"$(outsiders '[a-z_]+\.h"' solver/cli/*.[ch])"
report "glpk has one door" \
    <<<"$(includes '[<"]glpk' solver/!(engine)/*.[ch] solver/engine/!(glpk*).[ch])"
report "cjson has one door" \
    <<<"$(includes '[<"]cjson' solver/!(text)/*.[ch])"
report "nettle has one door" \
    <<<"$(includes '[<"]nettle' solver/!(base)/*.[ch] solver/base/!(hash).[ch])"
report "icu has one door" \
    <<<"$(includes '[<"]unicode' solver/!(text)/*.[ch] solver/text/!(alike).[ch])"
report "the checker shares no rule with the solver" \
    <<<"$(checker_sources | grep -E 'solver/(model|engine)/|/(eligible|cost|distance)\.h$')"
report "no test needs /proc, as process substitution does" \
    <<<"$(grep -nE '^[^#]*[<>][(]' tests/*.sh tests/cli/*.cli tests/*/*.sh .ci/*)"
report "nothing unexpected at the top" <<<"$(unexpected_at_the_top)"
[ "$failures" -eq 0 ]
