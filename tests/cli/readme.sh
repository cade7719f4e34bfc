#!/usr/bin/env bash
# Runs the examples of the pages, and sees to it that what they and the comments of the code point at
# is there. In a page a fenced block marked `json NAME` is the file NAME. In a block marked
# `console`, lines that begin with `$ ` are commands and the lines below each are what it says, on
# standard output and error together; `...` stands for any lines, and seconds may differ. Each page
# has a folder of its own. Speaks TAP.
# shellcheck source=tests/cli/transcript.sh
. "$(dirname "$0")/transcript.sh"

pages='README.md instances/FORMAT.md solver/PROOF.md'

# ---- Examples ------------------------------------------------------------------------------

same_seconds() {
    sed -E 's/[0-9]+\.[0-9]+ s\b/N s/g' <<<"$1"
}

finish_command() {
    [ -n "$command" ] || return
    run_command "$command" merged
    local actual
    actual=$(<"$scratch.out")
    if matches "$(same_seconds "$expected")" "$(same_seconds "$actual")"; then
        case_passed "$page: $command"
    else
        case_failed "$page: $command" "$expected" "$actual"
    fi
    command=
    expected=
}

run_page() { # the global `page`
    local before=$cases inside='' line file
    command=
    expected=
    scratch=$(scratch_folder)
    mkdir "$scratch/tests"
    ln -s "$tests_cli" "$scratch/tests/cli"
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
    done <"$root/$page"
    rm -rf "$scratch" "$scratch.out" "$scratch.err"
    [ "$cases" -gt "$before" ] || case_failed "$page has examples" some none
}

for page in $pages; do run_page; done

# ---- What leads somewhere -------------------------------------------------------------------

cd "$root" || exit 1
scratch=$(mktemp "${TMPDIR:-/tmp}/plaats-pages.XXXXXX")

# Each line of standard input is a problem; none is good.
none() { # NAME
    local problems
    problems=$(cat)
    if [ -z "$problems" ]; then
        case_passed "$1"
    else
        case_failed "$1" '' "$problems"
    fi
}

all_pages() {
    find README.md instances solver tests -name '*.md' | sort
}

# What a heading is called in a link: lower case, blanks as hyphens, no other signs.
anchors_of() { # PAGE
    sed -nE 's/^#+ (.*)/\1/p' "$1" | tr '[:upper:]' '[:lower:]' |
        sed -E 's/[^a-z0-9 _-]//g; s/ /-/g'
}

dead_links() {
    local page link target
    all_pages | while IFS= read -r page; do
        grep -oE '\]\([^)]+\)' "$page" | sed 's/^](//; s/)$//' | grep -vE '^https?:' |
            while IFS= read -r link; do
                target=$(dirname "$page")/${link%%#*}
                [ -n "${link%%#*}" ] || target=$page
                if [ ! -e "$target" ]; then
                    echo "$page: $link"
                elif [[ $link == *'#'* ]] && ! anchors_of "$target" | grep -qxF -- "${link#*#}"; then
                    echo "$page: $link: no such heading"
                fi
            done
    done
}

# References such as `solver/PROOF.md ("Cases")` in the code, line breaks of comments undone: paths
# are those from the top.
dead_references() {
    local file reference page
    find solver tests include -name '*.[ch]' | sort | while IFS= read -r file; do
        sed -E ':a; N; $!ba; s/\n *\* ?/ /g' "$file" | grep -oE '[a-zA-Z_/]+\.md( \("[^"]+"\))?' |
            while IFS= read -r reference; do
                page=${reference%% *}
                if [ ! -e "$page" ]; then
                    echo "$file: $page is not there"
                elif [[ $reference == *'"'* ]]; then
                    reference=${reference#*\"}
                    grep -qE "^#+ ${reference%%\"*}\$" "$page" ||
                        echo "$file: $page has no heading '${reference%%\"*}'"
                fi
            done
    done
}

# Files of ours that the code names.
lost_files() {
    local place name
    grep -rnowE '[a-z_]{3,}\.[ch]' solver tests include --include='*.[ch]' |
        grep -vE ':(cmocka|plaats)\.h$' | sort -u -t: -k1,1 -k3,3 |
        while IFS=: read -r place _ name; do echo "$name $place"; done >"$scratch.named"
    find solver tests include -name '*.[ch]' -exec basename {} \; | sort -u >"$scratch.known"
    # What the system has is included with <>.
    grep -rhoE '#include <[^>]+>' solver tests include --include='*.[ch]' |
        sed -E 's/.*[</]([^/>]+)>/\1/' | sort -u >>"$scratch.known"
    awk 'NR == FNR { known[$1] = 1; next } !($1 in known) { print $2 ": " $1 " is not there" }' \
        "$scratch.known" "$scratch.named"
    rm -f "$scratch.named" "$scratch.known"
}

# Members that are read, by the tables of the reader, and codes that are written.
undescribed() {
    {
        grep -hoE '\{"[a-z_]+", read_' solver/instance/read*.c | cut -d '"' -f 2
        grep -hoE 'WEIGHT\([a-z_]+,' solver/instance/read_rules.c | sed 's/WEIGHT(//; s/,//'
        grep -hoE 'json_out_[a-z_]+\([a-z>-]+, "[a-z_0-9]+"' solver/plan/write*.c | cut -d '"' -f 2
        grep -hoE 'X\([A-Z_]+, "[a-z_]+"\)' solver/instance/eligible.h solver/plan/review_list.h |
            cut -d '"' -f 2
    } | sort -u | while IFS= read -r name; do
        grep -qE "[\`\"]$name[\`\"]" instances/FORMAT.md solver/PROOF.md || echo "$name"
    done
}

# Options that pages name and no command has.
unknown_options() {
    for command in solve validate check export generate replay; do
        plaats "$command" -h | sed -nE 's/^  (-[-a-z]+).*/\1/p'
    done | sort -u >"$scratch"
    grep -noE '`(plaats [a-z]+[^`]* )?--[a-z-]+' README.md instances/*.md solver/cli/*.md |
        sed -E 's/`.*(--)/\1/' | while IFS= read -r option; do
        grep -qxF -e "${option##*:}" "$scratch" || echo "$option"
    done
}

none 'every option that pages name is there' <<<"$(unknown_options)"
none 'every link leads somewhere' <<<"$(dead_links)"
none 'every page and heading that the code names is there' <<<"$(dead_references)"
none 'every file that the code names is there' <<<"$(lost_files)"
none 'every member and code is described' <<<"$(undescribed)"
size=$(wc -c <README.md)
none 'README.md is for the first five minutes' \
    <<<"$([ "$size" -le 10240 ] || echo "$size bytes, at most 10240")"
rm -f "$scratch"
close_cases
