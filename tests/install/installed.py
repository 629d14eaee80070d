# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""`make install` into a folder, and a way to run programs as if that folder's content lay at /usr/local.

The build folder is the program's own: that of TODO_APP."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support.stack import app_program

PREFIX = pathlib.Path("/usr/local")


def build_folder():
    return app_program().parent


def make(*arguments):
    ran = subprocess.run(["make", "-s", "-C", build_folder(), *map(str, arguments)],
                         capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise AssertionError(f"make {arguments}: {ran.stdout}{ran.stderr}")
    return ran


def install(target):
    return make("install", f"DESTDIR={target}")


def uninstall(target):
    return make("uninstall", f"DESTDIR={target}")


def files(target):
    """Modes of all files and links below the target, by path from there."""
    return {str(path.relative_to(target)): path.lstat().st_mode & 0o7777
            for path in target.rglob("*") if not path.is_dir() or path.is_symlink()}


def inside(target, script, *arguments, **keywords):
    """Runs a shell script in a mount namespace in which /usr/local is the target's."""
    mounted = f'mount --bind "{target}{PREFIX}" {PREFIX} && shift 0 && {script}'
    return subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", mounted, "sh", *arguments],
        capture_output=True, text=True, check=False, **keywords)


def help_options(program=None):
    """Of each key: its option, variable and facts, as --help tells them."""
    text = subprocess.run([program or app_program(), "--help"], capture_output=True, text=True,
                          check=True).stdout
    return re.findall(r"^  (--[a-z0-9-]+) +(TODO_[A-Z0-9_]+)(?:    \*)?\n +(.*)\n +(.*)$", text,
                      re.MULTILINE)


def keys():
    return [variable.removeprefix("TODO_").lower() for _, variable, _, _ in help_options()]


class InstalledCase(unittest.TestCase):
    """One installation for all tests of a class, which do not change it."""

    @classmethod
    def setUpClass(cls):
        cls.target = pathlib.Path(tempfile.mkdtemp(prefix="todo-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.target, ignore_errors=True)
        install(cls.target)
        cls.root = cls.target / PREFIX.relative_to("/")

    def read(self, path):
        return (self.root / path).read_text(encoding="utf-8")
