#!/usr/bin/env bash
# The rooms of solver/ stand in one order: a room may include itself and the rooms above it, never
# those below. Third parties stay behind one door each, the check shares nothing with the solver,
# and external names carry the prefix of their place. Speaks TAP.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
shopt -s nullglob extglob
build=${BUILD:-build}

# Top to bottom. What a room may not use although it stands above it follows in `except`.
rooms=(base text instance model
    engine/lp engine/layout engine/proof engine/run engine/prices engine/plans
    engine/branch_cut engine/branch_price engine plan check api)
declare -A except=(
    [engine/branch_price]='engine/branch_cut/'
    [check]='(model|engine|plan)/|instance/(eligible|cost|distance)\.h'
)
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

# Includes of a third party in any file of solver/ but those of its door.
past_the_door() { # HEADER DOOR
    find solver -name '*.[ch]' | sort | grep -v "^solver/$2" |
        xargs grep -nHE "^[[:space:]]*#[[:space:]]*include[[:space:]]+[<\"]$1"
}

misplaced() { # ROOM ALLOWED
    outsiders "$2" solver/"$1"/*.[ch]
    [ -z "${except[$1]-}" ] || includes "\"(${except[$1]})" solver/"$1"/*.[ch]
}

# What the check includes, directly or through other headers.
check_sources() {
    for file in solver/check/*.c; do
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

# ---- External names ------------------------------------------------------------------------

# "room/file name" of every function or variable with external linkage; of those that compilers add,
# none.
list_externals() {
    for object in $(find "$build/obj/solver" -name '*.o' | grep -v /cli/ | sort); do
        place=${object#"$build/obj/solver/"}
        [ -e "solver/${place%.o}.c" ] || continue # of a file that is gone
        nm -g --defined-only "$object" | awk -v place="${place%.o}" \
            'NF == 3 && $3 !~ /\.resolver$|^__odr_asan\./ { print place, $3 }'
    done
}

# Types that the headers of a room declare; their names are prefixes of what is done with them.
types_of() { # ROOM
    sed -nE 's/^\} ([a-z_0-9]+);.*/\1/p; s/^typedef .*[ *]([a-z_0-9]+);.*/\1/p
             s/^(typedef )?struct ([a-z_0-9]+) \{.*/\2/p' solver/"$1"/*.h | sort -u
}

# A name begins with that of its room, of its file (or the first part of it: relaxation_solve.c), of
# a header of the room, or of a type declared there. The idiom of errors and memory is short.
without_prefix() {
    local idiom=' fail fail_memory zero_alloc '
    for room in "${rooms[@]}"; do
        common="${room##*/} $(basename -s .h -a solver/"$room"/*.h 2>/dev/null | tr '\n' ' ') $(types_of "$room")"
        while read -r place name; do
            [ "${place%/*}" = "$room" ] || continue
            [[ $name != plaats_* && $idiom != *" $name "* ]] || continue
            file=${place##*/}
            for prefix in $file "${file%%_*}" $common; do
                [[ $name != "$prefix" && $name != "$prefix"_* ]] || continue 2
            done
            echo "solver/$place.c: $name"
        done <<<"$externals"
    done
}

public_outside_api() {
    awk '$2 ~ /^plaats_/ && $1 !~ /^api\// { print "solver/" $1 ".c: " $2 }' <<<"$externals"
}

# What the libraries show beside the public functions.
exported() {
    nm -g --defined-only "$build"/libplaats.a | awk 'NF == 3 && $3 !~ /^plaats_/ { print $3 }'
    nm -D --defined-only "$build"/libplaats.so | awk 'NF == 3 && $3 !~ /^plaats_/ { print $3 }'
}

echo "1..$((${#rooms[@]} + 13))"
externals=$(list_externals)
allowed='plaats\.h"'
for room in "${rooms[@]}"; do
    allowed="$allowed|$room/"
    report "$room uses itself and the rooms above it only" <<<"$(misplaced "$room" "$allowed")"
done
report "cli uses the public header only" \
    <<<"$(outsiders '[a-z_]+\.h"' solver/cli/*.[ch])"
report "glpk has one door" <<<"$(past_the_door glpk engine/lp/)"
report "cjson has one door" <<<"$(past_the_door cjson text/)"
report "nettle has one door" <<<"$(past_the_door nettle base/hash)"
report "icu has one door" <<<"$(past_the_door unicode text/alike)"
report "the check shares no rule with the solver" \
    <<<"$(check_sources | grep -E 'solver/(model|engine|plan)/|/(eligible|cost|distance)\.h$')"
report "file names are unique" \
    <<<"$(find solver -name '*.c' ! -path '*/cli/*' -exec basename {} \; | sort | uniq -d)"
report "no external name stands twice" <<<"$(awk '{ print $2 }' <<<"$externals" | sort | uniq -d)"
report "external names carry the prefix of their place" <<<"$(without_prefix)"
report "public functions stand in api" <<<"$(public_outside_api)"
report "the libraries export plaats_* only" <<<"$(exported)"
report "no test needs /proc, as process substitution does" \
    <<<"$(grep -nE '^[^#]*[<>][(]' tests/*.sh tests/cli/*.cli tests/*/*.sh .ci/*)"
report "nothing unexpected at the top" <<<"$(unexpected_at_the_top)"
[ "$failures" -eq 0 ]
