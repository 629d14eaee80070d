# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# For tests of API keys: a file of them in a folder of its own, made by the program's own command.

import pathlib
import tempfile

from program import run

SCOPES = ("read", "write", "admin")


class KeyFile:
    """A file of keys; `new` gives the text of a key."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="todo-keys-")
        self.path = pathlib.Path(self._folder.name, "keys")

    def close(self):
        self._folder.cleanup()

    def command(self, *words):
        return run("key", *words, "--api-keys-file", self.path)

    def new(self, name, *scopes):
        options = ["--scopes", ",".join(scopes)] if scopes else []
        result = self.command("new", name, *options)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    def ids(self):
        """The id of each key by its name."""
        result = self.command("list")
        assert result.returncode == 0, result.stderr
        rows = [line.split() for line in result.stdout.splitlines()]
        return {row[3]: row[0] for row in rows}

    def revoke(self, name):
        result = self.command("revoke", self.ids()[name])
        assert result.returncode == 0, result.stderr


def bearer(key):
    return {"Authorization": f"Bearer {key}"}
