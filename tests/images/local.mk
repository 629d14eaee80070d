# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suite of the container images.

EXTRA_DIST += tests/images/setup.sh
