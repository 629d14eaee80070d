# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the scripts share: messages, packages of the system, and the out-of-tree build.

say() { printf '%s\n' "$*" >&2; }

die() {
    say "${0##*/}: $*"
    exit 1
}

# --- Packages ----------------------------------------------------------------------------------

# shellcheck disable=SC2034 # The scripts that source this file use the lists.
readonly BUILD_PACKAGES=(gcc make autoconf automake pkg-config libc6-dev libfcgi-dev libjansson-dev
    libsqlite3-dev libyaml-dev libcurl4-openssl-dev libseccomp-dev check)
# shellcheck disable=SC2034
readonly RUN_PACKAGES=(lighttpd lighttpd-mod-deflate curl)
# shellcheck disable=SC2034
readonly TEST_PACKAGES=(python3 python3-venv clang clang-format gcovr shellcheck prometheus xz-utils
    lighttpd-mod-openssl openssl)

package_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_packages() {
    local package
    for package in "$@"; do
        package_installed "$package" || printf '%s\n' "$package"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- "$@"
    else
        die "root is needed to install packages and sudo is missing; install ${*:$#} as root or use --no-install"
    fi
}

# A package that brings a service starts it and makes it start at boot; nobody asked for that here.
disable_service() {
    if [ -d /run/systemd/system ]; then
        as_root systemctl disable --quiet --now "$1" || say "could not disable the service $1"
    fi
}

# install_packages PACKAGE...: whatever of them is missing, on Debian and its relatives.
install_packages() {
    local missing package
    if ! command -v apt-get >/dev/null; then
        say "no apt-get here: expecting these to be installed: $*"
        return
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    # One script at a time: the package manager does not wait for itself.
    (
        flock 7
        say "installing: ${missing[*]}"
        as_root apt-get -qq update 7>&- || die "apt-get update failed"
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
            "${missing[@]}" >&2 7>&- || die "could not install ${missing[*]}"
        for package in "${missing[@]}"; do
            case $package in
            containerd | lighttpd | prometheus) disable_service "$package" ;;
            etcd-server) disable_service etcd ;;
            esac
        done
    ) 7>"${TMPDIR:-/tmp}/todo-app-install.$(id -u).lock" || exit 1
}

# need_tools TOOL...: ends the script with a clear message if one is missing.
need_tools() {
    local tool missing=()
    for tool in "$@"; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    [ ${#missing[@]} -eq 0 ] || die "missing: ${missing[*]}; install them, or leave out --no-install"
}

# --- Python packages of the tests --------------------------------------------------------------

# Whether the environment in the folder holds what tests/requirements.txt asks for now.
python_ready() { cmp -s tests/requirements.txt "$1/requirements.txt"; }

# make_python FOLDER: an environment with those packages, unless it is there.
make_python() {
    python_ready "$1" && return
    rm -rf "$1"
    python3 -m venv "$1" &&
        "$1/bin/python3" -m pip --disable-pip-version-check --quiet install --require-hashes \
            --only-binary :all: -r tests/requirements.txt &&
        cp tests/requirements.txt "$1/requirements.txt"
}

# test_python: prints the Python that the tests run with. Where the packages cannot be had it is the
# system's, and the tests that need them skip themselves.
test_python() {
    local folder=build-python
    mkdir -p "$folder" || die "cannot create $folder"
    (
        flock 9
        make_python "$folder/env"
    ) 9>"$folder/.lock" >"$folder/log" 2>&1
    if python_ready "$folder/env"; then
        printf '%s\n' "$folder/env/bin/python3"
    else
        say "no Python packages for the tests, see $folder/log: some tests are skipped"
        printf 'python3\n'
    fi
}

# --- Build -------------------------------------------------------------------------------------

# build_tree FOLDER CONFIGURE_ARGUMENT...: configures once, then builds what changed. Its own lock
# lets several scripts start at the same time.
build_tree() {
    local folder=$1
    shift
    mkdir -p "$folder" || die "cannot create $folder"
    (
        flock 9
        if [ ! -x configure ]; then
            autoreconf -fi >"$folder/autoreconf.log" 2>&1 ||
                { tail -n 20 "$folder/autoreconf.log" >&2 && exit 1; }
        fi
        cd "$folder" || exit 1
        if [ ! -f Makefile ]; then
            ../configure "$@" >configure.log 2>&1 || { tail -n 20 configure.log >&2 && exit 1; }
        fi
        make -s -j "$(nproc)" >make.log 2>&1 || { tail -n 40 make.log >&2 && exit 1; }
    ) 9>"$folder/.lock" || die "the build in $folder failed"
}

# swagger_ui BUILD: Swagger UI for /docs/, into the build folder, unless it is there already.
swagger_ui() {
    (
        flock 9
        make -s -C "$1" swagger-ui >&2
    ) 9>"$1/.lock"
}
