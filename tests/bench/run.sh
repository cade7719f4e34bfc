#!/usr/bin/env bash
# Times plaats beside two other solvers on the exported model: the bundled instances, and generated
# ones of three sizes. Whole processes are timed, reading and writing included. The table goes to
# tests/bench/results.md, with the machine and the date.
#
#   tests/bench/run.sh [SECONDS]   time limit of each solve (60)
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

limit=${1:-60}
build=${BUILD:-build}
results=tests/bench/results.md
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The points for a person without a bed that all three are given: what the instance says by itself
# can be more than the tolerances of the others bear.
unplaced=100000

member() { # NAME FILE
    sed -nE "s/.*\"$1\": *(-?[0-9]+).*/\1/p" "$2" | head -n 1
}

timed() { # COMMAND...: its seconds
    local begin
    begin=$(date +%s.%N)
    "$@" >"$work/log" 2>&1
    echo "$begin $(date +%s.%N)" | awk '{ printf "%.1f", $2 - $1 }'
}

row() { # INSTANCE SOLVER SECONDS COST BOUND
    echo "$@" | awk '{
        gap = ($4 == "-" || $5 == "-") ? "-" : sprintf("%.3f %%", 100 * ($4 - $5) / ($4 > 1 ? $4 : 1))
        printf "| %s | %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5, gap }' | tee -a "$results"
}

measure() { # INSTANCE: a file
    local name seconds cost bound
    name=$(basename "$1" .json)
    seconds=$(timed "$build/plaats" solve "$1" --time-limit "$limit" -o "$work/plan.json")
    row "$name" plaats "$seconds" "$(member cost "$work/plan.json")" "$(member bound "$work/plan.json")"

    "$build/plaats" export "$1" --format mps -o "$work/model.mps" || return
    seconds=$(timed glpsol --freemps "$work/model.mps" --tmlim "$limit" -o "$work/glpsol.txt")
    cost=$(sed -nE 's/^Objective: .* = (-?[0-9.e+]+) .*/\1/p' "$work/glpsol.txt" | awk '{ printf "%.0f", $1 }')
    grep -q '^Status: *INTEGER' "$work/glpsol.txt" || cost=-
    # Its log gives the best bound beside the best solution: "+ 123: mip = 45 >= 44 ...".
    bound=$(sed -nE 's/.*>= +(-?[0-9.e+]+) .*/\1/p' "$work/log" | tail -n 1 | awk '{ printf "%.0f", $1 }')
    ! grep -q 'INTEGER OPTIMAL' "$work/glpsol.txt" || bound=$cost
    row "$name" glpsol "$seconds" "${cost:--}" "${bound:--}"

    seconds=$(timed cbc "$work/model.mps" sec "$limit" solve solution "$work/cbc.txt")
    cost=$(sed -nE 's/^Objective value: *(-?[0-9.e+]+)/\1/p' "$work/log" | tail -n 1 | awk '{ printf "%.0f", $1 }')
    bound=$(sed -nE 's/^Lower bound: *(-?[0-9.e+]+)/\1/p' "$work/log" | tail -n 1 | awk '{ printf "%.0f", $1 }')
    ! grep -q '^Result - Optimal' "$work/log" || bound=$cost
    row "$name" cbc "$seconds" "${cost:--}" "${bound:--}"
}

# The same instance, with points for a person without a bed that every solver can bear.
with_points() { # INSTANCE OUTPUT
    if grep -q '"weights"' "$1"; then
        sed "0,/\"weights\": *{/s//\"weights\": {\"unplaced\": $unplaced, /" "$1" >"$2"
    else
        sed "0,/\"week\"/s//\"weights\": {\"unplaced\": $unplaced}, \"week\"/" "$1" >"$2"
    fi
}

{
    echo "# Results"
    echo
    echo "$(date +%F), $(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)," \
        "$(nproc) cores; plaats $("$build/plaats" --version | cut -d' ' -f2)," \
        "$(glpsol --version | sed -n 's/.*\(GLPK[^,]*Solver \)\?\([0-9]\.[0-9]\).*/GLPK \2/p' | head -n 1)," \
        "CBC $(dpkg-query -W -f '${Version}' coinor-cbc 2>/dev/null)."
    echo "Time limit $limit s for each; seconds of the whole process. A person without a bed costs" \
        "$unplaced points. The gap is a percentage of the whole cost. \`make bench\` remakes this table."
    echo
    echo "| instance | solver | seconds | cost | bound | gap |"
    echo "|---|---|---|---|---|---|"
} | tee "$results"

for instance in instances/*.json; do
    with_points "$instance" "$work/$(basename "$instance")"
done
for size in 300x40 1500x120 3000x200; do
    "$build/plaats" generate --people "${size%x*}" --sites "${size#*x}" -o "$work/generated.json"
    with_points "$work/generated.json" "$work/generated-$size.json"
done
rm -f "$work/generated.json"
for instance in "$work"/*.json; do
    [ "$instance" = "$work/plan.json" ] || measure "$instance"
done
