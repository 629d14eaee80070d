# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The table of problem types, as the program's header has it."""

import re

from support.process import ROOT

ROW = re.compile(r'X\(PROBLEM_\w+,\s*"([a-z-]+)",\s*(\d+),\s*"([^"]+)"\)')


def problem_types():
    """[(slug, status, title)] from fcgi-app/http/problem.h."""
    text = (ROOT / "fcgi-app/http/problem.h").read_text(encoding="utf-8").replace("\\\n", "\n")
    rows = [(slug, int(status), title) for slug, status, title in ROW.findall(text)]
    assert rows, "no problem types found in problem.h"
    return rows
