# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks.csv: RFC 4180, every field, nothing that a spreadsheet takes for a formula, and as many
# rows as there are.

import csv
import io
import unittest

from apitest import ApiTest, in_threads

COLUMNS = ("id", "description", "completed", "priority", "category", "due_date", "notes",
           "parent_id", "depends_on", "recurring_type", "recurring_interval", "archived",
           "created_at", "updated_at", "completed_at", "version", "overdue", "days_overdue",
           "blocked", "subtasks_total", "subtasks_completed", "dependencies_total",
           "dependencies_completed")
FORMULA = "=+-@\t\r\n"


def cell(value):
    """What a value of the JSON is as a cell."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def safe(text):
    return "'" + text if text and text[0] in FORMULA else text


def row_of(task):
    recurring = task["recurring"] or {"type": None, "interval": None}
    values = task | {
        "description": safe(task["description"]), "notes": safe(task["notes"]),
        "depends_on": " ".join(map(str, task["depends_on"])),
        "recurring_type": recurring["type"], "recurring_interval": recurring["interval"],
        "subtasks_total": task["subtasks"]["total"],
        "subtasks_completed": task["subtasks"]["completed"],
        "dependencies_total": task["dependencies"]["total"],
        "dependencies_completed": task["dependencies"]["completed"]}
    return [cell(values[name]) for name in COLUMNS]


class CsvTest(ApiTest):
    def table(self, query=""):
        answer = self.call("GET", "/tasks.csv" + (f"?{query}" if query else ""))
        self.assert_status(answer, 200)
        text = answer.body.decode("utf-8")
        self.assertTrue(text.endswith("\r\n"))
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        self.assertEqual(rows[0], list(COLUMNS))
        return rows[1:]

    def assert_table(self, query="", listed=None):
        """The rows are the tasks of the list with the same filters and order."""
        tasks = self.pages(query if listed is None else listed, 200)
        self.assertEqual(self.table(query), [row_of(task) for task in tasks], query)


class AnswerTest(CsvTest):
    fresh = True

    def test_without_tasks_there_is_the_header_record(self):
        answer = self.call("GET", "/tasks.csv")
        self.assertEqual(answer.body.decode(), ",".join(COLUMNS) + "\r\n")

    def test_headers(self):
        answer = self.call("GET", "/tasks.csv?today=2026-01-30")
        self.assertEqual(answer.headers["Content-Type"],
                         "text/csv; charset=utf-8; header=present")
        self.assertEqual(answer.headers["Content-Disposition"], 'attachment; filename="tasks.csv"')
        self.assertEqual(answer.headers["X-Today"], "2026-01-30")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_head(self):
        head = self.call("HEAD", "/tasks.csv")
        self.assert_status(head, 200)
        self.assertEqual(head.headers["Content-Type"], "text/csv; charset=utf-8; header=present")

    def test_no_byte_order_mark(self):
        self.assertTrue(self.call("GET", "/tasks.csv").body.startswith(b"id,"))

    def test_other_methods(self):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = self.call(method, "/tasks.csv")
            self.assert_problem(answer, "method-not-allowed")
            self.assertEqual(answer.tokens("Allow"), {"GET", "HEAD", "OPTIONS"})

    def test_pages_and_views_are_refused(self):
        answer = self.call("GET", "/tasks.csv?limit=5&cursor=x&view=flat&count=true&colour=red")
        self.assert_faults(answer, "parameter limit", "parameter cursor", "parameter view",
                           "parameter count", "parameter colour")

    def test_faulty_filters(self):
        answer = self.call("GET", "/tasks.csv?completed=maybe&sort=colour&today=tomorrow")
        self.assert_faults(answer, "parameter completed", "parameter sort", "parameter today")
        self.assertIsNone(answer.headers["Content-Disposition"])


class RowsTest(CsvTest):
    fresh = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parent = cls.create("parent", due_date="2020-01-01", priority="high", category="work")
        cls.create("child", parent_id=parent["id"], completed=True)
        cls.create("waits", depends_on=[parent["id"], parent["id"] + 1])
        cls.create("again", due_date="2030-01-31", recurring={"type": "monthly", "interval": 2})
        for text in ('a,b', 'say "no"', "=1+1", "+49 30 1234", "-5 degrees", "@home", "it's",
                     "Straße, 日本語 😀", "e\u0301\u202e", " 'quoted' ", '=HYPERLINK("http://a";"b")'):
            cls.create(text)
        for notes in ("one\ntwo", "one\r\ntwo", "\n=1", "\t=1", "\r=1", "=cmd|'/C calc'!A0", '"', "x" * 20000):
            cls.create("notes", notes=notes)
        cls.archive(cls.create("archived", completed=True))

    def test_every_field_of_every_task(self):
        self.assert_table()

    def test_texts_come_back_as_they_were(self):
        rows, tasks = self.table(), self.pages("", 200)
        for row, task in zip(rows, tasks, strict=True):
            for column, name in ((1, "description"), (6, "notes")):
                text = row[column]
                self.assertNotIn(text[:1] or "x", FORMULA)
                if text.startswith("'") and text[1:2] and text[1] in FORMULA:
                    text = text[1:]
                self.assertEqual(text, task[name])

    def test_filters(self):
        for query in ("completed=true", "priority=high", "category=other", "archived=any",
                      "archived=true", "due=overdue&today=2026-01-30", "due=none", "q=notes",
                      "due_after=2025-01-01", "parent_id=1", "parent_id=none", "recurring=true",
                      "blocked=true", "today=2031-01-01", "q=nothing+has+this"):
            with self.subTest(query):
                self.assert_table(query)

    def test_order(self):
        for sort in ("id", "-id", "priority", "due_date,-description", "-created_at",
                     "-updated_at,id", "description"):
            with self.subTest(sort):
                self.assert_table(f"sort={sort}")


class LongTest(CsvTest):
    """More than one part: pages of rows, and rows that are long."""

    fresh = True
    COUNT = 1300

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        def create(thread):
            for number in range(cls.COUNT // 10):
                cls.create(f"task {thread} {number}", priority=("high", "low")[number % 2],
                           notes="語" * 20000 if number % 60 == 59 else "short")
        in_threads(10, create)

    def test_all_rows_in_order(self):
        for query in ("", "sort=-id", "sort=priority,-description", "q=task", "priority=low"):
            with self.subTest(query):
                self.assert_table(query)

    def test_no_length_but_an_end(self):
        answer = self.call("GET", "/tasks.csv")
        self.assertIsNone(answer.headers["Content-Length"])
        self.assertEqual(answer.headers["Transfer-Encoding"], "chunked")
        self.assertEqual(len(self.table()), self.COUNT)

    def test_head_has_the_fields_and_no_body(self):
        head = self.call("HEAD", "/tasks.csv")
        self.assert_status(head, 200)
        self.assertEqual(head.headers["Content-Disposition"], 'attachment; filename="tasks.csv"')

    def test_writes_meanwhile_neither_wait_nor_harm(self):
        before = {row[0] for row in self.table()}
        def work(thread):
            if thread % 2 == 0:
                return {row[0] for row in self.table("sort=id")}
            return [self.create(f"meanwhile {thread} {number}")["id"] for number in range(20)]
        results = in_threads(4, work)
        for thread in (0, 2):
            self.assertLessEqual(before, results[thread])
        for number in results[1] + results[3]:
            self.assert_status(self.call("DELETE", f"/tasks/{number}"), 204)

    def test_logged_with_all_its_bytes(self):
        answer = self.call("GET", "/tasks.csv", headers={"X-Request-ID": "long-table"})
        lines = [line for line in self.stack.app.log() if line.get("request_id") == "long-table"]
        self.assertEqual([line["bytes"] for line in lines], [len(answer.body)])


if __name__ == "__main__":
    unittest.main()
