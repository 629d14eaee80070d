# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Completion for fish. It asks the program itself, as that for bash does.

function __todo_app_words
    todo-app --help 2>/dev/null | string match -rg '^  ((?:--)?[a-z][a-z0-9-]*)(?: |$)' | sort -u
end

complete -c todo-app -f -a '(__todo_app_words)'
