# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The options of the program that do not serve: --help, --version, --check-config, --print-config;
# and which mistakes stop a start. The database's are in test_start.py.

import unittest

from program import ProgramTest, run


class CommandLineTest(ProgramTest):
    def file(self, text):
        path = self.folder / "todo-app.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def assert_refused(self, result, *words):
        self.assertNotEqual(result.returncode, 0)
        self.assertGreater(result.returncode, 0, "killed by a signal")
        for word in words:
            self.assertIn(str(word), result.stderr)

    def test_version(self):
        result = run("--version")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertRegex(result.stdout, r"^todo-app 4\.\d+\.\d+")

    def test_help_names_every_option(self):
        result = run("--help")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for option in ("--help", "--version", "--check-config", "--print-config", "--healthcheck",
                       "--config", "--socket", "--database", "--queue-limit", "--log-level"):
            self.assertIn(option, result.stdout)

    def test_help_wins_over_mistakes(self):
        self.assertEqual(run("--queue-limit", "x", "--help").returncode, 0)

    def test_unknown_option(self):
        self.assert_refused(run("--colour", "red"), "--colour")
        self.assert_refused(run("stray"), "stray")

    def test_bad_value_of_an_option(self):
        for option, value in (("--queue-limit", "0"), ("--queue-limit", "many"),
                              ("--log-level", "LOUD"), ("--workers", "-1")):
            with self.subTest(f"{option} {value}"):
                self.assert_refused(run("--check-config", option, value), value)

    def test_check_config(self):
        path = self.file("queue_limit: 7\nlog_level: DEBUG\n")
        self.assertEqual(run("--config", path, "--check-config").returncode, 0)

    def test_check_config_tells_file_line_value_and_what_is_allowed(self):
        for text, words in (
                ("queue_limit: 7\ncolour: red\n", ("todo-app.yaml:2", "colour")),
                ("queue_limit: lots\n", ("todo-app.yaml:1", "queue_limit", "lots")),
                ("log_level: LOUD\n", ("todo-app.yaml:1", "log_level", "LOUD", "DEBUG")),
                ("queue_limit: 1\nqueue_limit: 2\n", ("todo-app.yaml:2", "queue_limit")),
                ("queue_limit: [1\n", ("todo-app.yaml",))):
            with self.subTest(text):
                path = self.file(text)
                self.assert_refused(run("--config", path, "--check-config"), *words)
                self.assert_refused(run("--config", path), *words)

    def test_missing_file(self):
        self.assert_refused(run("--check-config", "--config", self.folder / "none.yaml"),
                            "none.yaml")

    def test_environment(self):
        self.assertEqual(run("--check-config", environment={"TODO_QUEUE_LIMIT": "9"}).returncode, 0)
        for name, value in (("TODO_QUEUE_LIMIT", "many"), ("TODO_COLOUR", "red")):
            with self.subTest(name):
                self.assert_refused(run("--check-config", environment={name: value}), name)

    def test_print_config_shows_which_value_wins(self):
        path = self.file("queue_limit: 11\nbatch_limit: 12\nworkers: 13\n")
        result = run("--print-config", "--config", path, "--workers", "15",
                     environment={"TODO_BATCH_LIMIT": "14", "TODO_WORKERS": "16"})
        self.assertEqual(result.returncode, 0, result.stderr)
        lines = result.stdout.splitlines()
        for line in ("queue_limit: 11", "batch_limit: 14", "workers: 15"):
            self.assertTrue(any(one.startswith(line) for one in lines), result.stdout)

    def test_print_config_can_be_read_back(self):
        first = run("--print-config", "--queue-limit", "77", "--cors-origins", "https://a.example")
        path = self.file(first.stdout)
        self.assertEqual(run("--print-config", "--config", path).stdout, first.stdout)


if __name__ == "__main__":
    unittest.main()
