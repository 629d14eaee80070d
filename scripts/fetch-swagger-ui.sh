#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Fetches Swagger UI from the npm registry, in one version with one checksum, and puts it with the
# pages that start it into a folder: the site's docs/swagger-ui/. While that folder is missing,
# lighttpd serves the plain list of operations instead.

set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=scripts/lib/common.sh
. "$root/scripts/lib/common.sh"

readonly VERSION=5.35.0
readonly SHA512=534eaba4cb56f55dd73c638179a993512af4674f63317e0826e00da44fc465b021c341bc0a0c2bcd4e18997927fe1d3008336c5dd19aad334d1c2dec53cc9551
readonly FILES=(swagger-ui.css swagger-ui-bundle.js LICENSE NOTICE)
readonly PAGES=(index.html initialise.js page.css)
readonly SECONDS_MAX=60

[ $# -eq 1 ] || die "usage: fetch-swagger-ui.sh FOLDER"
readonly folder=$1

# fetch INTO: the package's files that the page needs.
fetch() {
    local archive=$1/swagger-ui-dist-$VERSION.tgz
    command -v npm >/dev/null || die "npm is missing, so there is no Swagger UI"
    (cd "$1" && timeout "$SECONDS_MAX" npm pack --silent --ignore-scripts --fetch-retries=1 \
        --fetch-retry-mintimeout=500 "swagger-ui-dist@$VERSION" </dev/null >/dev/null) ||
        die "npm did not give swagger-ui-dist $VERSION"
    printf '%s  %s\n' "$SHA512" "$archive" | sha512sum --check --status ||
        die "swagger-ui-dist $VERSION has another checksum than the expected one"
    mkdir "$1/files"
    tar -xzf "$archive" -C "$1/files" --no-same-owner --strip-components=1 \
        "${FILES[@]/#/package/}"
    printf '%s\n' "$VERSION" >"$1/files/VERSION"
}

if [ "$(cat "$folder/VERSION" 2>/dev/null)" != "$VERSION" ]; then
    mkdir -p "$(dirname "$folder")"
    work=$(mktemp -d "$folder.XXXXXX")
    trap 'rm -rf -- "$work"' EXIT
    fetch "$work"
    rm -rf -- "$folder"
    mv -- "$work/files" "$folder"
fi
for page in "${PAGES[@]}"; do
    cmp -s "$root/proxy/swagger-ui/$page" "$folder/$page" ||
        cp -- "$root/proxy/swagger-ui/$page" "$folder/$page"
done
chmod -R u=rwX,go=rX "$folder"
