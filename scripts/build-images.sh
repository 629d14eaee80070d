#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Builds both images, reproducibly, with their bills of materials beside them.

set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh
# shellcheck source=scripts/lib/images.sh
. scripts/lib/images.sh

usage() {
    cat <<'END'
Usage: scripts/build-images.sh [OPTION]... [IMAGE...]

Builds todo-app and todo-app-proxy, or only the IMAGE named, each tagged with the version, with the
commit, and as latest. Writes NAME.spdx.json, the bill of materials, and NAME.digest to the output
folder. With npm it fetches Swagger UI for the proxy's pages. Repeating it on the same commit gives
the same images.

  --engine ENGINE   docker, podman or buildah (default: the first that is installed)
  --base IMAGE      Debian base of the build stage (default docker.io/library/debian:trixie-slim)
  --prefix PREFIX   put before the names, as registry.example.org/team
  --tag TAG         one tag more; may be given several times
  --source URL      where the sources are, for the label (default: git's origin if it is public)
  --output FOLDER   where the bills of materials go (default build-images)
  --no-cache        build every layer anew
  --network MODE    network of the build steps, as host (default: the engine's own)
  --help            this text

SOURCE_DATE_EPOCH in the environment replaces the time of the version. With docker, equal digests need
buildx, which rewrites the times of files.
END
}

engine=
base=docker.io/library/debian:trixie-slim
prefix=
source_url=
output="build-images"
network=
options=()
fresh=()
extra_tags=()
images=()
parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
        --engine | --base | --prefix | --tag | --source | --output | --network)
            need_value "$@"
            case $1 in
            --engine) engine=$2 ;;
            --base) base=$2 ;;
            --prefix) prefix=${2%/}/ ;;
            --tag) valid_tag "$2" && extra_tags+=("$2") ;;
            --source) source_url=$2 ;;
            --output) output=$2 ;;
            --network) network=$2 ;;
            esac
            shift
            ;;
        --no-cache) fresh=(--no-cache) ;;
        --help | -h)
            usage
            exit 0
            ;;
        -*) usage_error "unknown option $1" ;;
        *)
            [[ " ${IMAGES[*]} " == *" $1 "* ]] || usage_error "unknown image $1; known: ${IMAGES[*]}"
            images+=("$1")
            ;;
        esac
        shift
    done
    [ -z "$prefix" ] || valid_prefix "${prefix%/}"
    [ ${#images[@]} -gt 0 ] || images=("${IMAGES[@]}")
}

# The options that make layers and configuration independent of the time of the build. OCI's format
# knows no HEALTHCHECK, hence docker's.
prepare_engine() {
    engine=$(choose_engine "$engine" "${ENGINES[@]}") || exit
    case $engine in
    docker)
        if docker buildx version >/dev/null 2>&1; then
            build=(docker buildx build)
            store=(--output "type=docker,rewrite-timestamp=true")
        else
            build=(env DOCKER_BUILDKIT=1 docker build)
            store=()
            say "no buildx: the images will work, but their digests differ from build to build"
        fi
        ;;
    podman | buildah)
        export BUILDAH_LAYERS=true # Else buildah keeps no layer for the next build.
        build=("$engine" build --format docker --timestamp "$epoch")
        store=()
        ;;
    esac
}

prepare_arguments() {
    version=$(project_version)
    revision=$(project_revision)
    epoch=$(project_epoch)
    [[ $epoch =~ ^[0-9]+$ ]] || die "SOURCE_DATE_EPOCH is a number of seconds, not \"$epoch\""
    options+=(--build-arg "BASE=$base" --build-arg "VERSION=$version"
        --build-arg "REVISION=$revision" --build-arg "SOURCE=${source_url:-$(project_source)}"
        --build-arg "SOURCE_DATE_EPOCH=$epoch")
    # Labels by option too: podman 4.3 takes a layer of labels from its cache although the arguments
    # in them differ.
    labels=(--label "org.opencontainers.image.version=$version"
        --label "org.opencontainers.image.revision=$revision"
        --label "org.opencontainers.image.source=${source_url:-$(project_source)}")
    [ -z "$network" ] || options+=(--network "$network")
    mkdir -p -- "$output" || die "cannot create the folder $output"
}

tags_of() {
    local tag
    for tag in "$version" "$revision" latest ${extra_tags[@]+"${extra_tags[@]}"}; do
        [ "$tag" = unknown ] || printf '%s\n' --tag "$prefix$1:$tag"
    done
}

build_image() {
    local name=$1 file log tags
    file=images/$(image_folder "$name")/Containerfile
    log=$output/$name.log
    mapfile -t tags < <(tags_of "$name")
    say "building $prefix$name:$version ($revision) with $engine"
    "${build[@]}" "${options[@]}" ${fresh[@]+"${fresh[@]}"} ${store[@]+"${store[@]}"} "${labels[@]}" \
        "${tags[@]}" -f "$file" . >"$log" 2>&1 || { tail -n 40 "$log" >&2 && die "$name was not built; all of the log: $log"; }
    # From the cache of the build before.
    "${build[@]}" "${options[@]}" --target sbom \
        --output "type=local,dest=$output" -f "$file" . >>"$log" 2>&1 ||
        { tail -n 40 "$log" >&2 && die "no bill of materials of $name; all of the log: $log"; }
    content_digest "$prefix$name:$version" >"$output/$name.digest" || die "cannot inspect $name"
    say "built $prefix$name:$version $(cat "$output/$name.digest")"
}

# The digest of the content: of the digests of all layers. The image's own identifier is none, since
# docker's format, which HEALTHCHECK needs, records the random name of the container of the build.
content_digest() {
    local layers
    if [ "$engine" = buildah ]; then
        layers=$(buildah inspect --type image --format '{{json .OCIv1.RootFS.DiffIDs}}' "$1") || return
    else
        layers=$("$engine" image inspect --format '{{json .RootFS.Layers}}' "$1") || return
    fi
    printf 'sha256:%s\n' "$(printf '%s' "$layers" | sha256sum | cut -d ' ' -f 1)"
}

# Into the folder that the build looks at. Without npm /docs/ is the plain list of operations.
fetch_swagger_ui() {
    [[ " ${images[*]} " == *" todo-app-proxy "* ]] || return 0
    scripts/fetch-swagger-ui.sh images/swagger-ui ||
        say "no Swagger UI: /docs/ of the proxy's image will be the plain list of operations"
}

main() {
    local name
    parse_options "$@"
    fetch_swagger_ui
    prepare_arguments
    prepare_engine
    for name in "${images[@]}"; do
        build_image "$name"
    done
}

main "$@"
