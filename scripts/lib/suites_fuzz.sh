# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suites of bad input and of the sandbox. FUZZ_SECONDS=N lets libFuzzer (clang) look for N
# seconds with each target; without it the seeds run, and malformed HTTP of a fixed seed.

# The tests of the confinement, and the tests of the API once more, where the start fails if any part of
# the confinement cannot be had.
suite_sandbox() {
    build_for_tests
    run_check_programs build-test unit-confine
    run_python sandbox "$PWD/build-test/todo-app"
    if sandbox_whole; then
        TODO_SANDBOX=on run_python api "$PWD/build-test/todo-app"
    else
        say "this machine has no whole sandbox: the API is not tested in it"
        count_tests 0 0 1
    fi
}

# Whether the program can be confined in full here: demanded, it does not start otherwise. What has
# started is stopped again.
sandbox_whole() {
    local folder status
    folder=$(mktemp -d)
    timeout -s TERM 2 build-test/todo-app --sandbox on --socket "$folder/socket" \
        --database "$folder/todo.db" 2>"$folder/log" </dev/null
    status=$?
    [ "$status" -eq 124 ] || cat "$folder/log" >&2
    rm -rf "$folder"
    [ "$status" -eq 124 ]
}

fuzz_targets() {
    # shellcheck disable=SC2016 # make is to expand it.
    make -s -C "$1" --eval 'print-fuzz-targets: ; @printf "%s\n" $(FUZZ_TARGETS)' \
        print-fuzz-targets
}

suite_fuzz() {
    local target targets=()
    build_for_tests
    mapfile -t targets < <(fuzz_targets build-test)
    run_check_programs build-test "${targets[@]}"
    run_python fuzz "$PWD/build-test/todo-app"
    [ "${FUZZ_SECONDS:-0}" -gt 0 ] || return 0
    build_tree build-fuzz CC=clang --enable-fuzzing --enable-sanitizers=address,undefined \
        CFLAGS="$DEVELOPER_CFLAGS"
    make -s -C build-fuzz -j "$(nproc)" "${targets[@]}" >build-fuzz/fuzz-build.log 2>&1 ||
        die "the fuzz targets could not be built: see build-fuzz/fuzz-build.log"
    for target in "${targets[@]}"; do
        check "$target finds nothing in $FUZZ_SECONDS s" fuzz "$target"
    done
}

# fuzz TARGET: what is found stays in build-fuzz/found/, new inputs in build-fuzz/corpus/TARGET.
fuzz() {
    local corpus=build-fuzz/corpus/$1
    mkdir -p "$corpus" build-fuzz/found
    "build-fuzz/$1" -max_total_time="$FUZZ_SECONDS" -timeout=20 -max_len=4096 -print_final_stats=1 \
        -artifact_prefix="build-fuzz/found/$1-" "$corpus" "tests/fuzz/seeds/${1#fuzz-}" \
        >"build-fuzz/$1.log" 2>&1 || { tail -n 40 "build-fuzz/$1.log" >&2 && false; }
}
