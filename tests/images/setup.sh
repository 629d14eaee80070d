#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Prepares a machine without a registry for the tests of the images: the tools, settings under which
# podman runs as root in a virtual machine or container, and the Debian base, made from its archive.
# Only tests need it. Repeating it changes nothing.

set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh

readonly BASE=localhost/debian:trixie-slim
readonly CACHE=build-base
readonly PACKAGES=(podman buildah runc catatonit containernetworking-plugins iptables
    fuse-overlayfs mmdebstrap debian-archive-keyring)

usage() {
    cat <<END
Usage: tests/images/setup.sh [--no-install]

Installs podman and its companions and makes the image $BASE, keeping its files in
$CACHE. Needs root and Debian's archive. Prints the name of the image.
END
}

install=yes
case ${1:-} in
--help | -h) usage && exit 0 ;;
--no-install) install=no ;;
'') ;;
*) die "unknown argument $1" ;;
esac

[ "$install" = no ] || install_packages "${PACKAGES[@]}"
need_tools podman buildah mmdebstrap runc

# Where the limits that containers get by default exceed this machine's, none would start.
if [ ! -e /etc/containers/containers.conf ]; then
    mkdir -p /etc/containers && cat >/etc/containers/containers.conf <<'END' || exit 1
[engine]
runtime="runc"
[containers]
default_ulimits=["nofile=20000:20000","nproc=30000:30000"]
END
fi

if ! podman image exists "$BASE"; then
    mkdir -p "$CACHE"
    (
        flock 9
        [ -e "$CACHE/rootfs.tar" ] ||
            { mmdebstrap --quiet --variant=minbase trixie "$CACHE/rootfs.new.tar" &&
                mv "$CACHE/rootfs.new.tar" "$CACHE/rootfs.tar"; }
    ) 9>"$CACHE/.lock" >&2 || die "cannot make the base from Debian's archive"
    podman import --quiet --change \
        'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
        "$CACHE/rootfs.tar" "$BASE" >&2 || die "podman does not take the base"
fi
printf '%s\n' "$BASE"
