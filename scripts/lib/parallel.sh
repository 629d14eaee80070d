# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Several suites at a time: each in a test.sh of its own, whose output is shown when it has ended.

# Those that take minutes, longest first; all others follow in their order. Two that wait for one
# another stand apart.
readonly LONG_SUITES=(cluster sanitizers coverage faults images browser dist chart schemathesis install)

# Of those with the same lock, one at a time: of the container engine, and of the folder in which
# `make dist` makes the tarball.
readonly -A LOCKS=([cluster]=containers [images]=containers [dist]=tarball [install]=tarball)

readonly SUITE_LOGS=build-suites

# longest_first SUITE...: one a line.
longest_first() {
    local suite
    for suite in "${LONG_SUITES[@]}"; do
        [[ " $* " != *" $suite "* ]] || printf '%s\n' "$suite"
    done
    for suite in "$@"; do
        [[ " ${LONG_SUITES[*]} " == *" $suite "* ]] || printf '%s\n' "$suite"
    done
}

# take_result SUITE: shows its output and adds its counts. One that was cut short is a failure.
take_result() {
    local log=$SUITE_LOGS/$1.log bad
    grep -v '^tests: ' "$log" >&2
    if [[ $(tail -n 1 "$log") =~ ^tests:\ ([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
        bad=${BASH_REMATCH[2]}
        count_tests "${BASH_REMATCH[1]}" "$bad" "${BASH_REMATCH[3]}"
        say "$(tail -n 1 "$log") ($1)"
    else
        bad=1
        count_tests 0 1 0
        say "FAILED: the suite $1 was cut short"
    fi
    [ "$bad" -eq 0 ] || failed_suites="${failed_suites:-} $1"
}

# start_suite SUITE OPTION...: in the background, as $!.
start_suite() {
    local suite=$1 lock=()
    shift
    [ -z "${LOCKS[$suite]:-}" ] || lock=(flock -o "$SUITE_LOGS/${LOCKS[$suite]}.lock")
    ${lock[@]+"${lock[@]}"} scripts/test.sh --jobs 1 "$@" "$suite" </dev/null >"$SUITE_LOGS/$suite.log" 2>&1 &
}

# run_parallel JOBS OPTION... -- SUITE...
run_parallel() {
    local jobs=$1 options=() pid suite
    local -A running=()
    shift
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    shift
    mkdir -p "$SUITE_LOGS" || die "cannot create $SUITE_LOGS"
    while read -r suite; do
        if [ ${#running[@]} -ge "$jobs" ]; then
            wait -n -p pid "${!running[@]}"
            take_result "${running[$pid]}"
            unset "running[$pid]"
        fi
        start_suite "$suite" "${options[@]}"
        running[$!]=$suite
    done < <(longest_first "$@")
    while [ ${#running[@]} -gt 0 ]; do
        wait -n -p pid "${!running[@]}"
        take_result "${running[$pid]}"
        unset "running[$pid]"
    done
}
