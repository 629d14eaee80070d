# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The runner of guides notices what is wrong in a guide."""

import pathlib
import shutil
import tempfile
import unittest

from run_examples import Guide, Mismatch

INSTANT, OTHER = "2026-01-02T10:11:12.123Z", "2030-12-31T00:00:00.000Z"


class Runner(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-docs-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def run_guide(self, text, **replaced):
        path = self.folder / "guide.md"
        path.write_text(text, encoding="utf-8")
        Guide(path).run(self.folder, replaced)

    def refuse(self, text, reason):
        with self.assertRaisesRegex(Mismatch, reason):
            self.run_guide(text)

    def test_blocks_share_one_shell(self):
        self.run_guide("```sh\nx=1\n```\n\ntext\n\n```sh\necho $x\n```\n```text\n1\n```\n")

    def test_texts_are_replaced(self):
        self.run_guide("```sh\necho HERE\n```\n```text\nthere\n```\n", HERE="there")

    def test_failing_command(self):
        self.refuse("# x\n\n```sh\nfalse\n```\n", "line 3: the command failed")

    def test_failing_start_of_a_pipe(self):
        self.refuse("```sh\nfalse | cat\n```\n", "line 1: the command failed")

    def test_unset_variable(self):
        self.refuse("```sh\necho $nothing\n```\n", "unbound variable")

    def test_command_that_ends_the_shell(self):
        self.refuse("```sh\nexit 0\n```\n\n```sh\ntrue\n```\n", "line 1: the command failed")

    def test_other_text(self):
        self.refuse("```sh\necho a\n```\n```text\nb\n```\n", "line 1: the guide shows")

    def test_dots_stand_for_any_text(self):
        self.run_guide("```sh\nprintf 'a 1 z\\nb\\nc\\nd\\n'\n```\n```text\na ... z\n...\nd\n```\n")
        shutil.rmtree(self.folder / ".results")
        self.refuse("```sh\necho ab\n```\n```text\na...c\n```\n", "the guide shows")

    def test_json_is_compared_as_such(self):
        self.run_guide("```sh\necho '{\"b\":[1],\"a\":null}'\n```\n```json\n"
                       "{\"a\": null,\n \"b\": [1]}\n```\n")

    def test_instants_differ_but_not_in_form(self):
        guide = "```sh\necho '{{\"at\":\"{}\"}}'\n```\n```json\n{{\"at\":\"" + INSTANT + "\"}}\n```\n"
        self.run_guide(guide.format(OTHER))
        shutil.rmtree(self.folder / ".results")
        self.refuse(guide.format("2026-01-02"), r"\$\.at")

    def test_other_json(self):
        for shown, printed, reason in (('{"a": 1}', '{"a": 2}', r"\$\.a"), ('{"a": 1}', "{}", "members"),
                                       ("{}", '{"a": 1}', "members"), ("[1]", "[1, 2]", r"\$"),
                                       ("[0]", "[false]", r"\$\[0\]"), ("{}", "x", "no JSON")):
            with self.subTest(shown):
                shutil.rmtree(self.folder / ".results", ignore_errors=True)
                self.refuse(f"```sh\necho '{printed}'\n```\n```json\n{shown}\n```\n", reason)

    def test_http_shows_some_header_fields(self):
        answer = "```sh\nprintf 'HTTP/1.1 200 OK\\r\\nA: 1\\r\\nB: 2\\r\\n\\r\\n{{}}'\n```\n```http\n{}\n```\n"
        self.run_guide(answer.format("HTTP/1.1 200 OK\nB: ...\n\n{}"))
        for shown, reason in (("HTTP/1.1 201 Created\n\n{}", "201"), ("HTTP/1.1 200 OK\nC: 3\n\n{}", "C: 3"),
                              ("HTTP/1.1 200 OK\n\n{\"a\": 1}", "members")):
            shutil.rmtree(self.folder / ".results")
            self.refuse(answer.format(shown), reason)

    def test_marked_block_is_not_run(self):
        self.run_guide("<!-- not run: needs a cluster -->\n```sh\nfalse\n```\n\n```sh\ntrue\n```\n")

    def test_block_after_other_text_is_no_output(self):
        self.run_guide("```sh\necho a\n```\n\nSee:\n\n```text\nb\n```\n")

    def test_guide_without_a_command(self):
        self.refuse("# Nothing\n", "no command")

    def test_block_without_a_language(self):
        self.refuse("```sh\ntrue\n```\n\n```\nfalse\n```\n", "line 5: a block without a language")

    def test_open_block(self):
        self.refuse("```sh\ntrue\n", "not closed")


if __name__ == "__main__":
    unittest.main()
