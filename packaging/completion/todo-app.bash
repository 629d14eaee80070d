# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Completion for bash. It asks the program itself, whose --help follows from its table of keys, so it
# knows each option and each choice.

# _todo_app_choices HELP OPTION: the values of an option that has a list of them.
_todo_app_choices() {
    awk -v option="$2" '
        $1 == option && $2 ~ /^TODO_/ { found = 1; next }
        found && $1 == "choice:" { gsub(/;/, "", $2); gsub(/\|/, " ", $2); print $2; exit }
        found && $1 ~ /^--/ { exit }' <<<"$1"
}

# _todo_app_type HELP OPTION: as path, integer, choice.
_todo_app_type() {
    awk -v option="$2" '
        $1 == option && $2 ~ /^TODO_/ { found = NR; next }
        found && NR == found + 2 { sub(/:$/, "", $1); print $1; exit }' <<<"$1"
}

_todo_app() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} help words type
    help=$("${COMP_WORDS[0]}" --help 2>/dev/null) || return
    COMPREPLY=()
    type=$(_todo_app_type "$help" "$previous")
    if [ "$previous" = --config ]; then
        type=path
    fi
    case $type in
    choice) words=$(_todo_app_choices "$help" "$previous") ;;
    path)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
        ;;
    '')
        words=$(grep -oE '^  (--)?[a-z][a-z0-9-]*( |$)' <<<"$help" | tr -d ' ' | sort -u)
        ;;
    *) return ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _todo_app todo-app
