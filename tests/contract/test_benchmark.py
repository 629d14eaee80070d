# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The benchmark asks for all that the document has."""

import sys
import unittest
import urllib.parse

from document import OPERATIONS
from support.process import ROOT

sys.path.append(str(ROOT / "tests/bench"))

import workloads  # noqa: E402


class Benchmark(unittest.TestCase):
    def test_statistics_with_each_filter(self):
        stats = next(operation for operation in OPERATIONS if operation.name == "getStats")
        asked = {name for query in workloads.FILTERS + workloads.STATS_FILTERS
                 for name in urllib.parse.parse_qs(query)}
        self.assertEqual(asked, stats.names("query"))
