#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Puts a copy in place of the database of a release in a cluster. The service stands still meanwhile;
# the former database stays beside the new one.

set -u
caller=$PWD
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh
# shellcheck source=scripts/lib/release.sh
. scripts/lib/release.sh

readonly STOP_TIMEOUT=5m START_TIMEOUT=5m POD_SECONDS=600

usage() {
    cat <<'END'
Usage: scripts/restore.sh [OPTION]... --yes FILE

Stops the release's pods, puts the copy FILE (of scripts/backup.sh) in place of its database, and starts them
again. A FILE that is damaged or no copy of this program changes nothing. The former database stays in the volume.

  --release NAME     release (default todo-app)
  --namespace NAME   namespace (default todo-app)
  --yes              the service is to stop meanwhile
  --help             this text

Needs kubectl.
END
}

file=
yes=no
parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
        --release | --namespace) take_release_option "$@" && shift ;;
        --yes) yes=yes ;;
        --help | -h) usage && exit 0 ;;
        -*) usage_error "unknown option $1" ;;
        *)
            [ -z "$file" ] || usage_error "one FILE, not also $1"
            file=$1
            ;;
        esac
        shift
    done
    [ -n "$file" ] || usage_error "a FILE is needed"
    [[ $file == /* ]] || file=$caller/$file
    [ -r "$file" ] || usage_error "cannot read $file"
    [ "$(head -c 15 "$file")" = 'SQLite format 3' ] || die "$file is no copy of a database"
    [ $yes = yes ] || usage_error "the service stops for a moment: say --yes"
}

pod=
replicas=
clean_up() {
    [ -z "$pod" ] || kc delete pod "$pod" --wait=false >/dev/null 2>&1
    [ -z "$replicas" ] || kc scale deployment "$deployment" --replicas "$replicas" >/dev/null
}

stop_service() {
    replicas=$(of_deployment '{.spec.replicas}')
    trap clean_up EXIT
    kc scale deployment "$deployment" --replicas 0 >/dev/null || die "the service could not be stopped"
    kc wait --for=delete pod --timeout "$STOP_TIMEOUT" \
        --selector "app.kubernetes.io/instance=$release,app.kubernetes.io/component=backend" >/dev/null ||
        die "the pods did not stop"
}

# A pod as the service's, of its image, user and volumes, that reads the copy from its standard input.
start_pod() {
    pod=$deployment-restore
    kc delete pod "$pod" --ignore-not-found --wait >/dev/null
    kc apply -f - >/dev/null <<END || die "the pod could not be made"
{"apiVersion": "v1", "kind": "Pod",
 "metadata": {"name": "$pod", "labels": {"app.kubernetes.io/name": "todo-app",
  "app.kubernetes.io/instance": "$release", "app.kubernetes.io/component": "restore"}},
 "spec": {"restartPolicy": "Never", "automountServiceAccountToken": false, "enableServiceLinks": false,
  "activeDeadlineSeconds": $POD_SECONDS,
  "securityContext": $(of_deployment '{.spec.template.spec.securityContext}'),
  "volumes": $(of_deployment '{.spec.template.spec.volumes}'),
  "containers": [{"name": "restore", "stdin": true, "stdinOnce": true,
   "image": "$(of_app .image)", "imagePullPolicy": "$(of_app .imagePullPolicy)",
   "args": ["restore", "-"], "env": [{"name": "TODO_CONFIG", "value": "/etc/todo-app/todo-app.yaml"}],
   "resources": $(of_app .resources), "securityContext": $(of_app .securityContext),
   "volumeMounts": $(of_app .volumeMounts)}]}}
END
    kc wait --for=jsonpath='{.status.phase}'=Running --timeout "$START_TIMEOUT" "pod/$pod" >/dev/null ||
        { kc get events --field-selector "involvedObject.name=$pod" >&2 && die "the pod did not start"; }
}

phase() { kc get pod "$pod" --output jsonpath='{.status.phase}'; }

send_copy() {
    kc attach --stdin --quiet "$pod" <"$file" >/dev/null 2>&1
    # activeDeadlineSeconds ends it if nothing else does.
    while [[ $(phase) == Running ]]; do
        sleep 1
    done
    kc logs "$pod" >&2
    [ "$(phase)" = Succeeded ] || die "nothing was restored; the service starts again as it was"
}

parse_options "$@"
need_cluster
find_deployment
stop_service
start_pod
send_copy
clean_up
trap - EXIT
kc rollout status deployment "$deployment" --timeout "$START_TIMEOUT" || die "the service did not become ready"
