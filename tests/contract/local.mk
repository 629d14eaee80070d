# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suites around the contract and the documents. print-routes tells them the route table.

noinst_PROGRAMS += print-routes
print_routes_SOURCES = tests/contract/print_routes.c
print_routes_LDADD = $(APP_LIBS)

EXTRA_DIST += \
	scripts/lib/contract_suites.sh \
	tests/contract/conflicts.py tests/contract/document.py tests/contract/examples.py tests/contract/gate.py \
	tests/contract/plausible.py tests/contract/redocly.yaml tests/contract/requirements.txt \
	tests/contract/test_benchmark.py tests/contract/test_document.py tests/contract/test_examples.py tests/contract/test_gate.py tests/contract/test_live.py tests/contract/test_openapi_json.py \
	tests/contract/test_routes.py tests/contract/world.py \
	tests/docs/run_examples.py tests/docs/test_guides.py tests/docs/test_run_examples.py \
	tests/browser/pages.mjs tests/browser/test_pages.py \
	tests/schemathesis/hooks.py tests/schemathesis/requirements.txt \
	tests/schemathesis/schemathesis.toml tests/schemathesis/test_generated.py docs/api.md
