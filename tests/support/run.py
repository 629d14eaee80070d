#!/usr/bin/env python3
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Runs the unittest files test_*.py of a folder and counts them.

    run.py FOLDER [--counts FILE] [--match TEXT]

FILE gets one line: passed, failed and skipped tests. A subtest that fails makes its test fail."""

import argparse
import pathlib
import sys
import unittest


class Counting(unittest.TextTestResult):
    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        self.passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def count(result):
    """Errors outside of tests (an import, a setUpClass) count as failed tests."""
    bad = result.failures + result.errors
    failed = {getattr(test, "test_case", test) for test, _ in bad}
    return result.passed, len(failed) + len(result.unexpectedSuccesses), len(result.skipped)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--counts", type=pathlib.Path)
    parser.add_argument("--match")
    arguments = parser.parse_args()
    # Instead of this file's own folder, whose modules would hide the standard library's http.
    sys.path[0] = str(pathlib.Path(__file__).resolve().parents[1])
    loader = unittest.TestLoader()
    if arguments.match:
        loader.testNamePatterns = [f"*{arguments.match}*"]
    suite = loader.discover(str(arguments.folder), "test_*.py")
    result = unittest.TextTestRunner(verbosity=2, resultclass=Counting).run(suite)
    passed, failed, skipped = count(result)
    if arguments.counts:
        arguments.counts.write_text(f"{passed} {failed} {skipped}\n", encoding="ascii")
    sys.exit(0 if failed == 0 and passed + skipped > 0 else 1)


if __name__ == "__main__":
    main()
