# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Documents. The contract is installed where the proxy's example settings look for it.

dist_pkgdata_DATA = docs/openapi.yaml

EXTRA_DIST += docs/admin.md
