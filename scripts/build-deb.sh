#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Makes a Debian source package and its binary package from a tarball of `make dist`.

set -u
readonly caller=$PWD
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh

readonly DEB_PACKAGES=(dpkg-dev debhelper fakeroot pkg-config systemd)

usage() {
    cat <<'END'
Usage: scripts/build-deb.sh [--no-install] [--tests] TARBALL FOLDER

Builds a Debian source package (.dsc) and binary package (.deb) from TARBALL, which `make dist` has
made, and puts them into FOLDER. `make deb` does both.

  --tests        run the unit tests during the build
  --no-install   install no packages; fail if a tool is missing
  --help         this text
END
}

install=yes
options=nocheck
arguments=()
for argument in "$@"; do
    case $argument in
    --no-install) install=no ;;
    --tests) options= ;;
    --help | -h)
        usage
        exit 0
        ;;
    -*) die "unknown option $argument; see --help" ;;
    *) arguments+=("$argument") ;;
    esac
done
[ ${#arguments[@]} -eq 2 ] || die "a tarball and a folder are needed; see --help"
tarball=$(cd -- "$caller" && realpath -- "${arguments[0]}") || die "no tarball ${arguments[0]}"
[[ $tarball =~ /todo-app-([0-9.]+)\.tar\.xz$ ]] || die "$tarball is not a tarball of make dist"
version=${BASH_REMATCH[1]}
[ -r "$tarball" ] || die "cannot read $tarball"
output=$(cd -- "$caller" && mkdir -p -- "${arguments[1]}" && realpath -- "${arguments[1]}") ||
    die "cannot create ${arguments[1]}"

[ "$install" = no ] || install_packages "${DEB_PACKAGES[@]}" "${BUILD_PACKAGES[@]}"
need_tools dpkg-buildpackage dh fakeroot

work=$(mktemp -d) || die "cannot create a folder"
trap 'rm -rf -- "$work"' EXIT
unpack() {
    cp -- "$tarball" "$work/todo-app_$version.orig.tar.xz" || return
    tar -xf "$tarball" -C "$work" || return
    cp -R "$work/todo-app-$version/packaging/debian" "$work/todo-app-$version/debian"
}
unpack || die "cannot unpack $tarball"
packaged=$(sed -n '1s/^todo-app (\(.*\)-[^-]*).*/\1/p' "$work/todo-app-$version/debian/changelog")
[ "$packaged" = "$version" ] || die "packaging/debian/changelog is about $packaged, not $version"
(cd "$work/todo-app-$version" && DEB_BUILD_OPTIONS="$options parallel=$(nproc)" \
    dpkg-buildpackage -us -uc) >"$output/build.log" 2>&1 ||
    { tail -n 40 "$output/build.log" >&2 && die "the build failed; all of the log: $output/build.log"; }
find "$work" -maxdepth 1 -type f -exec mv -t "$output" {} +
find "$output" -maxdepth 1 -name '*.deb' ! -name '*-dbgsym_*'
