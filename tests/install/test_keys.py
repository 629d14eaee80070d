# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The program's help, its manuals, its sample configuration and its completion name the same keys."""

import re
import subprocess
import tempfile

from install.installed import InstalledCase, help_options, keys
from support.stack import app_program, clean_environment


def run(*arguments):
    return subprocess.run([app_program(), *map(str, arguments)], capture_output=True, text=True,
                          env=clean_environment(), check=False)


def plain(roff):
    return roff.replace("\\-", "-").replace("\\&", "").replace("\\e", "\\")


class Keys(InstalledCase):
    def test_help_has_keys(self):
        self.assertGreater(len(keys()), 10)
        self.assertEqual(len(keys()), len(set(keys())))

    def test_sample_configuration(self):
        named = re.findall(r"^#([a-z0-9_]+):", self.read("etc/todo-app/todo-app.yaml"), re.MULTILINE)
        self.assertEqual(named, keys())

    def test_manual_of_the_configuration(self):
        text = self.read("share/man/man5/todo-app.yaml.5").split(".SH KEYS")[1].split(".SH")[0]
        self.assertEqual(re.findall(r"^\.B (\w+)$", text, re.MULTILINE), keys())

    def test_manual_of_the_program(self):
        text = plain(self.read("share/man/man1/todo-app.1").split(".SH OPTIONS")[1].split(".SH")[0])
        self.assertEqual(re.findall(r"^\.BR (--[a-z0-9-]+) .* (TODO_\w+)$", text, re.MULTILINE),
                         [(option, variable) for option, variable, _, _ in help_options()])
        self.assertIn("--config", text)

    def test_manual_tells_each_default(self):
        text = plain(self.read("share/man/man5/todo-app.yaml.5"))
        for _, _, _, facts in help_options():
            self.assertIn(facts, text)

    def test_manual_names_each_command(self):
        commands = run("--help").stdout.split("\nCommands", 1)[1].split("\nConfiguration\n")[0]
        named = re.findall(r"^  ((?:--)?[a-z][a-z-]*)", commands, re.MULTILINE)
        self.assertIn("backup", named)
        text = plain(self.read("share/man/man1/todo-app.1").split(".SH COMMANDS")[1].split(".SH")[0])
        self.assertEqual([line.split()[1] for line in text.splitlines() if line.startswith(".B ")],
                         named)

    def test_manuals_have_no_faults(self):
        for page in ("man1/todo-app.1", "man5/todo-app.yaml.5"):
            ran = subprocess.run(["man", "--warnings", "-l", self.root / "share/man" / page],
                                 capture_output=True, text=True, check=False,
                                 env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"})
            self.assertEqual((ran.returncode, ran.stderr), (0, ""))


class Sample(InstalledCase):
    def check(self, text):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(text)
            file.flush()
            ran = run("--config", file.name, "--print-config")
            self.assertEqual((ran.returncode, ran.stderr), (0, ""))
            return ran.stdout

    def test_changes_nothing_as_it_is(self):
        defaults = self.check("")
        self.assertEqual(self.check(self.read("etc/todo-app/todo-app.yaml")), defaults)

    def test_shows_the_defaults(self):
        uncommented = re.sub(r"^#([a-z0-9_]+:)", r"\1", self.read("etc/todo-app/todo-app.yaml"),
                             flags=re.MULTILINE)
        self.assertEqual(self.check(uncommented), self.check(""))


COMPLETE = r"""
. "$1"
todo-app() { :; }
COMP_WORDS=("$2" "${@:3}") COMP_CWORD=$(($# - 2))
compopt() { :; }
_todo_app
printf '%s\n' "${COMPREPLY[@]}"
"""


class Completion(InstalledCase):
    def complete(self, *words):
        script = self.root / "share/bash-completion/completions/todo-app"
        ran = subprocess.run(["bash", "-c", COMPLETE, "bash", script, app_program(), *words],
                             capture_output=True, text=True, check=False)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        return ran.stdout.split()

    def test_offers_each_option_and_command(self):
        offered = self.complete("--")
        self.assertLessEqual({option for option, _, _, _ in help_options()}, set(offered))
        self.assertLessEqual({"--config", "--check-config", "--help", "--version"}, set(offered))

    def test_offers_what_begins_so(self):
        self.assertEqual(self.complete("--log-l"), ["--log-level"])

    def test_offers_the_choices_of_an_option(self):
        self.assertEqual(self.complete("--log-level", ""),
                         ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])

    def test_offers_files_for_a_path(self):
        folder = self.root / "share/todo-app"
        self.assertEqual(self.complete("--database", f"{folder}/open"), [f"{folder}/openapi.yaml"])

    def test_offers_nothing_for_a_number(self):
        self.assertEqual(self.complete("--workers", ""), [])
