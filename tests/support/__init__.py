# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""What the tests of the running service share. Put tests/ on PYTHONPATH and import support.stack."""
