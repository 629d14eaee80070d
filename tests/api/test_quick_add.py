# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Quick add and its preview: the grammar through the interface, faults, spans, and what holds for
# every POST.

import datetime
import unittest

from apitest import ApiTest, database_rows

LINE = "Buy milk !h @shopping due:2026-01-05 #2 litres"
DEFAULTS = {"priority": "medium", "category": "other", "due_date": None, "notes": ""}

# text: the fields that are not the defaults
UNDERSTOOD = {
    LINE: {"description": "Buy milk", "priority": "high", "category": "shopping",
           "due_date": "2026-01-05", "notes": "2 litres"},
    "plain": {"description": "plain"},
    "  many \t words\n here ": {"description": "many words here"},
    "!L x": {"description": "x", "priority": "low"},
    "x !Medium": {"description": "x", "priority": "medium"},
    "x !HIGH y": {"description": "x y", "priority": "high"},
    "x @Work": {"description": "x", "category": "work"},
    "x due:today": {"description": "x", "due_date": "2026-01-05"},
    "x due:tomorrow": {"description": "x", "due_date": "2026-01-06"},
    "x due:2028-02-29": {"description": "x", "due_date": "2028-02-29"},
    "x due:1970-01-01": {"description": "x", "due_date": "1970-01-01"},
    "due:9999-12-31 x": {"description": "x", "due_date": "9999-12-31"},
    "!x stays": {"description": "!x stays"},
    "@home stays": {"description": "@home stays"},
    "! @ a@work b!h": {"description": "! @ a@work b!h"},
    "\\!h \\@work \\#tag \\due:today": {"description": "!h @work #tag due:today"},
    "\\x \\ \\\\!h": {"description": "\\x \\ \\\\!h"},
    "x #one !h @work #two due:never": {"description": "x", "notes": "one !h @work #two due:never"},
    "x #": {"description": "x"},
    "x # two  spaces\nline ": {"description": "x", "notes": " two  spaces\nline "},
    "a#b": {"description": "a#b"},
    "日本語 !h ☕": {"description": "日本語 ☕", "priority": "high"},
}

REFUSED = ("", " ", "!h", "#only notes", "due:today", "x due:2026-02-30", "x due:", "x due:monday",
           "x due:1969-12-31", "x due:2026-1-5", "x !h !l", "x !h !h", "x @work @work",
           "x due:today due:today", "a" * 1001, "x #" + "n" * 20001, "x\u0000y", "x\u001by",
           "x" + " " * 25000)


class QuickAddTest(ApiTest):
    def add(self, text, query="?today=2026-01-05", **rest):
        return self.call("POST", "/tasks/quick-add" + query, {"text": text}, **rest)

    def preview(self, text, query="?today=2026-01-05", **rest):
        return self.call("POST", "/tasks/quick-add/preview" + query, {"text": text}, **rest)

    def test_what_is_understood(self):
        for text, fields in UNDERSTOOD.items():
            with self.subTest(text):
                expected = {**DEFAULTS, **fields}
                answer = self.add(text)
                self.assert_status(answer, 201)
                self.assert_task(answer.json, completed=False, parent_id=None, depends_on=[],
                                 recurring=None, version=1, **expected)
                self.assert_unchanged(self.read(answer.json))
                answer = self.preview(text)
                self.assert_status(answer, 200)
                self.assertEqual(answer.json["task"], expected)

    def test_what_is_refused(self):
        before = database_rows(self.stack.database)
        for text in REFUSED:
            for send in (self.add, self.preview):
                with self.subTest(f"{send.__name__} {text[:40]!r}"):
                    self.assert_faults(send(text), "#/text")
        self.assertEqual(database_rows(self.stack.database), before)

    def test_every_fault_is_told(self):
        for send in (self.add, self.preview):
            answer = send("!h !l @work @work due:never", "?today=never&x=1")
            self.assert_faults(answer, "parameter today", "parameter x", *["#/text"] * 4)

    def test_created_as_any_task(self):
        answer = self.add(LINE)
        task = answer.json
        self.assertEqual(answer.headers["Location"], f"/api/v1/tasks/{task['id']}")
        self.assertEqual(answer.headers["ETag"], '"1"')
        self.assertEqual(answer.headers["X-Today"], "2026-01-05")
        self.assertIn(task["id"], self.listed("q=litres&limit=200"))

    def test_today_is_the_servers_date_otherwise(self):
        answer = self.preview("x due:tomorrow", query="")
        today = datetime.date.fromisoformat(answer.headers["X-Today"])
        self.assertEqual(answer.json["task"]["due_date"],
                         (today + datetime.timedelta(days=1)).isoformat())

    def test_there_is_no_day_after_the_last(self):
        answer = self.add("x due:tomorrow", "?today=9999-12-31")
        self.assert_faults(answer, "#/text")

    def test_bodies(self):
        for path in ("/tasks/quick-add", "/tasks/quick-add/preview"):
            for body, places in (({}, ("#/text",)), ({"text": None}, ("#/text",)),
                                 ({"text": ["x"]}, ("#/text",)), ([], ("#",)), ("x", ("#",)),
                                 ({"text": "x", "description": "y", "a/b": 1},
                                  ("#/description", "#/a~1b")),
                                 ({"Text": "x"}, ("#/Text", "#/text"))):
                with self.subTest(f"{path} {body}"):
                    self.assert_faults(self.call("POST", path, body), *places)
            self.assert_problem(self.call("POST", path, raw=b'{"text":"\xff"}'), "malformed-json")
            self.assert_problem(self.call("POST", path, raw=b""), "malformed-json")
            self.assert_problem(self.call("POST", path, raw=b"x", content_type="text/plain"),
                                "unsupported-media-type")

    def test_methods(self):
        for path in ("/tasks/quick-add", "/tasks/quick-add/preview"):
            answer = self.call("GET", path)
            self.assert_problem(answer, "method-not-allowed")
            self.assertEqual(answer.tokens("Allow"), {"POST", "OPTIONS"})

    def test_dry_run(self):
        before = database_rows(self.stack.database)
        answer = self.add("maybe !h", "?dry_run=true")
        self.assert_status(answer, 200)
        self.assert_task(answer.json, description="maybe", priority="high")
        self.assert_status(self.preview("maybe", "?dry_run=true"), 200)
        self.assertEqual(database_rows(self.stack.database), before)

    def test_idempotency_key(self):
        for number, send in enumerate((self.add, self.preview)):
            headers = {"Idempotency-Key": f"quick add {number}"}
            first, second = (send("once", headers=headers) for _ in range(2))
            self.assertEqual((second.status, second.body), (first.status, first.body))
            self.assertEqual(second.headers["Idempotency-Replayed"], "true")
            self.assertEqual(second.headers["X-Today"], "2026-01-05")
            self.assert_problem(send("twice", headers=headers), "idempotency-mismatch")
        self.assertEqual(len(self.listed("q=once")), 1)


class SpansTest(ApiTest):
    def spans(self, text):
        answer = self.call("POST", "/tasks/quick-add/preview?today=2026-01-05", {"text": text})
        self.assert_status(answer, 200)
        self.assertEqual(list(answer.json), ["task", "spans"])
        for span in answer.json["spans"]:
            self.assertEqual(list(span), ["field", "start", "end"])
        return [(span["field"], text[span["start"]:span["end"]]) for span in answer.json["spans"]]

    def test_every_field(self):
        self.assertEqual(self.spans(LINE), [
            ("description", "Buy milk"), ("priority", "!h"), ("category", "@shopping"),
            ("due_date", "due:2026-01-05"), ("notes", "#2 litres")])

    def test_code_points_not_bytes_nor_utf_16(self):
        self.assertEqual(self.spans("Käse 😀😀 !h\u3000e\u0301 #🍵 x"), [
            ("description", "Käse 😀😀"), ("priority", "!h"), ("description", "e\u0301"),
            ("notes", "#🍵 x")])

    def test_description_around_markers(self):
        self.assertEqual(self.spans(" a  b !h c \\!d @work e"), [
            ("description", "a  b"), ("priority", "!h"), ("description", "c \\!d"),
            ("category", "@work"), ("description", "e")])


if __name__ == "__main__":
    unittest.main()
