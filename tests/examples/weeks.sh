#!/usr/bin/env bash
# Plans every instance of a folder, each starting from the plan of the time before, and checks what
# came out. What ends in another way than with a plan is listed; the status is the worst there was.
#
#   weeks.sh INSTANCES PLANS            PLAATS: the program, if it is not on the path
set -uo pipefail
plaats=${PLAATS:-plaats}
status=0

# One line of JSON for each; a plan that is there already is where the new one starts.
[ ! -d "$2" ] || { rm -rf "$2.before" && cp -r "$2" "$2.before"; }
previous=()
[ ! -d "$2.before" ] || previous=(--previous-dir "$2.before" --keep 10)
"$plaats" solve --quiet --work 1000 --out-dir "$2" "${previous[@]}" "$1"/*.json >"$2.jsonl" || status=$?

grep -v '"exit":0' "$2.jsonl" | sed -E 's/.*"file":"([^"]*)".*"problem":"([^"]*)".*/no plan of \1: \2/'
for plan in "$2"/*.json; do
    "$plaats" check "$1/$(basename "$plan")" "$plan" >"$plan.txt" || { head -n 2 "$plan.txt"; status=1; }
    echo "$(basename "$plan" .json): $(grep '^unplaced' "$plan.txt")"
    rm "$plan.txt"
done
exit "$status"
