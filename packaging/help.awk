# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Turns the text of `todo-app --help`, which follows from the program's table of keys, into the parts
# of other documents:
#
#   awk -f help.awk -v part=yaml         the sample configuration, every key a comment
#   awk -f help.awk -v part=options      the options, for todo-app.1
#   awk -f help.awk -v part=commands     the commands, for todo-app.1
#   awk -f help.awk -v part=keys         the keys, for todo-app.yaml.5

function roff(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    sub(/^[.']/, "\\\\\\&&", text)
    return text
}

# As a sentence begins; a name that begins with a capital keeps its own.
function capital(text) { return toupper(substr(text, 1, 1)) substr(text, 2) }

# The key's three lines are complete.
function emit(    key) {
    key = tolower(substr(variable, 6))
    if (part == "yaml")
        emit_yaml(key)
    else if (part == "options")
        printf ".TP\n.BR %s \" \\fIVALUE\\fP, \" %s\n%s.\n%s%s\n", roff(option), roff(variable),
            roff(help), roff(facts), "."
    else if (part == "keys")
        printf ".TP\n.B %s\n%s.\n%s.%s\n", roff(key), roff(help), roff(facts),
            reloadable ? " Read again on SIGHUP." : ""
}

function emit_yaml(key,    fallback) {
    fallback = facts
    sub(/^.*; default: /, "", fallback)
    if (fallback == "none")
        fallback = facts ~ /^list/ ? "[]" : "\"\""
    else if (fallback ~ /^0[0-7]+$/)
        fallback = "\"" fallback "\""
    printf "\n# %s.\n# %s%s\n#%s: %s\n", help, facts, reloadable ? "; read again on SIGHUP" : "", key,
        fallback
}

/^Commands/ { commands = 1; next }
/^$/ && commands { commands = 0; print_command() }

function print_command() {
    if (command != "" && part == "commands")
        printf ".TP\n.B %s\n%s.\n", roff(command), roff(capital(text))
    command = ""
}

commands && /^  [^ ]/ {
    print_command()
    line = substr($0, 3)
    at = match(line, /  +/)
    command = at > 0 ? substr(line, 1, at - 1) : line
    text = at > 0 ? substr(line, at + RLENGTH) : ""
    next
}
commands && /^   / {
    line = $0
    sub(/^ +/, "", line)
    text = text == "" ? line : text " " line
    next
}

/^  --[a-z0-9-]+ +TODO_[A-Z0-9_]+/ {
    option = $1
    variable = $2
    reloadable = $3 == "*"
    getline help
    sub(/^ +/, "", help)
    help = capital(help)
    getline facts
    sub(/^ +/, "", facts)
    if (variable != "TODO_LOG_LEVEL=DEBUG")
        emit()
}
