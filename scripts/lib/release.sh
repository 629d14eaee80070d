# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the scripts about an installed release share: its name, its place, and the cluster's tools.

release=todo-app
namespace=todo-app

usage_error() {
    say "${0##*/}: $*"
    say "${0##*/} --help tells how to use it"
    exit 2
}

# take_release_option OPTION [VALUE]...: --release or --namespace, each with its value.
take_release_option() {
    if [ $# -lt 2 ] || ! [[ $2 =~ ^[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?$ ]]; then
        usage_error "$1 needs a name of lower-case letters, digits and dashes, up to 53"
    fi
    case $1 in
    --release) release=$2 ;;
    --namespace) namespace=$2 ;;
    esac
}

kc() { kubectl --namespace "$namespace" "$@"; }

need_cluster() {
    command -v kubectl >/dev/null || die "kubectl is not installed"
    kubectl version >/dev/null 2>&1 ||
        die "no cluster answers: check KUBECONFIG and kubectl's current context (kubectl config current-context)"
}

need_helm() {
    # shellcheck disable=SC2034 # The scripts use it.
    helm=$(find_helm) || die "helm 3.10 or later is not installed"
}

# find_deployment: sets deployment to the name of the release's Deployment.
find_deployment() {
    deployment=$(kc get deployment --selector "app.kubernetes.io/instance=$release,app.kubernetes.io/component=backend" \
        --output jsonpath='{.items[0].metadata.name}' 2>/dev/null)
    [ -n "$deployment" ] || die "no release $release in the namespace $namespace; see: helm list --all-namespaces"
}

# of_deployment JSONPATH
of_deployment() { kc get deployment "$deployment" --output "jsonpath=$1"; }

# of_app JSONPATH: of the program's container, wherever in the pod it is.
of_app() { of_deployment "{.spec.template.spec['initContainers','containers'][?(@.name==\"app\")]$1}"; }
