# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suites about the chart: rendered objects, and a real cluster.

# shellcheck source=scripts/lib/images.sh
. scripts/lib/images.sh
# shellcheck source=scripts/lib/kubernetes.sh
. scripts/lib/kubernetes.sh

readonly CLUSTER_PACKAGES=(etcd-server containerd runc containernetworking-plugins iptables iproute2 openssl podman)
readonly CLUSTER_TOOLS=../shared/cluster # one node of Kubernetes, built from its modules

# run_chart_python FOLDER: as run_python, with what the chart's tests import.
run_chart_python() {
    PYTHON=$PWD/$TOOLS/python/bin/python3 HELM=$PWD/$TOOLS/helm run_python "$1" "$PWD/build-test/todo-app"
}

suite_chart() {
    build_for_tests
    if ! build_helm || ! build_chart_python; then
        count_tests 0 1 0
        return
    fi
    run_chart_python chart
}

# --- A real cluster ------------------------------------------------------------------------------

suite_cluster() {
    if [ -z "${KUBECONFIG:-}" ] && [ ! -x "$CLUSTER_TOOLS/build.sh" ]; then
        say "no cluster: set KUBECONFIG to test on one (77)"
        count_tests 0 0 1
        return
    fi
    build_for_tests
    if ! build_helm || ! build_chart_python; then
        count_tests 0 1 0
        return
    fi
    # In a shell of its own, which stops the cluster that it started.
    local counts numbers
    counts=$(mktemp)
    (on_cluster "$counts")
    read -r -a numbers <"$counts"
    rm -f "$counts"
    count_tests "${numbers[0]:-0}" "${numbers[1]:-1}" "${numbers[2]:-0}"
}

# on_cluster COUNTS: starts one if none is named, loads the images, runs the tests.
on_cluster() {
    if [ -z "${KUBECONFIG:-}" ]; then
        start_cluster || return
    fi
    build_cluster_images && load_cluster_images || return
    passed=0 failed=0 skipped=0
    run_chart_python cluster
    printf '%s %s %s\n' "$passed" "$failed" "$skipped" >"$1"
}

start_cluster() {
    local go
    [ "${install:-yes}" = no ] || install_packages "${CLUSTER_PACKAGES[@]}"
    go=$(find_go) || { say "the cluster is built with Go 1.21 or later, which is not here" && return 1; }
    export CLUSTER_DIR=${CLUSTER_DIR:-$HOME/.cache/todo-cluster}
    PATH=$CLUSTER_DIR/bin:$PATH:${go%/*}
    export PATH KUBECONFIG=$CLUSTER_DIR/admin.conf
    if [ ! -x "$CLUSTER_DIR/bin/coredns" ]; then
        say "building a Kubernetes (some minutes, once)"
        "$CLUSTER_TOOLS/build.sh" >build-tools/cluster.log 2>&1 || { tail -n 20 build-tools/cluster.log >&2 && return 1; }
    fi
    prepare_image_base || return
    # One that is up already stays up.
    if ! kubectl get --raw /readyz >/dev/null 2>&1; then
        "$CLUSTER_TOOLS/down.sh"
        open_volumes &
        opener=$!
        trap 'kill "$opener"; "$CLUSTER_TOOLS/down.sh"' EXIT
        BASE=$base "$CLUSTER_TOOLS/up.sh" || return
    fi
}

# Its provisioner makes folders for root alone, and fsGroup does not reach folders of the node.
open_volumes() {
    while sleep 0.2; do
        chmod 0777 /tmp/hostpath_pv /tmp/hostpath_pv/*/ 2>/dev/null
    done
}

prepare_image_base() { [ -n "${base:-}" ] || base=$(tests/images/setup.sh); }

# The images, and a second one of the same program that stands for its next version.
build_cluster_images() {
    prepare_image_base || return
    scripts/build-images.sh --engine podman --base "$base" --prefix "$(test_image_prefix)" || return
    printf 'FROM %s/todo-app:%s\nLABEL upgraded=yes\n' "$(test_image_prefix)" "$(project_version)" |
        podman build --quiet --format docker --tag "$(test_image_prefix)/todo-app:upgraded" --file - build-tools >/dev/null
}

# Into the cluster under the names that the chart's values have by default.
load_cluster_images() {
    local image context archive=build-tools/image.tar
    context=$(kubectl config current-context)
    for image in "todo-app:$(project_version)" todo-app:upgraded "todo-app-proxy:$(project_version)"; do
        rm -f "$archive"
        podman push --quiet "$(test_image_prefix)/$image" "docker-archive:$archive:docker.io/library/$image" || return
        if [ -n "${CLUSTER_DIR:-}" ]; then
            ctr --address "$CLUSTER_DIR/run/containerd.sock" --namespace k8s.io images import "$archive" >/dev/null
        elif [[ $context == kind-* ]]; then
            kind load image-archive --name "${context#kind-}" "$archive"
        elif command -v minikube >/dev/null && minikube profile list 2>/dev/null | grep -qw "$context"; then
            minikube --profile "$context" image load "$archive"
        else
            say "do not know how to load images into $context: they must be there as docker.io/library/$image"
        fi || return
    done
    rm -f "$archive"
}
