# Transcripts: commands with the output they must give. Sourced by run.sh and readme.sh.
#
# Each command is one test case. It runs in a scratch folder, which the commands of one file share,
# where `instances`, `inputs` and `build` are at hand and `plaats` is the program just built. No
# <(...) anywhere in the tests: it needs /proc, which containers may lack.

set -uo pipefail
shopt -s extglob
tests_cli=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$tests_cli/../.." && pwd)
build=$(cd "$root" && cd "${BUILD:-build}" && pwd)
export PATH=$build:$PATH LC_ALL=C
case_seconds=120

scratch_folder() { # prints the path of a new one
    local folder
    folder=$(mktemp -d "${TMPDIR:-/tmp}/plaats-cli.XXXXXX")
    ln -s "$root/instances" "$root/include" "$folder/"
    ln -s "$tests_cli/inputs" "$folder/inputs"
    ln -s "$build" "$folder/build"
    echo "$folder"
}

# Runs a command in the scratch folder; leaves its output in $scratch.out and $scratch.err, or
# both together in $scratch.out with MERGED, and its status in $status.
run_command() { # COMMAND [MERGED]
    if [ -z "${2-}" ]; then
        run_in_scratch "$1" >"$scratch.out" 2>"$scratch.err"
    else
        run_in_scratch "$1" >"$scratch.out" 2>&1
    fi
    status=$?
}

run_in_scratch() { # COMMAND
    (cd "$scratch" && exec timeout "$case_seconds" \
        bash -c '. "$0"; eval "$1"' "$tests_cli/helpers.sh" "$1") </dev/null
}

# Whether a text is as expected. A line `...` stands for any lines, and a line that ends in
# ` (glob)` is a shell pattern.
matches() { # EXPECTED ACTUAL
    local pattern='' line
    while [ -n "$1" ] && IFS= read -r line; do
        if [ "$line" = ... ]; then
            pattern+='*'
        elif [[ $line == *' (glob)' ]]; then
            pattern+=${line% (glob)}$'\n'
        else
            pattern+=$(sed 's/[][\\*?+@!()|]/\\&/g' <<<"$line")$'\n'
        fi
    done <<<"$1"
    # shellcheck disable=SC2053
    [[ ${2:+$2$'\n'} == $pattern ]]
}

# ---- TAP -----------------------------------------------------------------------------------

cases=0
failures=0

case_passed() { # NAME
    cases=$((cases + 1))
    echo "ok $cases - $1"
}

case_failed() { # NAME EXPECTED ACTUAL
    cases=$((cases + 1))
    failures=$((failures + 1))
    echo "not ok $cases - $1"
    printf '%s\n' "$2" >"$scratch.expected"
    printf '%s\n' "$3" | diff "$scratch.expected" - | sed 's/^/#   /'
    rm "$scratch.expected"
}

case_skipped() { # NAME
    cases=$((cases + 1))
    echo "ok $cases - $1 # SKIP"
}

close_cases() {
    echo "1..$cases"
    [ "$failures" -eq 0 ]
}
