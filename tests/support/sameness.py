# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Whether an answer is what a document shows, apart from what no document can know."""

import re

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Mismatch(AssertionError):
    """A document shows something else than what happened."""


def same(shown, got, path="$"):
    """Raises Mismatch unless equal; instants and UUIDs are equal to any other, and "..." to any
    text."""
    if isinstance(shown, dict) and isinstance(got, dict):
        if set(shown) != set(got):
            raise Mismatch(f"{path}: members {sorted(set(shown) ^ set(got))} stand on one side only")
        for name, value in shown.items():
            same(value, got[name], f"{path}.{name}")
    elif isinstance(shown, list) and isinstance(got, list) and len(shown) == len(got):
        for index, pair in enumerate(zip(shown, got)):
            same(*pair, f"{path}[{index}]")
    elif isinstance(shown, str) and isinstance(got, str) and (shown == "..." or any(
            form.fullmatch(shown) and form.fullmatch(got) for form in (INSTANT, UUID))):
        pass
    elif (type(shown), shown) != (type(got), got):
        raise Mismatch(f"{path}: the document shows {shown!r}, the answer has {got!r}")
