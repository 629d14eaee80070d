# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Unit tests mirror fcgi-app/: one program per folder, one file per module.

TESTS += $(check_PROGRAMS)
EXTRA_DIST += tests/unit/suite.h
