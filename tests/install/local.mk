# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suite of the classic host.

EXTRA_DIST += tests/install/installed.py tests/install/test_debian.py \
	tests/install/test_files.py \
	tests/install/test_keys.py tests/install/test_units.py
