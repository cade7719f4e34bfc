#!/usr/bin/env bash
# Runs test suites, each a program that speaks TAP (https://testanything.org), some at a time,
# and closes with the line "N passed, N failed" (", N skipped" where some were). The output of each is kept in build/tests/log.
#
#   tests/run.sh build/tests/unit/test_week tests/cli/run.sh
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

export BUILD=${BUILD:-build}
export CMOCKA_MESSAGE_OUTPUT=TAP
export LC_ALL=C
log=$BUILD/tests/log
rm -rf "$log"
mkdir -p "$log"

name_of() {
    local name=${1%.sh}
    name=${name#"$BUILD"/tests/}
    name=${name#tests/}
    echo "${name//\//-}"
}

run_suite() {
    local file
    file=$log/$(name_of "$1")
    "$1" >"$file.tap" 2>"$file.err" </dev/null
    echo $? >"$file.exit"
}
export log
export -f name_of run_suite

# Counts the cases of a finished suite. What a crash left out of the announced number has failed.
report_suite() {
    local name file good bad skip planned code
    name=$(name_of "$1")
    file=$log/$name
    # cmocka writes "not ok" for a test that skipped itself.
    skip=$(grep -cE '^(not )?ok .*# SKIP' "$file.tap")
    good=$(grep '^ok ' "$file.tap" | grep -vc '# SKIP')
    bad=$(grep '^not ok ' "$file.tap" | grep -vc '# SKIP')
    planned=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$file.tap" | awk '{ n += $1 } END { print n + 0 }')
    code=$(cat "$file.exit" 2>/dev/null || echo 1)
    [ $((good + bad + skip)) -ge "$planned" ] || bad=$((planned - good - skip))
    [ "$code" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
    grep -q '^1\.\.' "$file.tap" || [ "$bad" -gt 0 ] || bad=1
    printf '%-6s %-28s %4d passed' "$([ "$bad" -eq 0 ] && echo ok || echo FAILED)" "$name" "$good"
    [ "$skip" -eq 0 ] || printf ', %d skipped' "$skip"
    if [ "$bad" -eq 0 ]; then
        echo
    else
        printf ', %d failed (status %s)\n' "$bad" "$code"
        grep -E '^(not ok|#)' "$file.tap" | head -n 60 | sed 's/^/    /'
        tail -n 15 "$file.err" | sed 's/^/    /'
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    skipped=$((skipped + skip))
}

printf '%s\0' "$@" | xargs -0 -n 1 -P "${JOBS:-2}" bash -c 'run_suite "$1"' run_suite

passed=0
failed=0
skipped=0
for suite in "$@"; do report_suite "$suite"; done
echo
echo "$passed passed, $failed failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
