#!/usr/bin/env bash
# Runs the transcripts tests/cli/*.cli, in which
#
#   $ COMMAND    runs it
#   > LINE       is a line it must write to standard output
#   ! LINE       is a line it must write to standard error
#   = N          is the status it must end with, unless that is 0
#   ? CONDITION  before a command: it is skipped on a machine where this command fails
#
# and everything else is comment. `...` stands for any lines; ` (glob)` ends a shell pattern.
#
#   tests/cli/run.sh [--rewrite] [FILE...]
#
# --rewrite puts what came out in place of what was expected; review it with git diff.
# Speaks TAP.
# shellcheck source=tests/cli/transcript.sh
. "$(dirname "$0")/transcript.sh"

rewrite=false
if [ "${1-}" = --rewrite ]; then
    rewrite=true
    shift
fi

prefixed() { # PREFIX FILE
    sed -e "s/^/$1 /" -e 's/ $//' "$2"
    # A last line without an end still shows.
    [ ! -s "$2" ] || [ -z "$(tail -c 1 "$2")" ] || echo
}

expected_part() { # PREFIX, of $expected
    sed -nE "s/^$1 ?//p" <<<"$expected"
}

check_command() {
    local actual
    if [ -n "$condition" ] && ! bash -c "$condition" >/dev/null 2>&1; then
        case_skipped "$name: $command"
        written+="\$ $command"$'\n'${expected:+$expected$'\n'}
        return
    fi
    run_command "$command"
    actual=$(
        prefixed '>' "$scratch.out"
        prefixed '!' "$scratch.err"
        [ "$status" -eq 0 ] || echo "= $status"
    )
    if matches "$(expected_part '>')" "$(<"$scratch.out")" &&
        matches "$(expected_part '!')" "$(<"$scratch.err")" &&
        [ "${wanted_status:-0}" -eq "$status" ]; then
        case_passed "$name: $command"
        actual=$expected
    else
        case_failed "$name: $command" "$expected" "$actual"
    fi
    written+="\$ $command"$'\n'${actual:+$actual$'\n'}
}

finish_command() {
    [ -z "$command" ] || check_command
    command=
    expected=
    wanted_status=
    condition=
}

run_file() { # FILE
    local name command='' expected='' wanted_status='' condition='' written='' line
    name=$(basename "$1" .cli)
    scratch=$(scratch_folder)
    while IFS= read -r line; do
        case $line in
        '? '*)
            finish_command
            condition=${line#'? '}
            written+=$line$'\n'
            ;;
        '$ '*)
            [ -z "$command" ] || finish_command
            command=${line#'$ '}
            ;;
        '>'* | '!'*) expected+=${expected:+$'\n'}$line ;;
        '= '*)
            expected+=${expected:+$'\n'}$line
            wanted_status=${line#= }
            ;;
        *)
            finish_command
            written+=$line$'\n'
            ;;
        esac
    done <"$1"
    finish_command
    rm -rf "$scratch" "$scratch.out" "$scratch.err"
    ! $rewrite || printf '%s' "$written" >"$1"
}

[ $# -gt 0 ] || set -- "$tests_cli"/*.cli
for file in "$@"; do run_file "$file"; done
close_cases
