# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The fault suite: every test_*.py is found by the runner.

EXTRA_DIST += \
	tests/fault/faulttest.py tests/fault/injector.py tests/fault/ledger.py \
	tests/fault/operations.py tests/fault/shim.c tests/fault/test_clients.py \
	tests/fault/test_clock.py tests/fault/test_damage.py tests/fault/test_filesystem.py \
	tests/fault/test_injected.py tests/fault/test_kill.py tests/fault/test_stop_often.py \
	tests/fault/test_together.py
