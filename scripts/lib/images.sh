# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the scripts about images share: their names, their tags, and the tool that handles them.

# shellcheck disable=SC2034 # The scripts that source this file use them.
readonly IMAGES=(todo-app todo-app-proxy)
readonly ENGINES=(docker podman buildah)

usage_error() {
    say "${0##*/}: $*"
    say "${0##*/} --help tells how to use it"
    exit 2
}

# need_value OPTION VALUE...
need_value() {
    if [ $# -lt 2 ] || [ -z "$2" ]; then
        usage_error "$1 needs a value"
    fi
}

# The folder below images/ that an image is built from.
image_folder() {
    case $1 in
    todo-app) printf app ;;
    todo-app-proxy) printf proxy ;;
    esac
}

project_version() { sed -n 's/^AC_INIT(\[todo-app\], \[\([^]]*\)\].*/\1/p' configure.ac; }

# The tests' images bear names of their own, which differ from one source tree to another: whoever else
# builds or runs todo-app on this machine is not disturbed.
test_image_prefix() { printf 'localhost/test-%s' "$(pwd -P | sha256sum | cut -c 1-8)"; }

# The commit that is built, with "-dirty" if files differ from it; "unknown" outside of git.
project_revision() {
    local revision
    revision=$(git rev-parse --short=12 HEAD 2>/dev/null) || { printf unknown && return; }
    git diff --quiet HEAD -- 2>/dev/null || revision=$revision-dirty
    printf '%s' "$revision"
}

# Where the sources are, if git knows a public place; a path of this machine is nobody's business.
project_source() {
    local url
    url=$(git remote get-url origin 2>/dev/null)
    case $url in
    https://*@*) printf unknown ;;
    https://*) printf '%s' "$url" ;;
    *) printf unknown ;;
    esac
}

# The time of the version, not of the commit: the layers that a commit leaves alone stay the same.
project_epoch() {
    local date
    date=$(sed -n 's/^ -- .*>  //p' packaging/debian/changelog | head -n 1)
    printf '%s' "${SOURCE_DATE_EPOCH:-$(date -d "$date" +%s)}"
}

# choose_engine NAME [ENGINE...]: NAME, or without one the first of the engines that is installed.
choose_engine() {
    local name=$1 engine
    shift
    if [ -n "$name" ]; then
        [[ " $* " == *" $name "* ]] || usage_error "--engine is one of: $*; not \"$name\""
        command -v "$name" >/dev/null || die "$name is not installed"
        printf '%s' "$name"
        return
    fi
    for engine in "$@"; do
        ! command -v "$engine" >/dev/null || { printf '%s' "$engine" && return; }
    done
    die "none of these is installed: $*"
}

valid_prefix() {
    [[ $1 =~ ^[a-z0-9][a-z0-9.-]*(:[0-9]+)?(/[a-z0-9][a-z0-9._-]*)*$ ]] ||
        usage_error "--prefix is a registry and path in lower case, as registry.example.org/team; not \"$1\""
}

valid_tag() {
    [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$ ]] ||
        usage_error "--tag has up to 128 letters, digits, dots, dashes and underscores; not \"$1\""
}

image_exists() { "$1" image inspect "$2" >/dev/null 2>&1 || "$1" inspect --type image "$2" >/dev/null 2>&1; }
