#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Installs or upgrades the release, waits until it is ready, and says what went wrong if it does not
# become so; the release before it keeps running then.

set -u
caller=$PWD
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh
# shellcheck source=scripts/lib/kubernetes.sh
. scripts/lib/kubernetes.sh
# shellcheck source=scripts/lib/release.sh
. scripts/lib/release.sh

readonly WATCH_SECONDS=2

usage() {
    cat <<'END'
Usage: scripts/deploy.sh [OPTION]...

Installs the chart as a release, or upgrades it, and waits until it is ready. If it does not become
ready in time, the upgrade is rolled back, an installation removed, and the causes are told. Repeating it
changes nothing.

  --release NAME      release (default todo-app)
  --namespace NAME    namespace, created if missing (default todo-app)
  --values FILE       values, on top of the chart's; may be given several times
  --set KEY=VALUE     a single value; may be given several times
  --tag TAG           tag of both images (default: the chart's version)
  --prefix PREFIX     registry and path of both images, as given to push-images.sh
  --timeout DURATION  time to become ready (default 3m)
  --dry-run           print the objects and change nothing
  --help              this text

Needs helm 3.10 and kubectl.
END
}

timeout=3m
dry_run=no
values=()

# need_value OPTION VALUE...
need_value() {
    if [ $# -lt 2 ] || [ -z "$2" ]; then
        usage_error "$1 needs a value"
    fi
}

# A path of the caller's, seen from the folder of the project.
from_caller() {
    case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$caller" "$1" ;;
    esac
}

take_value_option() {
    local file
    need_value "$@"
    case $1 in
    --values)
        file=$(from_caller "$2")
        [ -r "$file" ] || usage_error "cannot read $2"
        values+=(--values "$file")
        ;;
    --set) values+=(--set "$2") ;;
    --tag) values+=(--set-string "app.image.tag=$2" --set-string "proxy.image.tag=$2") ;;
    --prefix) values+=(--set "app.image.repository=${2%/}/todo-app" --set "proxy.image.repository=${2%/}/todo-app-proxy") ;;
    --timeout) timeout=$2 ;;
    esac
}

parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
        --release | --namespace) take_release_option "$@" && shift ;;
        --values | --set | --tag | --prefix | --timeout) take_value_option "$@" && shift ;;
        --dry-run) dry_run=yes ;;
        --help | -h) usage && exit 0 ;;
        *) usage_error "unknown argument $1" ;;
        esac
        shift
    done
    [[ $timeout =~ ^([0-9]+[hms])+$ ]] || usage_error "--timeout takes a duration as 3m or 90s, not \"$timeout\""
}

pods() { kc get pods --selector "app.kubernetes.io/instance=$release" "$@" 2>/dev/null; }

# Whether a pod is there and not on its way out: of one that goes, the logs may be missing already.
stays() {
    local going
    going=$(kc get pod "$1" --output jsonpath='{.metadata.deletionTimestamp}' 2>/dev/null) && [ -z "$going" ]
}

# Keeps the last that can be seen of pods that are not ready: a rollback takes them away.
watch_problems() {
    local pod
    while :; do
        for pod in $(pods --output jsonpath='{range .items[*]}{.metadata.name}={.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' |
            sed -n 's/=\(False\|\)$//p'); do
            {
                kc get pod "$pod" --output jsonpath='{range .status.conditions[?(@.status=="False")]}{.message}{"\n"}{end}{range .status.initContainerStatuses[*]}{.name}: {.state.waiting.reason} {.state.waiting.message} {.lastState.terminated.message}{"\n"}{end}{range .status.containerStatuses[*]}{.name}: {.state.waiting.reason} {.state.waiting.message}{"\n"}{end}'
                kc get events --field-selector "involvedObject.name=$pod,type=Warning" --output jsonpath='{range .items[*]}{.reason}: {.message}{"\n"}{end}'
                kc logs "$pod" --container app --tail 5
                kc logs "$pod" --container app --tail 5 --previous
            } >"$folder/$pod.new" 2>/dev/null
            stays "$pod" && mv "$folder/$pod.new" "$folder/$pod.seen"
        done
        sleep $WATCH_SECONDS
    done
}

# Texts that tell a cause, and what to do about it.
readonly -a CAUSES=(
    'ErrImagePull|ImagePullBackOff|Failed to pull image|ErrImageNeverPull|InvalidImageName'
    'an image is not there: build and load or push it (scripts/build-images.sh, load-images.sh, push-images.sh), or correct app.image and proxy.image'
    'secret "[^"]*" not found'
    'a Secret is missing: create it in the namespace, or correct existingSecret, extraEnv or extraEnvFrom'
    'configmap "[^"]*" not found'
    'a ConfigMap is missing: create it in the namespace, or correct extraEnv, extraEnvFrom or extraVolumes'
    'persistentvolumeclaim "[^"]*" not found|unbound immediate PersistentVolumeClaims'
    'the claim has no volume: name a storage class that the cluster has (persistence.storageClass; kubectl get storageclass), or an existing claim'
    'free ports for the requested pod ports'
    'the port of the node is taken: choose another proxy.hostPort.port'
    'Insufficient (cpu|memory)'
    'no node has room: lower the requests, or make room'
    'exceeded quota'
    'the quota of the namespace is used up: kubectl describe resourcequota'
    'violates PodSecurity'
    'the namespace refuses the pod by its Pod Security level: proxy.hostPort and own containers need a lower one'
    'Read-only file system|read-only'
    'the volume is read-only: mount it writable'
    'Permission denied|permission denied|not writable'
    'the volume belongs to another user: set podSecurity.fsGroup or runAsUser to its owner, or fsGroupChangePolicy: Always'
    'does not know the time zone|unknown key|is not allowed; '
    'the configuration is refused: correct app.config'
)

explain() {
    local i seen found=no
    seen=$(cat "$folder"/*.seen 2>/dev/null)
    seen+=$'\n'$(kc get events --field-selector type=Warning --output jsonpath='{range .items[*]}{.lastTimestamp} {.involvedObject.name} {.reason}: {.message}{"\n"}{end}' 2>/dev/null |
        awk -v start="$started" -v name="$release" '$1 >= start && index($2, name) { sub($1 " " $2 " ", ""); print }')
    say "what was seen of the pods that did not become ready:"
    printf '%s\n' "$seen" | grep -v '^[a-z-]*: *$' | sort -u | sed '/^$/d; s/^/    /' >&2
    for ((i = 0; i < ${#CAUSES[@]}; i += 2)); do
        if [[ $seen =~ ${CAUSES[i]} ]]; then
            say "likely: ${CAUSES[i + 1]}"
            found=yes
        fi
    done
    [ $found = yes ] || say "look further with: kubectl --namespace $namespace get events"
}

folder=
watcher=
started=
clean_up() {
    [ -z "$watcher" ] || { kill "$watcher" && wait "$watcher"; } 2>/dev/null
    rm -rf -- "$folder"
}

main() {
    parse_options "$@"
    need_helm
    if [ "$dry_run" = yes ]; then
        exec "$helm" template "$release" "$CHART" --namespace "$namespace" ${values[@]+"${values[@]}"}
    fi
    need_cluster
    started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    folder=$(mktemp -d) || die "cannot create a temporary folder"
    trap clean_up EXIT
    watch_problems &
    watcher=$!
    if ! "$helm" upgrade --install "$release" "$CHART" --namespace "$namespace" --create-namespace --wait --atomic \
        --timeout "$timeout" ${values[@]+"${values[@]}"} >"$folder/notes"; then
        explain
        die "$release is not deployed; a release that ran before runs on"
    fi
    cat "$folder/notes"
}

main "$@"
