#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Runs the test suites and counts their tests.

set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh
# shellcheck source=scripts/lib/suites.sh
. scripts/lib/suites.sh
# shellcheck source=scripts/lib/parallel.sh
. scripts/lib/parallel.sh

usage() {
    cat <<END
Usage: scripts/test.sh [--no-install] [--jobs N] [SUITE...]

Runs the suites, by default: ${DEFAULT_SUITES[*]}

  style       formatting, shellcheck, clang's warnings, lengths of files
  unit        the programs of tests/unit/
  store       of these, only the store's
  api         the service through lighttpd
  proxy       lighttpd's configuration and static files
  run         scripts/run.sh
  stop        graceful stop under load
  faults      kill -9, failing calls, full disks, damage, clocks, clients; minutes, and
              FAULTS=long in the environment: in full, an hour
  log         log lines under hostile input
  metrics     /metrics in both formats
  observability  rules, alerts, runbooks, and the dashboard on a real Prometheus
  fuzz        seeds of the fuzz targets, malformed HTTP; FUZZ_SECONDS=N: N seconds of libFuzzer each
  sandbox     the confinement, and api with sandbox: on
  contract    the OpenAPI document against the route table and the running service
  docs        the commands of the guides
  browser     the documentation in headless Chromium
  schemathesis  requests generated from the OpenAPI document
  install     make install, the units, manuals, completion, the Debian package
  images      the container images, built twice, and pods of them; needs root and podman
  chart       the Helm chart: lint, schemas, every object that it renders
  cluster     the chart on a real cluster: the one of KUBECONFIG
  sanitizers  unit, api, stop and log with address+undefined and with thread sanitizers
  coverage    unit and api with gcov; fails below the project's bars
  dist        make distcheck

  --jobs N      suites at a time (default: two, where there are two processors)
  --no-install  install no packages; fail if a tool is missing

Ends with a line that counts the tests; the exit status is 0 if none failed. CI=true in the
environment makes a skipped test a failure.
END
}

install=yes
jobs=$(($(nproc) > 1 ? 2 : 1))
suites=()
while [ $# -gt 0 ]; do
    argument=$1
    shift
    case $argument in
    --no-install) install=no ;;
    --jobs)
        [[ ${1:-} =~ ^[1-9][0-9]?$ ]] || die "--jobs takes a number from 1 to 99"
        jobs=$1
        shift
        ;;
    --help | -h)
        usage
        exit 0
        ;;
    -*) die "unknown option $argument; see --help" ;;
    *)
        declare -F "suite_$argument" >/dev/null || die "unknown suite $argument; known: ${ALL_SUITES[*]}"
        suites+=("$argument")
        ;;
    esac
done
[ ${#suites[@]} -gt 0 ] || suites=("${DEFAULT_SUITES[@]}")

PATH=$PATH:/usr/sbin:/sbin
[ "$install" = no ] || install_packages "${BUILD_PACKAGES[@]}" "${RUN_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
need_tools cc make autoreconf pkg-config lighttpd curl python3 flock

run_in_turn() {
    local suite before
    for suite in "$@"; do
        say "== $suite"
        before=$failed
        "suite_$suite"
        [ "$failed" -eq "$before" ] || failed_suites="${failed_suites:-} $suite"
    done
}

if [ "$jobs" -gt 1 ] && [ ${#suites[@]} -gt 1 ]; then
    [ "$install" = yes ] && options=() || options=(--no-install)
    run_parallel "$jobs" "${options[@]}" -- "${suites[@]}"
else
    run_in_turn "${suites[@]}"
fi

[ -z "${failed_suites:-}" ] || say "suites with failures:$failed_suites"
if [ "${CI:-}" = true ] && [ "$skipped" -gt 0 ]; then
    say "skipped tests count as failures here"
fi
printf 'tests: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && { [ "${CI:-}" != true ] || [ "$skipped" -eq 0 ]; }
