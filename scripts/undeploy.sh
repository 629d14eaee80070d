#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Removes the release. The tasks stay in their claim unless they are to go too.

set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh
# shellcheck source=scripts/lib/kubernetes.sh
. scripts/lib/kubernetes.sh
# shellcheck source=scripts/lib/release.sh
. scripts/lib/release.sh

usage() {
    cat <<'END'
Usage: scripts/undeploy.sh [OPTION]...

Uninstalls the release and waits until its pods are gone. Repeating it does no harm.

  --release NAME     release (default todo-app)
  --namespace NAME   namespace (default todo-app)
  --delete-data      delete the claims of the release too: all tasks and all copies are lost
  --help             this text

Needs helm 3.10 and kubectl.
END
}

delete_data=no
while [ $# -gt 0 ]; do
    case $1 in
    --release | --namespace) take_release_option "$@" && shift ;;
    --delete-data) delete_data=yes ;;
    --help | -h) usage && exit 0 ;;
    *) usage_error "unknown argument $1" ;;
    esac
    shift
done

need_helm
need_cluster
"$helm" uninstall "$release" --namespace "$namespace" --ignore-not-found --wait --timeout 5m ||
    die "$release could not be removed; see: kubectl --namespace $namespace get all"
# helm waits for the Deployment only.
kc wait --for=delete pod --selector "app.kubernetes.io/instance=$release" --timeout 5m >/dev/null 2>&1 ||
    [ -z "$(kc get pods --selector "app.kubernetes.io/instance=$release" --output name)" ] ||
    die "pods of $release are still stopping; see: kubectl --namespace $namespace get pods"
claims=$(kc get persistentvolumeclaim --selector "app.kubernetes.io/instance=$release" --output name)
if [ "$delete_data" = yes ] && [ -n "$claims" ]; then
    # shellcheck disable=SC2086 # A list of names.
    kc delete --wait $claims || die "the claims could not be removed"
elif [ -n "$claims" ]; then
    say "the data stays in: ${claims//$'\n'/ }"
fi
