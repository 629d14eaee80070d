#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Measures the service: prepares packages and an optimised build, and leaves the rest to
# tests/bench/bench.py, which explains itself with --help; with a first argument `soak` or
# `instructions` to the program of that name there.

set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh

readonly build=build-bench
readonly BENCH_PACKAGES=(wrk python3 python3-venv)

program=bench
case ${1:-} in
soak | instructions)
    program=$1
    shift
    ;;
esac

run() {
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=tests exec python3 "tests/bench/$program.py" \
        --build "$build" "${arguments[@]}"
}

install=yes
arguments=()
for argument in "$@"; do
    case $argument in
    --help | -h) arguments=(--help) && run ;;
    --no-install) install=no ;;
    esac
    arguments+=("$argument")
done
if [ "$install" = yes ]; then
    install_packages "${BUILD_PACKAGES[@]}" "${RUN_PACKAGES[@]}" "${BENCH_PACKAGES[@]}"
    # The Go peer: any Go that is here will do.
    [ "$program" != bench ] || command -v go >/dev/null || install_packages golang-go
    [ "$program" != instructions ] || install_packages valgrind
fi
need_tools cc make autoreconf pkg-config lighttpd wrk python3
build_tree "$build" CFLAGS=-O2
make -s -C "$build" bench-hello bench-rawcommit bench-seed >"$build/bench.log" 2>&1 ||
    { tail -n 40 "$build/bench.log" >&2 && die "the build of the benchmark's programs failed"; }
run
