# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suite of the classic host.

EXTRA_DIST +=
