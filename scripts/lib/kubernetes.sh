# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the scripts and suites about the chart share: helm, Python with what the tests import, and the
# cluster to test on.

# shellcheck disable=SC2034 # The scripts that source this file use them.
readonly CHART=helm/todo-app-chart
readonly HELM_VERSION=v3.22.0
readonly HELM_KUBERNETES=37 # the version 1.N for which `helm template` renders unasked
readonly TOOLS=build-tools

# find_go: the Go that builds helm, on PATH or where its own archive is usually unpacked.
find_go() {
    local go
    for go in "$(command -v go)" /usr/local/go/bin/go; do
        if [ -x "$go" ] && [[ $("$go" env GOVERSION) =~ ^go1\.([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 21 ]; then
            printf '%s' "$go"
            return
        fi
    done
    return 1
}

# find_helm: prints the path of helm: the one built before, else one of version 3.10 or later on PATH.
find_helm() {
    local helm
    if [ -x "$TOOLS/helm" ]; then
        printf '%s/%s/helm' "$PWD" "$TOOLS"
        return
    fi
    helm=$(command -v helm) || return 1
    [[ $("$helm" version --template '{{.Version}}') =~ ^v3\.([0-9]+)\. ]] &&
        [ "${BASH_REMATCH[1]}" -ge 10 ] && printf '%s' "$helm"
}

# build_helm: helm from its Go module, once, in build-tools. Tests take no other: its messages differ
# between versions.
build_helm() {
    local go
    [ ! -x "$TOOLS/helm" ] || return 0
    go=$(find_go) || {
        say "helm is built from its Go module with Go 1.21 or later, which is not here; Debian 12's golang-go" \
            "is older: install golang-go from bookworm-backports, or Go's own archive into /usr/local/go"
        return 1
    }
    say "building helm $HELM_VERSION (a few minutes, once)"
    mkdir -p "$TOOLS"
    (
        flock 9
        [ -x "$TOOLS/helm" ] || GOBIN=$PWD/$TOOLS GOFLAGS=-buildvcs=false "$go" install -ldflags "-s -w
            -X helm.sh/helm/v3/internal/version.version=$HELM_VERSION
            -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1
            -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=$HELM_KUBERNETES" "helm.sh/helm/v3/cmd/helm@$HELM_VERSION"
    ) 9>"$TOOLS/.lock" >"$TOOLS/helm.log" 2>&1 || { tail -n 20 "$TOOLS/helm.log" >&2 && return 1; }
}

# build_chart_python: a virtual environment with what the chart's tests import.
build_chart_python() {
    local wanted=tests/chart/requirements.txt have=$TOOLS/python/requirements.txt
    cmp -s "$wanted" "$have" && return 0
    mkdir -p "$TOOLS"
    (
        flock 9
        cmp -s "$wanted" "$have" && exit 0
        python3 -m venv --clear "$TOOLS/python" &&
            "$TOOLS/python/bin/pip" install --quiet --disable-pip-version-check -r "$wanted" && cp "$wanted" "$have"
    ) 9>"$TOOLS/.lock" >"$TOOLS/python.log" 2>&1 || { tail -n 20 "$TOOLS/python.log" >&2 && return 1; }
}
