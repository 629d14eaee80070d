#!/bin/sh
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Usage: collect.sh FOLDER
#
# Inside the build stage: lays out the files of the application image below FOLDER, a folder for
# each layer. `packages` names the Debian packages that went into them.

set -eu
tree=$1

# Rarely changed, so the lowest layer: time zones, and C.UTF-8 for the case of letters.
mkdir -p "$tree/data/usr/share" "$tree/data/usr/lib/locale/C.utf8" "$tree/data/var/lib" \
    "$tree/data/etc/todo-app" "$tree/data/run"
cp -a /usr/share/zoneinfo "$tree/data/usr/share/"
rm -rf "$tree/data/usr/share/zoneinfo/right" "$tree/data/usr/share/zoneinfo/posix"
# The time of all files, in a file of the lowest layer: podman takes layers from its cache whose
# files have another time, and does so no longer if their content differs.
mkdir -p "$tree/data/usr/share/doc/todo-app"
echo "$SOURCE_DATE_EPOCH" >"$tree/data/usr/share/doc/todo-app/epoch"
cp /usr/lib/locale/C.utf8/LC_CTYPE "$tree/data/usr/lib/locale/C.utf8/"

# What belongs to the user of the program.
mkdir -p "$tree/run/todo-app" "$tree/lib/todo-app"
chmod 0770 "$tree/run/todo-app"
chmod 0750 "$tree/lib/todo-app"

mkdir -p "$tree/root/usr/bin" "$tree/root/usr/share/doc"
cp /out/usr/bin/todo-app "$tree/root/usr/bin/"

# The licences of all that is linked or copied.
libraries='libc6-dev libfcgi-dev libjansson-dev libseccomp-dev libsqlite3-dev libyaml-dev'
for package in $libraries libc-bin tzdata; do
    [ -d "/usr/share/doc/$package" ] || continue
    mkdir -p "$tree/root/usr/share/doc/$package"
    cp -L "/usr/share/doc/$package/copyright" "$tree/root/usr/share/doc/$package/"
    echo "$package"
done >"$tree/packages"
mkdir -p "$tree/root/usr/share/doc/todo-app"
cp /src/LICENSE "$tree/root/usr/share/doc/todo-app/copyright"
chmod -R u=rwX,go=rX "$tree/root" "$tree/data"
