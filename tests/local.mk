# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suites that drive the running service; scripts/test.sh runs them.

EXTRA_DIST += \
	tests/support/__init__.py tests/support/http.py tests/support/process.py \
	tests/support/proxy.py tests/support/responder.py tests/support/stack.py
