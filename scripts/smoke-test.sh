#!/usr/bin/env bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Asks a running service, from outside, whether it works: creates, reads and deletes one task, and
# looks at the pages beside the API. Leaves nothing behind.

set -u

readonly ATTEMPT_SECONDS=10

usage() {
    cat <<'END'
Usage: scripts/smoke-test.sh [OPTION]... BASE_URL

Checks the service at BASE_URL (as http://127.0.0.1:8080): creates, reads and deletes a task, and
reads /health, /ready, /metrics, /docs/ and /openapi.yaml. One line for each check; the exit status is
0 if all passed, 1 if one failed, 2 for a wrong command line.

  --wait SECONDS   wait that long for /ready before the checks (default 0)
  --headers FILE   send the header lines of that file with each request, as "Authorization: ..."
  --help           this text

Needs curl.
END
}

usage_error() {
    printf 'smoke-test.sh: %s\n' "$*" >&2
    usage >&2
    exit 2
}

base=
patience=0
header_options=()
parse_options() {
    local headers=
    while [ $# -gt 0 ]; do
        case $1 in
        --wait | --headers)
            [ $# -ge 2 ] || usage_error "$1 needs a value"
            [ "$1" = --wait ] && patience=$2
            [ "$1" = --headers ] && headers=$2
            shift
            ;;
        --help | -h)
            usage
            exit 0
            ;;
        -*) usage_error "unknown option $1" ;;
        *)
            [ -z "$base" ] || usage_error "one BASE_URL, not also $1"
            base=${1%/}
            ;;
        esac
        shift
    done
    [[ $base =~ ^https?://[^/]+ ]] || usage_error "BASE_URL begins with http:// or https://, unlike \"$base\""
    [[ $patience =~ ^[0-9]{1,5}$ ]] || usage_error "--wait takes a number of seconds, not \"$patience\""
    [ -z "$headers" ] || [ -r "$headers" ] || usage_error "cannot read $headers"
    [ -z "$headers" ] || header_options=(--header "@$headers")
    command -v curl >/dev/null || usage_error "curl is missing"
}

folder=
task=
# A failed check must not leave its task behind.
clean_up() {
    [ -z "$task" ] || fetch "$base$task" --request DELETE
    rm -rf -- "$folder"
}

# fetch URL CURL_OPTION...: leaves the status in $status, headers and body in files.
status=
fetch() {
    local url=$1
    shift
    : >"$folder/body"
    : >"$folder/headers"
    status=$(curl --silent --show-error --max-time $ATTEMPT_SECONDS --output "$folder/body" \
        --dump-header "$folder/headers" --write-out '%{http_code}' \
        ${header_options[@]+"${header_options[@]}"} "$@" -- "$url" 2>"$folder/error") || status=000
}

failures=0
# report WHAT COMMAND...
report() {
    local what=$1
    shift
    if "$@"; then
        printf 'ok      %s\n' "$what"
    else
        failures=$((failures + 1))
        printf 'FAILED  %s: status %s %s\n' "$what" "$status" \
            "$(head -c 300 "$folder/error" "$folder/body" 2>/dev/null | tr -s '[:cntrl:]' ' ')"
    fi
}

header_has() { grep -i "^$1:" "$folder/headers" | grep -qF -- "$2"; }
body_has() { grep -qF -- "$1" "$folder/body"; }
answered() { [ "$status" = "$1" ] && { [ $# -lt 2 ] || header_has content-type "$2"; }; }

wait_until_ready() {
    local end=$((SECONDS + patience))
    fetch "$base/ready"
    until [ "$status" = 200 ] || [ $SECONDS -ge $end ]; do
        sleep 0.2
        fetch "$base/ready"
    done
}

check_probes() {
    report "/ready answers 200" answered 200 application/json
    fetch "$base/health"
    report "/health answers 200" answered 200 application/json
}

created() { answered 201 application/json && [ -n "$task" ] && header_has etag '"'; }
read_back() { answered 200 application/json && body_has "$1"; }

check_task() {
    local text
    text="Smoke test $(date +%s) $$"
    fetch "$base/api/v1/tasks" --header 'Content-Type: application/json' \
        --data "{\"description\": \"$text\"}"
    task=$(sed -n 's/^[Ll]ocation: *\(\/api\/v1\/tasks\/[0-9]*\)[[:space:]]*$/\1/p' "$folder/headers")
    report "a task is created" created
    [ -n "$task" ] || return
    fetch "$base$task"
    report "it is read back" read_back "$text"
    fetch "$base$task" --request DELETE
    report "it is deleted" answered 204
    fetch "$base$task"
    report "it is gone" answered 404 application/problem+json
    [ "$status" != 404 ] || task=
}

page() { answered 200 "$1" && body_has "$2"; }

check_pages() {
    fetch "$base/metrics"
    report "/metrics counts the tasks" page text/plain todo_tasks_total
    fetch "$base/docs/"
    report "/docs/ is a page" page text/html '<html'
    fetch "$base/openapi.yaml"
    report "/openapi.yaml is the contract" page application/yaml 'openapi: 3.1'
}

main() {
    parse_options "$@"
    folder=$(mktemp -d) || usage_error "cannot create a folder"
    trap clean_up EXIT
    trap 'exit 1' INT TERM
    wait_until_ready
    check_probes
    check_task
    check_pages
    [ $failures -eq 0 ] || {
        printf 'smoke-test.sh: %s: %d checks failed\n' "$base" $failures >&2
        exit 1
    }
}

main "$@"
