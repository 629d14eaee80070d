#!/bin/sh
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Inside the build stage of both images: builds the sources of /src in /build, static, and installs
# them below /out. Static and position-independent, so that the image needs no loader.

set -eu
cd /src
autoreconf -fi
mkdir -p /build
cd /build
/src/configure --prefix=/usr --sysconfdir=/etc --localstatedir=/var \
    PKG_CONFIG='pkg-config --static' CFLAGS=-O2 LDFLAGS='-static-pie -Wl,--build-id=none'
make -s -j "$(nproc)"
make -s install-strip DESTDIR=/out
