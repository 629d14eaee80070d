#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Copies the database of a release in a cluster while it runs: to a file here, or into the claim of the
# backup CronJob.

set -u
caller=$PWD
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh
# shellcheck source=scripts/lib/release.sh
. scripts/lib/release.sh

readonly JOB_TIMEOUT=15m

usage() {
    cat <<'END'
Usage: scripts/backup.sh [OPTION]... FILE
       scripts/backup.sh [OPTION]... --job

Makes a checked copy of the release's database, while it runs, and writes it to FILE, which is either whole
or absent; or runs the job of the backup CronJob now (backup.enabled) and waits for it.

  --release NAME     release (default todo-app)
  --namespace NAME   namespace (default todo-app)
  --job              run the CronJob's job instead
  --help             this text

Needs kubectl. Put a copy back with scripts/restore.sh.
END
}

file=
job=no
parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
        --release | --namespace) take_release_option "$@" && shift ;;
        --job) job=yes ;;
        --help | -h) usage && exit 0 ;;
        -*) usage_error "unknown option $1" ;;
        *)
            [ -z "$file" ] || usage_error "one FILE, not also $1"
            file=$1
            ;;
        esac
        shift
    done
    if [ "$job" = yes ]; then
        [ -z "$file" ] || usage_error "FILE and --job exclude each other"
    else
        [ -n "$file" ] || usage_error "a FILE is needed, or --job"
        [[ $file == /* ]] || file=$caller/$file
        [ -d "$(dirname "$file")" ] || usage_error "no folder $(dirname "$file")"
    fi
}

run_job() {
    local name
    name=$deployment-backup-$(date -u +%Y%m%d%H%M%S)
    kc get cronjob "$deployment-backup" >/dev/null 2>&1 ||
        die "the release has no backup CronJob: upgrade it with --set backup.enabled=true"
    kc create job "$name" --from "cronjob/$deployment-backup" || die "the job could not be made"
    if ! kc wait --for=condition=complete --timeout "$JOB_TIMEOUT" "job/$name" >/dev/null; then
        kc logs "job/$name" --tail 20 >&2
        die "the job $name did not complete"
    fi
    kc logs "job/$name"
}

# The program tells on standard error how much it sent: a connection that broke leaves no whole file.
copy_to_file() {
    local size
    folder=$(mktemp -d "$(dirname "$file")/.backup.XXXXXX") || die "cannot write to $(dirname "$file")"
    trap 'rm -rf -- "$folder"' EXIT
    kc exec "deployment/$deployment" --container app -- /usr/bin/todo-app backup - >"$folder/copy" 2>"$folder/told" ||
        { cat "$folder/told" >&2 && die "no copy was made"; }
    size=$(sed -n 's/^standard output: .* \([0-9]*\) bytes$/\1/p' "$folder/told")
    [ "$size" = "$(stat -c %s "$folder/copy")" ] || die "the copy did not arrive whole; try again"
    { chmod 0600 "$folder/copy" && sync "$folder/copy" && mv -f -- "$folder/copy" "$file"; } ||
        die "cannot write $file"
    printf '%s: %s bytes, checked\n' "$file" "$size"
}

parse_options "$@"
need_cluster
find_deployment
if [ "$job" = yes ]; then
    run_job
else
    copy_to_file
fi
