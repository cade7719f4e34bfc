#!/usr/bin/env bash
# Runs the examples of README.md: in a fenced block marked `console`, lines that begin with `$ ` are
# commands and the lines below each are what it says, on standard output and error together.
# `...` stands for any lines, and seconds may differ. Speaks TAP.
# shellcheck source=tests/cli/transcript.sh
. "$(dirname "$0")/transcript.sh"

same_seconds() {
    sed -E 's/[0-9]+\.[0-9]+ s\b/N s/g' <<<"$1"
}

finish_command() {
    [ -n "$command" ] || return
    run_command "$command" merged
    local actual
    actual=$(<"$scratch.out")
    if matches "$(same_seconds "$expected")" "$(same_seconds "$actual")"; then
        case_passed "$command"
    else
        case_failed "$command" "$expected" "$actual"
    fi
    command=
    expected=
}

scratch=$(scratch_folder)
command=
expected=
inside=false
while IFS= read -r line; do
    case $inside,$line in
    false,'```console') inside=true ;;
    true,'```')
        finish_command
        inside=false
        ;;
    true,'$ '*)
        finish_command
        command=${line#'$ '}
        ;;
    true,*) expected+=${expected:+$'\n'}$line ;;
    esac
done <"$root/README.md"
rm -rf "$scratch" "$scratch.out" "$scratch.err"
close_cases
