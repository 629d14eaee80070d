# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The test suites: a function suite_NAME each. It adds its tests to the counts by count_tests; what
# it prints is its log.

readonly DEFAULT_SUITES=(style unit api proxy run stop faults fuzz sandbox log metrics observability
    contract docs browser schemathesis install chart images cluster sanitizers coverage dist)
# shellcheck disable=SC2034 # test.sh uses it.
readonly ALL_SUITES=("${DEFAULT_SUITES[@]}" store)
# shellcheck disable=SC2034
readonly INSTALL_TEST_PACKAGES=(systemd man-db debhelper fakeroot dpkg-dev)

# shellcheck source=scripts/lib/contract_suites.sh
. scripts/lib/contract_suites.sh

passed=0
failed=0
skipped=0

# count_tests PASSED FAILED SKIPPED
count_tests() {
    passed=$((passed + $1))
    failed=$((failed + $2))
    skipped=$((skipped + $3))
}

# check WHAT COMMAND...: a single test.
check() {
    local what=$1
    shift
    if "$@"; then
        say "ok: $what"
        count_tests 1 0 0
    else
        say "FAILED: $what"
        count_tests 0 1 0
    fi
}

# --- Programs of the Check framework -------------------------------------------------------------

# count_check_program LOG STATUS: by the summary "87%: Checks: 15, Failures: 1, Errors: 1". A program
# without one is a single test. Ending badly although all passed (a sanitizer) is a failure too.
count_check_program() {
    local log=$1 status=$2 summary checks=1 bad=0
    if [ "$status" -eq 77 ]; then
        count_tests 0 0 1
        return
    fi
    summary=$(grep -E '^[0-9]+%: Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+$' "$log" | tail -n 1)
    if [[ $summary =~ Checks:\ ([0-9]+),\ Failures:\ ([0-9]+),\ Errors:\ ([0-9]+) ]]; then
        checks=${BASH_REMATCH[1]}
        bad=$((BASH_REMATCH[2] + BASH_REMATCH[3]))
    elif grep -q '^Running suite' "$log"; then
        bad=1 # Cut short.
    fi
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
    [ "$checks" -ge "$bad" ] || checks=$bad
    count_tests $((checks - bad)) "$bad" 0
}

# run_check_programs BUILD [PROGRAM...]: builds and runs the programs, by default all.
run_check_programs() {
    local build=$1 program status
    shift
    make -s -C "$build" -j "$(nproc)" check TESTS= >"$build/check-build.log" 2>&1 ||
        { tail -n 40 "$build/check-build.log" >&2 && count_tests 0 1 0 && return; }
    [ $# -gt 0 ] || mapfile -t < <(unit_programs "$build") && set -- "${MAPFILE[@]:-$@}"
    for program in "$@"; do
        (cd "$build" && srcdir=.. "./$program") >"$build/$program.log" 2>&1
        status=$?
        cat "$build/$program.log"
        count_check_program "$build/$program.log" "$status"
    done
}

unit_programs() {
    # shellcheck disable=SC2016 # make is to expand it.
    make -s -C "$1" --eval 'print-unit-programs: ; @printf "%s\n" $(check_PROGRAMS)' \
        print-unit-programs
}

# --- Python's tests ------------------------------------------------------------------------------

# run_python FOLDER PROGRAM: the tests of tests/FOLDER with that todo-app; PYTHON may be another one.
run_python() {
    local counts numbers python
    python=${PYTHON:-$(test_python)}
    counts=$(mktemp)
    TODO_APP=$2 "$python" tests/support/run.py "tests/$1" --counts "$counts"
    read -r -a numbers <"$counts"
    rm -f "$counts"
    # No counts: the runner itself died.
    count_tests "${numbers[0]:-0}" "${numbers[1]:-1}" "${numbers[2]:-0}"
}

# --- Suites --------------------------------------------------------------------------------------

readonly DEVELOPER_CFLAGS="-O1 -g"

build_for_tests() { build_tree build-test --enable-werror CFLAGS="$DEVELOPER_CFLAGS"; }

suite_unit() {
    build_for_tests
    run_check_programs build-test
}

suite_store() {
    build_for_tests
    run_check_programs build-test unit-store
}

suite_api() { build_for_tests && run_python api "$PWD/build-test/todo-app"; }
suite_proxy() { build_for_tests && run_python proxy "$PWD/build-test/todo-app"; }
suite_run() { build_for_tests && run_python run "$PWD/build-test/todo-app"; }
suite_stop() { build_for_tests && run_python stop "$PWD/build-test/todo-app"; }
suite_faults() { build_for_tests && run_python fault "$PWD/build-test/todo-app"; }
suite_log() { build_for_tests && run_python log "$PWD/build-test/todo-app"; }
suite_metrics() { build_for_tests && run_python metrics "$PWD/build-test/todo-app"; }

suite_install() {
    build_for_tests
    [ "${install:-yes}" = no ] || install_packages "${INSTALL_TEST_PACKAGES[@]}"
    run_python install "$PWD/build-test/todo-app"
}

# Needs root, and Debian's archive for a base. Where podman cannot be had the tests are skipped.
suite_images() {
    local options=()
    [ "${install:-yes}" = yes ] || options=(--no-install)
    TODO_IMAGE_BASE=$(tests/images/setup.sh ${options[@]+"${options[@]}"}) ||
        say "the machine was not prepared: the tests of the images are skipped"
    TODO_IMAGE_PREFIX=$(test_image_prefix)
    export TODO_IMAGE_BASE TODO_IMAGE_PREFIX
    run_python images ""
}

suite_sanitizers() {
    export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
    export TSAN_OPTIONS=second_deadlock_stack=1
    # Under sanitizers a test takes a multiple of the time that Check grants it.
    export CK_TIMEOUT_MULTIPLIER=10
    local name
    for name in address,undefined thread; do
        build_tree "build-${name%%,*}" --enable-werror "--enable-sanitizers=$name" \
            CFLAGS="$DEVELOPER_CFLAGS"
        run_check_programs "build-${name%%,*}"
        run_python api "$PWD/build-${name%%,*}/todo-app"
        run_python stop "$PWD/build-${name%%,*}/todo-app"
        run_python log "$PWD/build-${name%%,*}/todo-app"
    done
}

suite_coverage() {
    build_tree build-coverage --enable-coverage
    find build-coverage -name '*.gcda' -delete
    run_check_programs build-coverage
    run_python api "$PWD/build-coverage/todo-app"
    check "every branch of fcgi-app/task/ is covered" \
        coverage --filter 'fcgi-app/task/' --branches --fail-under-branch 100
    check "90 % of all lines of fcgi-app/ are covered" \
        coverage --filter 'fcgi-app/' --fail-under-line 90
}

coverage() { gcovr --root . --object-directory build-coverage --print-summary "$@" build-coverage; }

suite_dist() {
    build_for_tests
    check "make distcheck" distcheck
}

distcheck() {
    make -s -C build-test distcheck >build-test/distcheck.log 2>&1 ||
        { tail -n 40 build-test/distcheck.log >&2 && false; }
}

suite_style() {
    check "shellcheck finds nothing in the scripts" shellcheck_scripts
    check "clang-format would change nothing" format_unchanged
    check "clang warns of nothing" build_with_clang
    check "no source file has 400 lines or more" files_short
}

c_sources() { find fcgi-app images tests docs -name '*.[ch]'; }

shellcheck_scripts() { find scripts .ci images packaging tests -type f \( -name '*.sh' -o -name run \) -exec shellcheck -x {} +; }

format_unchanged() { c_sources | xargs clang-format --dry-run --Werror; }

# In a shell of its own, since a failed build ends it.
build_with_clang() { (build_tree build-clang --enable-werror CC=clang CFLAGS="$DEVELOPER_CFLAGS"); }

files_short() {
    local long
    long=$({ c_sources && find scripts images packaging tests -name '*.sh' -o -name '*.py'; } | xargs wc -l |
        awk '$1 >= 400 && $2 != "total"')
    [ -z "$long" ] || { say "$long" && false; }
}

# shellcheck source=scripts/lib/suites_fuzz.sh
. scripts/lib/suites_fuzz.sh

# shellcheck source=scripts/lib/suites_kubernetes.sh
. scripts/lib/suites_kubernetes.sh
