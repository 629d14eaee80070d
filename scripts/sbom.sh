#!/bin/sh
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Lists what a folder holds and which Debian packages went into it, as SPDX 2.3 in JSON on standard
# output. It runs inside the build stage of an image, where there is little more than a shell.

set -eu

usage() {
    cat <<'END'
Usage: scripts/sbom.sh --name NAME --version VERSION --packages FILE FOLDER...

Writes the bill of materials of the files in the FOLDERs to standard output (SPDX 2.3, JSON).

  --name NAME        what the files are together, as todo-app
  --version VERSION  its version
  --packages FILE    names of the installed Debian packages that went into it, one a line
  --help             this text

SOURCE_DATE_EPOCH in the environment is the time of creation, so that the same content gives the same
text. Needs dpkg-query, sha1sum and sha256sum.
END
}

die() {
    echo "sbom.sh: $*" >&2
    exit 2
}

name='' version='' packages=''
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage && exit 0 ;;
    --name | --version | --packages)
        [ $# -ge 2 ] || die "$1 needs a value"
        case $1 in
        --name) name=$2 ;;
        --version) version=$2 ;;
        --packages) packages=$2 ;;
        esac
        shift 2
        ;;
    -*) die "unknown option $1" ;;
    *) break ;;
    esac
done
if [ -z "$name" ] || [ -z "$version" ]; then
    die "--name and --version are needed"
fi
[ -r "$packages" ] || die "cannot read the list of packages \"$packages\""
[ $# -ge 1 ] || die "no folder; see --help"
for folder in "$@"; do
    [ -d "$folder" ] || die "$folder is not a folder"
done

# JSON's two special characters; names of files and packages have no control characters.
quote() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }

# An SPDX identifier has letters, digits, dots and dashes only.
identifier() { printf '%s' "$1" | tr -c 'A-Za-z0-9.-' '-'; }

files() { (cd "$1" && find . -type f | LC_ALL=C sort); }

debian_package() {
    package=$1
    facts=$(dpkg-query -W -f '${Version} ${Architecture} ${source:Package}\n' "$package" | head -n 1)
    [ -n "$facts" ] || die "the package $package is not installed"
    # shellcheck disable=SC2086 # Three words.
    set -- $facts
    printf ',\n    {"SPDXID": "SPDXRef-Package-%s", "name": %s, "versionInfo": %s, ' \
        "$(identifier "$package")" "$(quote "$package")" "$(quote "$1")"
    printf '"supplier": "Organization: Debian", "downloadLocation": "NOASSERTION", '
    printf '"filesAnalyzed": false, "licenseConcluded": "NOASSERTION", '
    printf '"licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION", '
    printf '"sourceInfo": %s, ' "$(quote "built from the source package $3")"
    printf '"externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", '
    printf '"referenceLocator": %s}]}' \
        "$(quote "pkg:deb/debian/$package@$(printf '%s' "$1" | sed 's/+/%2B/g; s/:/%3A/g; s/~/%7E/g')?arch=$2")"
}

one_file() {
    path=$1/${2#./}
    printf '%s\n    {"SPDXID": "SPDXRef-File-%s", "fileName": %s, "checksums": [' "$comma" \
        "$(printf '%s' "$2" | sha1sum | cut -c 1-16)" "$(quote "$2")"
    printf '{"algorithm": "SHA1", "checksumValue": "%s"}, ' "$(sha1sum <"$path" | cut -d' ' -f1)"
    printf '{"algorithm": "SHA256", "checksumValue": "%s"}], ' "$(sha256sum <"$path" | cut -d' ' -f1)"
    printf '"licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION"}'
    comma=,
}

relationship() {
    printf '%s\n    {"spdxElementId": "%s", "relationshipType": "%s", "relatedSpdxElement": "%s"}' \
        "$comma" "$1" "$2" "$3"
    comma=,
}

content=$({ cat "$packages"; for folder in "$@"; do
    files "$folder" | while read -r file; do sha256sum <"$folder/$file"; done
done; } | sha256sum | cut -d' ' -f1)
created=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%dT%H:%M:%SZ)

cat <<END
{
  "spdxVersion": "SPDX-2.3",
  "dataLicense": "CC0-1.0",
  "SPDXID": "SPDXRef-DOCUMENT",
  "name": $(quote "$name-$version"),
  "documentNamespace": $(quote "urn:sha256:$name:$content"),
  "creationInfo": {"created": "$created", "creators": ["Tool: scripts/sbom.sh", "Organization: The Todo App authors"]},
  "packages": [
    {"SPDXID": "SPDXRef-Image", "name": $(quote "$name"), "versionInfo": $(quote "$version"), "downloadLocation": "NOASSERTION", "filesAnalyzed": false, "primaryPackagePurpose": "CONTAINER", "licenseConcluded": "NOASSERTION", "licenseDeclared": "MIT", "copyrightText": "Copyright (c) 2026 The Todo App authors"}
END
while read -r package; do
    debian_package "$package"
done <"$packages"
printf '\n  ],\n  "files": ['
comma=''
for folder in "$@"; do
    for file in $(files "$folder"); do
        one_file "$folder" "$file"
    done
done
printf '\n  ],\n  "relationships": ['
comma=''
relationship SPDXRef-DOCUMENT DESCRIBES SPDXRef-Image
while read -r package; do
    relationship SPDXRef-Image CONTAINS "SPDXRef-Package-$(identifier "$package")"
done <"$packages"
for folder in "$@"; do
    for file in $(files "$folder"); do
        relationship SPDXRef-Image CONTAINS \
            "SPDXRef-File-$(printf '%s' "$file" | sha1sum | cut -c 1-16)"
    done
done
printf '\n  ]\n}\n'
