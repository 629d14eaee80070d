#!/bin/sh
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Usage: collect.sh FOLDER
#
# Inside the build stage: lays out the files of the proxy's image below FOLDER, a folder for each
# layer. `packages` names the Debian packages that went into them.

set -eu
tree=$1
configuration=/out/usr/share/todo-app/proxy/lighttpd.conf

mkdir -p "$tree/lighttpd/usr/sbin" "$tree/lighttpd/usr/share/doc" "$tree/root/usr/bin" \
    "$tree/root/usr/share/doc/todo-app" "$tree/root/etc/todo-app"
# The socket's folder is here too, though the program makes the socket: a volume for both containers
# takes its owner from the image that mounts it first.
mkdir -p "$tree/lighttpd/run" "$tree/tmp/tmp" "$tree/run/todo-app"
chmod 1777 "$tree/tmp/tmp"
chmod 0770 "$tree/run/todo-app"

# The time of all files, in a file of the lowest layer: podman takes layers from its cache whose
# files have another time, and does so no longer if their content differs.
mkdir -p "$tree/lighttpd/usr/share/doc/todo-app"
echo "$SOURCE_DATE_EPOCH" >"$tree/lighttpd/usr/share/doc/todo-app/epoch"

# The modules that the configuration names, unless they are built into this lighttpd; HTTP/2 is a
# module that lighttpd loads by itself.
modules=$(dirname "$(dpkg -L lighttpd | grep '/mod_.*\.so$' | head -n 1)")
wanted=/usr/sbin/lighttpd
for module in mod_h2 $(sed -n '/^server.modules/,/^)/p' "$configuration" | grep -o 'mod_[a-z_]*'); do
    [ ! -e "$modules/$module.so" ] || wanted="$wanted $modules/$module.so"
done

# Each with the libraries that it needs, and the loader.
# shellcheck disable=SC2086 # A list of paths without blanks.
libraries=$(ldd $wanted | grep -o '/[^ ]*\.so[^ ]*' | grep -v ':$' | sort -u)
for file in $wanted $libraries; do
    mkdir -p "$tree/lighttpd$(dirname "$file")"
    cp -L "$file" "$tree/lighttpd$file"
done

# The packages and licences of what was copied.
for file in $wanted $libraries; do
    dpkg -S "$file" 2>/dev/null || dpkg -S "$(readlink -f "$file")" 2>/dev/null ||
        dpkg -S "/usr$file"
done | grep -v '^diversion by ' | cut -d: -f1 | sort -u >"$tree/packages"
while read -r package; do
    mkdir -p "$tree/lighttpd/usr/share/doc/$package"
    cp -L "/usr/share/doc/$package/copyright" "$tree/lighttpd/usr/share/doc/$package/"
done <"$tree/packages"

cp /build/proxy-start "$tree/root/usr/bin/"
strip "$tree/root/usr/bin/proxy-start"
cp /src/images/proxy/proxy.conf "$tree/root/etc/todo-app/"
mkdir -p "$tree/root/usr/share"
cp -R /out/usr/share/todo-app "$tree/root/usr/share/"
if [ -d /src/images/swagger-ui ]; then
    cp -R /src/images/swagger-ui "$tree/root/usr/share/todo-app/proxy/site/docs/"
fi
cp /src/LICENSE "$tree/root/usr/share/doc/todo-app/copyright"
chmod -R u=rwX,go=rX "$tree/root" "$tree/lighttpd"
