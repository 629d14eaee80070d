# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suites that drive the running service; scripts/test.sh runs them.

EXTRA_DIST += \
	scripts/run.sh scripts/test.sh scripts/lib/common.sh scripts/lib/parallel.sh scripts/lib/suites.sh \
	scripts/lib/suites_fuzz.sh .ci/run \
	tests/support/__init__.py tests/support/fastcgi.py tests/support/http.py \
	tests/support/load.py tests/support/problems.py tests/support/process.py \
	tests/support/proxy.py tests/support/receiver.py tests/support/responder.py tests/support/run.py tests/support/sameness.py \
	tests/support/stack.py tests/support/standin.py \
	tests/log/test_log.py tests/metrics/exposition.py tests/metrics/test_metrics.py \
	tests/proxy/test_access_log.py tests/proxy/test_errors.py tests/proxy/test_routes.py \
	tests/proxy/test_security_headers.py tests/proxy/test_settings.py tests/proxy/test_status.py \
	tests/proxy/test_streams.py tests/proxy/test_tls.py tests/requirements.txt \
	tests/run/test_run.py tests/run/test_swagger_ui.py tests/sandbox/test_sandbox.py tests/stop/test_stop.py

# The way from Phase III.
EXTRA_DIST += \
	scripts/phase3-export.py tests/support/phase3.py tests/docs/test_migration.py
