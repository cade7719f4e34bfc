#!/usr/bin/env bash
# Runs the examples of README.md. A fenced block marked `json NAME` is the file NAME. In a block
# marked `console`, lines that begin with `$ ` are commands and the lines below each are what it
# says, on standard output and error together; `...` stands for any lines, and seconds may differ.
# Speaks TAP.
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
inside=
while IFS= read -r line; do
    case $inside,$line in
    ,'```console') inside=console ;;
    ,'```json '*)
        inside=file
        file=$scratch/${line#'```json '}
        : >"$file"
        ;;
    console,'```')
        finish_command
        inside=
        ;;
    console,'$ '*)
        finish_command
        command=${line#'$ '}
        ;;
    console,*) expected+=${expected:+$'\n'}$line ;;
    file,'```') inside= ;;
    file,*) printf '%s\n' "$line" >>"$file" ;;
    esac
done <"$root/README.md"
rm -rf "$scratch" "$scratch.out" "$scratch.err"
[ "$cases" -gt 0 ] || case_failed 'README.md has examples' some none
close_cases
