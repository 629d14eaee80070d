# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Texts in every script come back as they were sent, byte by byte.

import json
import unittest
import urllib.parse

from apitest import ApiTest

TEXTS = {
    "combining": "e\u0301 n\u0303 a\u0328\u0301", "composed": "\u00e9 \u00f1",
    "many marks": "Z" + "\u0351\u0489\u032e" * 60, "Hebrew": "\u05e9\u05dc\u05d5\u05dd",
    "Arabic": "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645",
    "right-to-left marks": "a\u202eb\u202cc\u2066d\u2069",
    "Thai": "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
    "Hindi": "\u0928\u092e\u0938\u094d\u0924\u0947", "Chinese": "\u4f60\u597d\uff0c\u4e16\u754c",
    "Korean, decomposed": "\u1112\u1161\u11ab", "emoji": "\U0001f600\U0001f389",
    "emoji family": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "flags": "\U0001f1ea\U0001f1fa", "skin tone": "\U0001f44d\U0001f3fd",
    "zero width": "a\u200bb\u2060c",
    "only zero width": "\u200b", "byte order mark inside": "a\ufeffb", "replacement": "\ufffd",
    "noncharacters": "a\ufffe\uffff\U0010ffff", "private use": "\ue000\U000f0000",
    "separators inside": "a\u2028b\u2029c", "first beyond the plane": "\U00010000",
    "capital sharp s": "Stra\u1e9ee", "dotless i": "\u0131\u0130", "ligature": "\ufb01ne",
    "mathematical": "\U0001d54f\U0001d4ea", "tags": "a\U000e0041\U000e007f",
    "quotes": "\"'`\u201c\u201d",
    "backslashes": "\\\\n\\u0000\\", "markup": "<script>&amp;</script>",
    "SQL": "'; DROP TABLE task; --", "format": "%s%n%d{0}${x}$(x)", "null word": "null",
    "number": "0",
}


class UnicodeTest(ApiTest):
    def test_texts_come_back_unchanged(self):
        for name, text in TEXTS.items():
            with self.subTest(name):
                task = self.create(text, notes=text)
                self.assertEqual((task["description"], task["notes"]), (text, text))
                self.assert_unchanged(task)

    def test_as_escapes_and_as_bytes_is_the_same(self):
        for name, text in TEXTS.items():
            with self.subTest(name):
                for raw in (json.dumps({"description": text}).encode(),
                            json.dumps({"description": text}, ensure_ascii=False).encode()):
                    answer = self.call("POST", "/tasks", raw=raw)
                    self.assert_status(answer, 201)
                    self.assertEqual(answer.json["description"], text)

    def test_each_is_found_by_its_own_text(self):
        for name, text in TEXTS.items():
            with self.subTest(name):
                task = self.create(f"<{text}>")["id"]
                found = self.listed("sort=-id&limit=200&q=" + urllib.parse.quote(text, safe=""))
                self.assertIn(task, found)

    def test_texts_are_not_normalised(self):
        composed, decomposed = self.create("caf\u00e9"), self.create("cafe\u0301")
        self.assertNotEqual(composed["description"], decomposed["description"])

    def test_lines_of_every_kind_in_notes(self):
        notes = "a\nb\r\nc\rd\te\u2028f\u2029g"
        self.assert_unchanged(self.create(notes=notes))

    def test_limits_count_code_points_not_marks_joined(self):
        family = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"  # seven code points
        self.create(family * 142)
        answer = self.call("POST", "/tasks", {"description": family * 143})
        self.assert_faults(answer, "#/description")

    def test_answers_say_and_are_utf8(self):
        task = self.create("\u00e9\U0001f600")
        body = self.call("GET", f"/tasks/{task['id']}").body
        self.assertEqual(json.loads(body.decode("utf-8"))["description"], "\u00e9\U0001f600")


if __name__ == "__main__":
    unittest.main()
