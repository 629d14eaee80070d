# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The program of the build that turns the document into JSON: what it reads and what it refuses."""

import json
import subprocess
import unittest

from support.stack import app_program


def convert(text):
    return subprocess.run([app_program().parent / "openapi-json"], input=text.encode(),
                          capture_output=True, check=False)


class OpenApiJson(unittest.TestCase):
    def assert_reads(self, text, value):
        ran = convert(text)
        self.assertEqual((ran.returncode, ran.stderr), (0, b""))
        self.assertEqual(json.loads(ran.stdout), value)

    def assert_refuses(self, text, reason):
        ran = convert(text)
        self.assertEqual((ran.returncode, ran.stdout), (1, b""))
        self.assertIn(reason, ran.stderr.decode())

    def test_unquoted_texts_have_types(self):
        self.assert_reads("[1, -2.5, 1e3, true, False, null, ~, 4.0.0, 007, yes, abc]",
                          [1, -2.5, 1000.0, True, False, None, None, "4.0.0", "007", "yes", "abc"])

    def test_quoted_texts_are_texts(self):
        self.assert_reads("""['1', "true", '', "a\\"\\u00e9"]""", ["1", "true", "", 'a"\u00e9'])

    def test_nesting_and_order(self):
        ran = convert("b: {y: [], x: {}}\na:\n  - [1]\n  - c: |\n      two\n      lines\n")
        self.assertEqual(ran.stdout, b'{"b":{"y":[],"x":{}},"a":[[1],{"c":"two\\nlines\\n"}]}\n')

    def test_missing_value_is_null(self):
        self.assert_reads("a:\nb: 1", {"a": None, "b": 1})

    def test_what_it_refuses(self):
        for text, reason in (("a: &x 1", "line 1: anchors"), ("a: 1\nb: *a", "line 2: "),
                             ("a: !!str 1", "line 1: anchors"), ("a: 1\n---\nb: 2", "one document"),
                             ("? [1]\n: 2", "a key must be a single text"),
                             ('"a\\"b": 1', "a key must be printable"), ("é: 1", "a key must be"),
                             ("a: [1", "line 2: "), ("", "there is no document"),
                             ("[" * 65 + "]" * 65, "too deep")):
            with self.subTest(text):
                self.assert_refuses(text, reason)


if __name__ == "__main__":
    unittest.main()
