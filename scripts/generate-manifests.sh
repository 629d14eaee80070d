#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Writes the plain manifests in k8s/ from the chart, an object a file, with a kustomization.

set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh
# shellcheck source=scripts/lib/kubernetes.sh
. scripts/lib/kubernetes.sh

readonly NAME=todo-app
readonly MANIFESTS=k8s
readonly KUBERNETES=1.34.0 # has native sidecars and the sleep of a hook

usage() {
    cat <<END
Usage: scripts/generate-manifests.sh [--check]

Renders the chart with its default values for Kubernetes $KUBERNETES and writes $MANIFESTS/: an object a
file, a namespace with the restricted Pod Security level, and a kustomization of them all.

  --check   change nothing; fail if $MANIFESTS/ is not what would be written
  --help    this text

Needs helm 3.10 or later.
END
}

check=no
case ${1:-} in
'') ;;
--check) check=yes ;;
--help | -h) usage && exit 0 ;;
*) say "unknown argument $1; see --help" && exit 2 ;;
esac

readonly HEADER="# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Written by scripts/generate-manifests.sh from the chart; change that instead."

# What only helm understands is left out; the claim is never deleted by kubectl apply.
render() {
    "$helm" template "$NAME" "$CHART" --namespace "$NAME" --kube-version "$KUBERNETES" --no-hooks \
        --set persistence.keep=false |
        sed -e '/^ *helm\.sh\/chart:/d' -e '/^# Source:/d' \
            -e 's/\(app.kubernetes.io\/managed-by:\) Helm$/\1 kustomize/'
}

# Splits the objects on standard input into files by their kind.
split_objects() {
    awk -v folder="$1" -v header="$HEADER" '
        function flush() {
            if (kind != "") {
                file = folder "/" tolower(kind) ".yaml"
                print header > file
                printf "%s", text > file
                close(file)
            }
            text = kind = ""
        }
        /^---$/ { flush(); next }
        /^kind: / { kind = $2 }
        { text = text $0 "\n" }
        END { flush() }'
}

write_namespace() {
    cat >"$1/namespace.yaml" <<END
$HEADER
apiVersion: v1
kind: Namespace
metadata:
  name: $NAME
  labels:
    app.kubernetes.io/name: $NAME
    app.kubernetes.io/managed-by: kustomize
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/warn: restricted
END
}

write_kustomization() {
    {
        printf '%s\n' "$HEADER" 'apiVersion: kustomize.config.k8s.io/v1beta1' 'kind: Kustomization' \
            "namespace: $NAME" 'resources:'
        (cd "$1" && printf '  - %s\n' *.yaml)
    } >"$1/.kustomization" && mv "$1/.kustomization" "$1/kustomization.yaml"
}

helm=$(find_helm) || die "helm 3.10 or later is not installed"
fresh=$(mktemp -d) || die "cannot create a temporary folder"
trap 'rm -rf -- "$fresh"' EXIT
set -o pipefail
render | split_objects "$fresh" || die "the chart did not render"
write_namespace "$fresh"
write_kustomization "$fresh"
chmod 0644 "$fresh"/*

if [ "$check" = yes ]; then
    diff -r "$fresh" "$MANIFESTS" >&2 || die "$MANIFESTS/ is out of date: run scripts/generate-manifests.sh"
    exit 0
fi
{ mkdir -p "$MANIFESTS" && rm -f -- "$MANIFESTS"/*.yaml && cp -- "$fresh"/*.yaml "$MANIFESTS"/; } ||
    die "cannot write $MANIFESTS/"
