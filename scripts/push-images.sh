#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Pushes both images to a registry, under the names and tags that the chart asks for.

set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh
# shellcheck source=scripts/lib/images.sh
. scripts/lib/images.sh

usage() {
    cat <<'END'
Usage: scripts/push-images.sh --prefix PREFIX [OPTION]...

Pushes todo-app and todo-app-proxy to the registry and path PREFIX, as registry.example.org/team.
Log in to the registry first (docker login, podman login). Repeating it does no harm.

  --prefix PREFIX   where to push
  --tag TAG         tag to push; may be given several times (default: the version and the commit)
  --engine ENGINE   docker, podman or buildah (default: the first that is installed)
  --insecure        the registry speaks HTTP, or has a certificate of its own (podman, buildah)
  --help            this text
END
}

engine=
prefix=
insecure=no
tags=()
parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
        --engine | --prefix | --tag)
            need_value "$@"
            case $1 in
            --engine) engine=$2 ;;
            --prefix) prefix=${2%/} ;;
            --tag) valid_tag "$2" && tags+=("$2") ;;
            esac
            shift
            ;;
        --insecure) insecure=yes ;;
        --help | -h)
            usage
            exit 0
            ;;
        *) usage_error "unknown argument $1" ;;
        esac
        shift
    done
    [ -n "$prefix" ] || usage_error "--prefix is needed: where shall the images go?"
    valid_prefix "$prefix"
    [ ${#tags[@]} -gt 0 ] || tags=("$(project_version)" "$(project_revision)")
}

push() {
    local options=()
    if [ "$insecure" = yes ] && [ "$engine" != docker ]; then
        options=(--tls-verify=false)
    fi
    "$engine" push ${options[@]+"${options[@]}"} "$1" >&2 ||
        die "could not push $1; is the registry reachable, and are you logged in ($engine login)?"
}

main() {
    local name tag local_name
    parse_options "$@"
    engine=$(choose_engine "$engine" "${ENGINES[@]}") || exit
    for name in "${IMAGES[@]}"; do
        for tag in "${tags[@]}"; do
            local_name=$name:$tag
            image_exists "$engine" "$local_name" || local_name=$prefix/$name:$tag
            image_exists "$engine" "$local_name" ||
                die "no image $name:$tag here; build it with scripts/build-images.sh"
            "$engine" tag "$local_name" "$prefix/$name:$tag" || die "cannot tag $local_name"
            push "$prefix/$name:$tag"
            printf '%s\n' "$prefix/$name:$tag"
        done
    done
}

main "$@"
