# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Bodies that are not one well-formed JSON text in UTF-8: malformed-json, with line and column.

import unittest

from apitest import ApiTest

OPEN = b'{"description": "x", "notes": "'

MALFORMED = {
    "empty": b"", "white space only": b" \t\r\n ", "unfinished object": b'{"description": "x"',
    "unfinished string": b'{"description": "x', "unfinished name": b'{"descr', "brace": b"{",
    "comma at the end": b'{"description": "x",}', "comma at the start": b'{,"description": "x"}',
    "two commas": b'{"description": "x",,"notes": ""}',
    "no comma": b'{"description": "x" "notes": ""}',
    "no colon": b'{"description" "x"}', "no value": b'{"description":}', "colon twice": b'{"a"::1}',
    "single quotes": b"{'description': 'x'}", "no quotes": b'{description: "x"}',
    "comment": b'{"description": "x"} // why', "comment inside": b'{/* why */ "description": "x"}',
    "not a number": b'{"description": NaN}', "infinity": b'{"description": Infinity}',
    "minus infinity": b'{"description": -Infinity}', "True": b'{"completed": True}',
    "undefined": b'{"completed": undefined}', "hexadecimal": b'{"parent_id": 0x1}',
    "leading zero": b'{"parent_id": 01}', "leading plus": b'{"parent_id": +1}',
    "leading dot": b'{"parent_id": .5}', "trailing dot": b'{"parent_id": 1.}',
    "exponent alone": b'{"parent_id": 1e}', "minus alone": b'{"parent_id": -}',
    "name twice": b'{"description": "x", "description": "y"}',
    "name twice, escaped": b'{"description": "x", "\\u0064escription": "y"}',
    "name twice, inside": b'{"description": "x", "recurring": {"type": "daily", "type": "daily"}}',
    "text after it": b'{"description": "x"} x', "two texts": b'{"description": "x"}{}',
    "bracket after it": b'{"description": "x"}]', "NUL after it": b'{"description": "x"}\x00',
    "NUL before it": b'\x00{"description": "x"}', "NUL inside": OPEN + b'a\x00b"}',
    "line break in a string": OPEN + b'a\nb"}', "tab in a string": OPEN + b'a\tb"}',
    "control in a string": OPEN + b'a\x1fb"}', "unknown escape": OPEN + b'\\x41"}',
    "escaped quote style": OPEN + b"\\'\"}", "short unicode escape": OPEN + b'\\u12"}',
    "unicode escape of no hex": OPEN + b'\\u12g4"}', "lone high surrogate": OPEN + b'\\ud800"}',
    "lone low surrogate": OPEN + b'\\udc00"}', "surrogates swapped": OPEN + b'\\udc00\\ud800"}',
    "high surrogate and a letter": OPEN + b'\\ud800a"}',
    "two high surrogates": OPEN + b'\\ud800\\ud800"}',
    "invalid UTF-8": OPEN + b'\xff"}', "continuation alone": OPEN + b'\x80"}',
    "overlong NUL": OPEN + b'\xc0\x80"}', "overlong slash": OPEN + b'\xc0\xaf"}',
    "overlong, three bytes": OPEN + b'\xe0\x80\xaf"}',
    "overlong, four bytes": OPEN + b'\xf0\x80\x80\xaf"}',
    "surrogate in UTF-8": OPEN + b'\xed\xa0\x80"}', "surrogate pair in UTF-8":
        OPEN + b'\xed\xa0\xbd\xed\xb8\x80"}',
    "past Unicode": OPEN + b'\xf4\x90\x80\x80"}', "cut character": OPEN + b'\xe2\x82"}',
    "invalid UTF-8 in a name": b'{"desc\xff": "x"}', "invalid UTF-8 outside": b'{"a": \xff}',
    "byte order mark": b'\xef\xbb\xbf{"description": "x"}',
    "UTF-16": '{"description": "x"}'.encode("utf-16"), "UTF-16-LE": '{"a": 1}'.encode("utf-16-le"),
    "UTF-32": '{"a": 1}'.encode("utf-32"), "form": b"description=x", "XML": b"<description/>",
    "no-break space outside": b'{\xc2\xa0"description": "x"}', "array open": b"[",
    "array end": b"]",
    "array comma": b"[1,]", "bare word": b"x", "open quote": b'"',
    "deep nesting": b"[" * 100000, "deep nesting of objects": b'{"a":' * 50000,
}

# text, line, column (in characters) of the last character of the token at fault
PLACES = (
    (b'{"description": }', 1, 17), (b'{\n  "description": "x",\n  "notes": nope\n}', 3, 15),
    (b'{\r\n"a": 1,\r\n]', 3, 1), (b'{"\xc3\xa4\xc3\xb6\xc3\xbc": x}', 1, 9),
)


class MalformedJsonTest(ApiTest):
    def place(self, answer):
        problem = self.assert_problem(answer, "malformed-json")
        line, column = problem["line"], problem["column"]
        self.assertTrue(problem["detail"].startswith(f"line {line}, column {column}: "), problem)
        return line, column

    def test_each_kind_on_create(self):
        for name, raw in MALFORMED.items():
            with self.subTest(name):
                line, column = self.place(self.call("POST", "/tasks", raw=raw))
                self.assertLessEqual(1, line)
                self.assertLessEqual(line, raw.count(b"\n") + 1)
                self.assertLessEqual(1, column)

    def test_each_kind_on_patch_and_put(self):
        task = self.create()
        for name in ("empty", "unfinished object", "name twice", "text after it", "invalid UTF-8",
                     "lone high surrogate", "deep nesting"):
            for method in ("PATCH", "PUT"):
                with self.subTest(f"{method} {name}"):
                    self.place(self.call(method, f"/tasks/{task['id']}", raw=MALFORMED[name]))
        self.assert_unchanged(task)

    def test_line_and_column(self):
        for raw, line, column in PLACES:
            with self.subTest(raw):
                found = self.place(self.call("POST", "/tasks", raw=raw))
                self.assertEqual(found, (line, column))

    def test_nothing_of_the_body_is_told_back_raw(self):
        detail = self.call("POST", "/tasks", raw=b'{"a": "\x1b[31m\xff"}').json["detail"]
        self.assertNotIn("\x1b", detail)

    def test_white_space_around_is_fine(self):
        answer = self.call("POST", "/tasks", raw=b' \r\n\t{ "description" :\n"x" } \n\n')
        self.assert_status(answer, 201)


class WellFormedTest(ApiTest):
    """Well-formed, but not acceptable: validation, not malformed-json."""

    def test_escaped_nul_in_a_text(self):
        answer = self.call("POST", "/tasks",
                           raw=b'{"description": "a\\u0000b", "notes": "\\u0000"}')
        self.assert_faults(answer, "#/description", "#/notes")

    def test_escaped_nul_in_a_choice(self):
        answer = self.call("POST", "/tasks", raw=b'{"description": "x", "priority": "high\\u0000"}')
        self.assert_faults(answer, "#/priority")

    def test_escaped_nul_in_a_name(self):
        answer = self.call("POST", "/tasks", raw=b'{"description": "x", "a\\u0000b": 1}')
        self.assert_problem(answer, "validation")

    def test_number_beyond_every_machine(self):
        for number in (b"1e400", b"-1e400", b"1e999999999"):
            with self.subTest(number):
                answer = self.call("POST", "/tasks",
                                   raw=b'{"description": "x", "parent_id": %s}' % number)
                self.assert_problem(answer, "validation")

    def test_integer_beyond_64_bits(self):
        for number in ("9223372036854775808", "-9223372036854775809", "1" * 60):
            with self.subTest(number):
                answer = self.call("POST", "/tasks", raw=b'{"description": "x", "parent_id": %s}'
                                   % number.encode())
                self.assert_faults(answer, "#/parent_id")

    def test_escapes_are_read(self):
        answer = self.call("POST", "/tasks",
                           raw=b'{"\\u0064escription": "\\u00e9\\ud83d\\ude00\\/\\"\\\\"}')
        self.assert_status(answer, 201)
        self.assertEqual(answer.json["description"], '\u00e9\U0001f600/"\\')

    def test_not_an_object(self):
        for raw in (b"[]", b'"x"', b"1", b"null", b"true", b'[{"description": "x"}]'):
            with self.subTest(raw):
                self.assert_faults(self.call("POST", "/tasks", raw=raw), "#")


if __name__ == "__main__":
    unittest.main()
