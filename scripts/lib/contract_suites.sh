# shellcheck shell=bash
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suites around the contract: the OpenAPI document, the guides, the docs page in a browser, and
# requests generated from the document. Their tools come from PyPI and npm into build folders; where
# those cannot be had, the suite counts as one skipped test.

readonly REDOCLY=@redocly/cli@1.34.20
readonly PLAYWRIGHT=playwright-core@1.58.2

# skip_suite WHY
skip_suite() {
    say "skipped: $1"
    count_tests 0 0 1
}

# may_install PACKAGE...: of Debian, if test.sh may install at all.
may_install() { [ "${install:-no}" = yes ] && (install_packages "$@"); }

# python_tools FOLDER REQUIREMENTS: a virtual environment that has them, made anew when they change.
python_tools() {
    local folder=$1 requirements=$2
    ! cmp -s "$requirements" "$folder/requirements.txt" || return 0
    rm -rf "$folder"
    python3 -m venv "$folder" >/dev/null 2>&1 ||
        { may_install python3-venv && python3 -m venv --clear "$folder"; } || return 1
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2 &&
        cp "$requirements" "$folder/requirements.txt"
}

# npm_tool FOLDER PACKAGE@VERSION: the package below FOLDER/node_modules.
npm_tool() {
    local folder=$1 package=$2
    command -v node >/dev/null && command -v npm >/dev/null || may_install nodejs npm || return 1
    mkdir -p "$folder"
    [ "$(cat "$folder/package" 2>/dev/null)" != "$package" ] || return 0
    npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix "$folder" \
        "$package" >&2 && printf '%s\n' "$package" >"$folder/package"
}

suite_contract() {
    build_for_tests
    make -s -C build-test print-routes || { count_tests 0 1 0 && return; }
    python_tools build-contract/venv tests/contract/requirements.txt ||
        { skip_suite "no openapi-spec-validator from PyPI" && return; }
    PYTHON=$PWD/build-contract/venv/bin/python run_python contract "$PWD/build-test/todo-app"
    npm_tool build-contract "$REDOCLY" || { skip_suite "no Redocly CLI from npm" && return; }
    check "redocly lint finds nothing in docs/openapi.yaml" lint_contract
}

lint_contract() {
    REDOCLY_TELEMETRY=off build-contract/node_modules/.bin/redocly lint \
        --config tests/contract/redocly.yaml --max-problems 1000 docs/openapi.yaml \
        >build-contract/lint.log 2>&1
    local status=$?
    # A warning is no failure for redocly, but it is one here.
    [ $status -eq 0 ] && ! grep -q -i 'warning' build-contract/lint.log && return
    cat build-contract/lint.log >&2
    return 1
}

suite_docs() { build_for_tests && run_python docs "$PWD/build-test/todo-app"; }

suite_browser() {
    build_for_tests
    command -v chromium >/dev/null || may_install chromium ||
        { skip_suite "no Chromium" && return; }
    npm_tool build-browser "$PLAYWRIGHT" || { skip_suite "no playwright-core from npm" && return; }
    scripts/fetch-swagger-ui.sh build-browser/swagger-ui ||
        { skip_suite "no Swagger UI from npm" && return; }
    run_python browser "$PWD/build-test/todo-app"
}

suite_observability() {
    build_for_tests
    python_tools build-observability/venv tests/observability/requirements.txt ||
        { skip_suite "no PyYAML from PyPI" && return; }
    PYTHON=$PWD/build-observability/venv/bin/python run_python observability "$PWD/build-test/todo-app"
}

suite_schemathesis() {
    build_for_tests
    python_tools build-schemathesis/venv tests/schemathesis/requirements.txt ||
        { skip_suite "no schemathesis from PyPI" && return; }
    PYTHON=$PWD/build-schemathesis/venv/bin/python run_python schemathesis "$PWD/build-test/todo-app"
}
