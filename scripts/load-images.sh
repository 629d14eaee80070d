#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Brings both images to where a local cluster finds them, without a registry.

set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh
# shellcheck source=scripts/lib/images.sh
. scripts/lib/images.sh

usage() {
    cat <<'END'
Usage: scripts/load-images.sh [OPTION]... TARGET

Loads todo-app and todo-app-proxy into TARGET: minikube, kind, or podman (from docker or buildah into
podman's own store). Repeating it does no harm. The cluster then runs them with the pull policy
IfNotPresent or Never.

  --tag TAG         tag to load (default: the version)
  --prefix PREFIX   as given to build-images.sh
  --engine ENGINE   where the images are now: docker, podman or buildah (default: the first installed)
  --profile NAME    minikube's profile, or the name of kind's cluster
  --help            this text
END
}

engine=
prefix=
tag=
profile=
target=
parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
        --engine | --prefix | --tag | --profile)
            need_value "$@"
            case $1 in
            --engine) engine=$2 ;;
            --prefix) prefix=${2%/}/ && valid_prefix "${2%/}" ;;
            --tag) valid_tag "$2" && tag=$2 ;;
            --profile) profile=$2 ;;
            esac
            shift
            ;;
        --help | -h)
            usage
            exit 0
            ;;
        minikube | kind | podman) target=$1 ;;
        *) usage_error "unknown argument $1; targets: minikube, kind, podman" ;;
        esac
        shift
    done
    [ -n "$target" ] || usage_error "a target is needed: minikube, kind or podman"
    command -v "$target" >/dev/null || die "$target is not installed"
    tag=${tag:-$(project_version)}
}

# save NAME FILE: the image as an archive that every target reads.
save() {
    rm -f -- "$2"
    case $engine in
    docker) docker save -o "$2" "$1" ;;
    podman) podman save --quiet --format docker-archive -o "$2" "$1" ;;
    buildah) buildah push --quiet "$1" "docker-archive:$2:$1" ;;
    esac
}

# load FILE
load() {
    case $target in
    minikube) minikube ${profile:+--profile "$profile"} image load "$1" ;;
    kind) kind load image-archive ${profile:+--name "$profile"} "$1" ;;
    podman) podman load --quiet -i "$1" ;;
    esac
}

main() {
    local name
    parse_options "$@"
    engine=$(choose_engine "$engine" "${ENGINES[@]}") || exit
    archive=$(mktemp) || die "cannot create a file"
    trap 'rm -f -- "$archive"' EXIT
    for name in "${IMAGES[@]}"; do
        image_exists "$engine" "$prefix$name:$tag" ||
            die "no image $prefix$name:$tag in $engine; build it with scripts/build-images.sh"
        save "$prefix$name:$tag" "$archive" || die "cannot save $prefix$name:$tag"
        load "$archive" >&2 || die "$target did not take $prefix$name:$tag"
        printf '%s\n' "$prefix$name:$tag"
    done
}

main "$@"
