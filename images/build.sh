#!/bin/sh
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Inside the build stage of both images: builds the sources of /src in /build, static, and installs
# them below /out. Static and position-independent, so that the image needs no loader.
#
# Without the export of traces: Debian has no static form of what libcurl needs, and with its
# dynamic one the image would be several times as large.

set -eu
cd /src
autoreconf -fi
mkdir -p /build
cd /build

# The static Jansson shows names that are none of its interface, one of which is ours too
# (utf8_encode). Of this copy only the interface is seen.
ld -r -o jansson.o --whole-archive "$(gcc -print-file-name=libjansson.a)"
objcopy --wildcard --keep-global-symbol='json*' jansson.o
ar rcs libjansson.a jansson.o

/src/configure --with-otlp=no JANSSON_CFLAGS=-I/usr/include JANSSON_LIBS=/build/libjansson.a --prefix=/usr --sysconfdir=/etc --localstatedir=/var \
    PKG_CONFIG='pkg-config --static' CFLAGS=-O2 LDFLAGS='-static-pie -Wl,--build-id=none'
make -s -j "$(nproc)"
make -s install-strip DESTDIR=/out
