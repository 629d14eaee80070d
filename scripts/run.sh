#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Runs the service in the foreground: builds todo-app if needed, starts it and lighttpd on
# 127.0.0.1, and stops both in order. The work of production is done by service units instead.

set -u
# Children get process groups of their own: Ctrl-C reaches this script only, which stops them in
# order, and bash leaves their SIGINT alone.
set -m

# A shell cannot trap a signal that was ignored when it started, as SIGINT is in a background job.
sigint_ignored() {
    local mask
    mask=$(sed -n 's/^SigIgn:[[:space:]]*//p' /proc/$$/status)
    [ $((0x${mask:-0} >> 1 & 1)) -eq 1 ]
}
if sigint_ignored && [ -z "${RUN_SIGNALS_RESET:-}" ]; then
    RUN_SIGNALS_RESET=1 exec env --default-signal=INT "$0" "$@"
fi
unset RUN_SIGNALS_RESET

readonly caller=$PWD
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/lib/common.sh
. scripts/lib/common.sh

readonly READY_SECONDS=60
readonly SOCKET_PATH_MAX=107

usage() {
    cat <<'END'
Usage: scripts/run.sh [--port PORT] [--data FOLDER] [--no-install]

Builds todo-app if needed and runs it behind lighttpd on 127.0.0.1 until SIGINT or SIGTERM.

  --port PORT     port to listen on (default 8080)
  --data FOLDER   folder of the database, created if missing (default ./var)
  --no-install    install no packages; fail if a tool is missing
  --help          this text

Environment: TODO_APP runs that program instead of building one; TODO_* configures it.
END
}

usage_error() {
    say "run.sh: $*"
    usage >&2
    exit 2
}

# A path of the caller's, seen from the folder of the project.
from_caller() {
    case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$caller" "$1" ;;
    esac
}

port=8080
data=$PWD/var
install=yes
parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
        --port | --data)
            [ $# -ge 2 ] || usage_error "$1 needs a value"
            [ "$1" = --port ] && port=$2
            [ "$1" = --data ] && data=$2
            shift
            ;;
        --port=*) port=${1#*=} ;;
        --data=*) data=${1#*=} ;;
        --no-install) install=no ;;
        --help | -h)
            usage
            exit 0
            ;;
        *) usage_error "unknown option $1" ;;
        esac
        shift
    done
    if ! [[ $port =~ ^0*([1-9][0-9]{0,4})$ ]] || [ "${BASH_REMATCH[1]}" -gt 65535 ]; then
        usage_error "--port takes a number from 1 to 65535, not \"$port\""
    fi
    port=${BASH_REMATCH[1]}
    [ -n "$data" ] || usage_error "--data takes a folder"
    data=$(from_caller "$data")
}

check_port() {
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        die "port $port on 127.0.0.1 is in use; choose another with --port"
    fi
}

prepare_data() {
    mkdir -p -- "$data" 2>/dev/null || die "cannot create the folder $data"
    data=$(cd -- "$data" && pwd) || die "cannot enter the folder $data"
    local probe
    probe=$(mktemp -- "$data/.probe.XXXXXX" 2>/dev/null) || die "cannot write to the folder $data"
    rm -f -- "$probe"
}

prepare_program() {
    if [ "$install" = yes ]; then
        local packages=("${RUN_PACKAGES[@]}")
        [ -n "${TODO_APP:-}" ] || packages+=("${BUILD_PACKAGES[@]}")
        install_packages "${packages[@]}"
    fi
    need_tools lighttpd curl flock
    if [ -n "${TODO_APP:-}" ]; then
        program=$(from_caller "$TODO_APP")
        unset TODO_APP # todo-app would refuse it as an unknown key of its configuration.
    else
        need_tools cc make autoreconf pkg-config
        build_tree build
        program=build/todo-app
    fi
    [ -x "$program" ] || die "cannot run $program"
    prepare_site
}

# The static files: the build folder's, which has the generated ones too. Only a build of our own gets
# Swagger UI; /docs/ is a plain page without it.
prepare_site() {
    share=$(dirname "$(realpath "$program")")/share
    [ -d "$share" ] || share=$PWD/proxy
    [ "$program" = build/todo-app ] || return 0
    if [ "$install" = yes ] && ! command -v npm >/dev/null; then
        (install_packages npm) || say "npm could not be installed"
    fi
    swagger_ui build || say "run.sh: /docs/ is the plain list of operations, without Swagger UI"
}

# A socket's path has a small limit, so it lies in a short folder rather than in the data folder.
prepare_runtime() {
    runtime=$(mktemp -d "${XDG_RUNTIME_DIR:-/tmp}/todo-app.XXXXXX" 2>/dev/null) ||
        runtime=$(mktemp -d /tmp/todo-app.XXXXXX) || die "cannot create a folder in /tmp"
    trap 'rm -rf -- "$runtime"' EXIT
    socket=$runtime/app.sock
    [ ${#socket} -le $SOCKET_PATH_MAX ] || die "the path $socket is too long for a socket"
}

# Text as a string of lighttpd's configuration.
quote() {
    local text=${1//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}

write_settings() {
    local root
    root=$(pwd)
    cat >"$runtime/settings.conf" <<END
var.address = "127.0.0.1"
var.port = $port
var.app_socket = $(quote "$socket")
var.share = $(quote "$share")
var.openapi = $(quote "$root/docs/openapi.yaml")
var.upload_dir = $(quote "$runtime")
var.access_log = "/proc/self/fd/3"
var.max_body_kib = 2048
var.drain_s = 30
var.status_socket = $(quote "$runtime/status.sock")
include $(quote "$share/lighttpd.conf")
include $(quote "$share/status.conf")
END
}

app=
proxy=
access_log=
alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

# wait_for PID: its exit status, though signals to this script interrupt the waiting.
wait_for() {
    local status
    while :; do
        wait "$1"
        status=$?
        alive "$1" || return $status
    done
}

# The first signal asks for a stop in order, a second one cuts it short.
stop_requested=0
on_signal() {
    stop_requested=$((stop_requested + 1))
    [ $stop_requested -gt 1 ] || return 0
    alive "$proxy" && kill -TERM "$proxy"
    alive "$app" && kill -TERM "$app"
}

# lighttpd first, so that todo-app still answers what lighttpd has accepted. Both must exit with 0.
stop_all() {
    local result=0
    if [ -n "$proxy" ]; then
        kill -INT "$proxy" 2>/dev/null
        wait_for "$proxy" || result=1
    fi
    if [ -n "$app" ]; then
        kill -TERM "$app" 2>/dev/null
        wait_for "$app" || result=1
    fi
    [ -z "$access_log" ] || wait "$access_log"
    return $result
}

fail() {
    say "run.sh: $*"
    stop_all
    exit 1
}

check_children() {
    alive "$app" || { wait "$app"; fail "todo-app ended unexpectedly with status $?"; }
    [ -z "$proxy" ] || alive "$proxy" ||
        { wait "$proxy"; fail "lighttpd ended unexpectedly with status $?"; }
}

# poll CONDITION...: until it holds, a child dies or a stop is requested.
poll() {
    local end=$((SECONDS + READY_SECONDS))
    until "$@"; do
        check_children
        [ $stop_requested -eq 0 ] || return 0
        [ $SECONDS -lt $end ] || fail "not ready after $READY_SECONDS seconds"
        sleep 0.05
    done
}

ready() { curl -sf -o /dev/null --max-time 5 "http://127.0.0.1:$port/ready"; }

start_all() {
    "$program" --socket "$socket" --database "$data/todo.db" --proxy-status "$runtime/status.sock" &
    app=$!
    poll test -S "$socket"
    [ $stop_requested -eq 0 ] || return 0
    # lighttpd opens its log by name, which not every kind of standard output allows; a pipe does.
    exec 3> >(trap '' INT TERM && exec cat)
    access_log=$!
    lighttpd -D -f "$runtime/settings.conf" &
    proxy=$!
    exec 3>&-
    poll ready
}

main() {
    parse_options "$@"
    PATH=$PATH:/usr/sbin:/sbin
    check_port
    prepare_data
    prepare_program
    prepare_runtime
    write_settings
    trap on_signal INT TERM
    start_all
    [ $stop_requested -gt 0 ] || printf 'ready: http://127.0.0.1:%s\n' "$port"
    while [ $stop_requested -eq 0 ]; do
        wait -n "$app" "$proxy"
        [ $stop_requested -gt 0 ] || check_children
    done
    stop_all || die "a process did not stop in order"
}

main "$@"
