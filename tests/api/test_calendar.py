# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks.ics: to-dos of RFC 5545, read by the icalendar package and, line by line, by hand; their
# recurrence rules expanded by dateutil and held against the service's own next dates.

import datetime
import unittest

from apitest import ApiTest, in_threads
from model import occurrence

try:
    import icalendar
    from dateutil import rrule
except ImportError:  # tests/requirements.txt is not installed
    icalendar = None

UTC = datetime.timezone.utc


def instant(text):
    """The whole second of an instant of the API: calendars know no fractions."""
    return datetime.datetime.fromisoformat(text).replace(microsecond=0)


def lines_of(body):
    """Unfolded."""
    return body.decode("utf-8").replace("\r\n ", "").split("\r\n")


class CalendarTest(ApiTest):
    def body(self, query=""):
        answer = self.call("GET", "/tasks.ics" + (f"?{query}" if query else ""))
        self.assert_status(answer, 200)
        return answer.body

    def lines(self, task, query="archived=any"):
        """The lines between BEGIN:VTODO and END:VTODO of one task."""
        lines = lines_of(self.body(query))
        start = lines.index(f"UID:task-{task['id']}@todo-app")
        return lines[start:lines.index("END:VTODO", start)]


class AnswerTest(CalendarTest):
    fresh = True

    def test_headers(self):
        answer = self.call("GET", "/tasks.ics?today=2026-01-30")
        self.assertEqual(answer.headers["Content-Type"], "text/calendar; charset=utf-8")
        self.assertEqual(answer.headers["Content-Disposition"], 'attachment; filename="tasks.ics"')
        self.assertEqual(answer.headers["X-Today"], "2026-01-30")
        head = self.call("HEAD", "/tasks.ics")
        self.assert_status(head, 200)
        self.assertEqual(head.headers["Content-Type"], "text/calendar; charset=utf-8")

    def test_without_tasks_it_still_has_a_component(self):
        lines = lines_of(self.body())
        self.assertEqual(lines[:2], ["BEGIN:VCALENDAR", "VERSION:2.0"])
        self.assertTrue(lines[2].startswith("PRODID:"))
        self.assertIn("BEGIN:VTIMEZONE", lines)
        self.assertEqual(lines[-2:], ["END:VCALENDAR", ""])

    def test_other_methods(self):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = self.call(method, "/tasks.ics")
            self.assert_problem(answer, "method-not-allowed")
            self.assertEqual(answer.tokens("Allow"), {"GET", "HEAD", "OPTIONS"})

    def test_pages_and_views_are_refused(self):
        answer = self.call("GET", "/tasks.ics?limit=5&cursor=x&view=tree&count=true&completed=2")
        self.assert_faults(answer, "parameter limit", "parameter cursor", "parameter view",
                           "parameter count", "parameter completed")


class LinesTest(CalendarTest):
    def test_a_plain_task(self):
        task = self.create("Buy milk", category="shopping")
        stamp = instant(task["created_at"]).strftime("%Y%m%dT%H%M%SZ")
        self.assertEqual(self.lines(task), [
            f"UID:task-{task['id']}@todo-app", f"DTSTAMP:{stamp}", f"CREATED:{stamp}",
            f"LAST-MODIFIED:{stamp}", "SUMMARY:Buy milk", "STATUS:NEEDS-ACTION", "PRIORITY:5",
            "CATEGORIES:shopping"])

    def test_uid_stays_when_the_task_changes(self):
        task = self.create("one")
        self.call("PATCH", f"/tasks/{task['id']}", {"description": "two"})
        self.assertIn("SUMMARY:two", self.lines(task))

    def test_priorities(self):
        for name, number in (("high", 1), ("medium", 5), ("low", 9)):
            self.assertIn(f"PRIORITY:{number}", self.lines(self.create(priority=name)))

    def test_categories(self):
        for name in ("work", "personal", "shopping", "other"):
            self.assertIn(f"CATEGORIES:{name}", self.lines(self.create(category=name)))

    def test_due_date(self):
        lines = self.lines(self.create(due_date="2026-02-28"))
        self.assertIn("DUE;VALUE=DATE:20260228", lines)
        self.assertFalse([line for line in lines if line.startswith(("DTSTART", "RRULE"))])
        lines = self.lines(self.create())
        self.assertFalse([line for line in lines if line.startswith("DUE")])

    def test_completed(self):
        task = self.create(completed=True)
        lines = self.lines(task)
        stamp = instant(task["completed_at"]).strftime("%Y%m%dT%H%M%SZ")
        for line in ("STATUS:COMPLETED", f"COMPLETED:{stamp}", "PERCENT-COMPLETE:100"):
            self.assertIn(line, lines)
        self.call("POST", f"/tasks/{task['id']}/reopen")
        lines = self.lines(task)
        self.assertIn("STATUS:NEEDS-ACTION", lines)
        self.assertFalse([line for line in lines if line.startswith(("COMPLETED", "PERCENT"))])

    def test_texts_are_escaped(self):
        lines = self.lines(self.create("a,b;c\\d \"e\"", notes="one\ntwo\r\nthree\rfour\tfive"))
        self.assertIn("SUMMARY:a\\,b\\;c\\\\d \"e\"", lines)
        self.assertIn("DESCRIPTION:one\\ntwo\\nthree\\nfour\tfive", lines)

    def test_empty_notes_have_no_line(self):
        lines = self.lines(self.create())
        self.assertFalse([line for line in lines if line.startswith("DESCRIPTION")])

    def test_nobody_can_add_a_property(self):
        task = self.create("x", notes="\r\nEND:VTODO\r\nBEGIN:VTODO\r\nUID:mine")
        self.assertIn("DESCRIPTION:\\nEND:VTODO\\nBEGIN:VTODO\\nUID:mine", self.lines(task))

    def test_subtasks_name_their_parent(self):
        parent = self.create("parent")
        child = self.create("child", parent_id=parent["id"])
        self.assertIn(f"RELATED-TO:task-{parent['id']}@todo-app", self.lines(child))
        self.assertFalse([line for line in self.lines(parent) if line.startswith("RELATED-TO")])

    def test_rules(self):
        for kind, interval, due, rule in (
                ("daily", 1, "2026-01-31", "FREQ=DAILY;INTERVAL=1"),
                ("weekly", 3, "2026-01-31", "FREQ=WEEKLY;INTERVAL=3"),
                ("monthly", 2, "2026-01-28", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28"),
                ("monthly", 1, "2026-01-01", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1"),
                ("monthly", 1, "2026-01-29",
                 "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29;BYSETPOS=-1"),
                ("monthly", 1, "2026-01-30",
                 "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
                ("monthly", 1000, "2026-01-31",
                 "FREQ=MONTHLY;INTERVAL=1000;BYMONTHDAY=28,29,30,31;BYSETPOS=-1")):
            with self.subTest(rule):
                lines = self.lines(self.create(due_date=due, recurring={
                    "type": kind, "interval": interval}))
                self.assertIn(f"RRULE:{rule}", lines)
                self.assertIn(f"DTSTART;VALUE=DATE:{due.replace('-', '')}", lines)
                self.assertIn(f"DUE;VALUE=DATE:{due.replace('-', '')}", lines)

    def test_the_rule_passes_to_the_next_instance(self):
        """A monthly task of the 31st, due on February 28, keeps the 31st in its rule."""
        task = self.create(due_date="2026-01-31", recurring={"type": "monthly", "interval": 1})
        answer = self.call("POST", f"/tasks/{task['id']}/complete")
        following = self.lines(answer.json["next_task"])
        self.assertIn("DTSTART;VALUE=DATE:20260228", following)
        self.assertIn("RRULE:FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", following)
        self.assertFalse([line for line in self.lines(task) if line.startswith("RRULE")])

    def test_lines_are_folded_at_75_octets_between_characters(self):
        for character in ("x", "é", "語", "😀", ",", "\\"):
            self.create(character * 1000, notes=character * 3000)
        body = self.body()
        self.assertNotIn(b"\n", body.replace(b"\r\n", b""))
        for line in body.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode("utf-8")
        self.assertIn("SUMMARY:" + "😀" * 1000, lines_of(body))


@unittest.skipIf(icalendar is None, "the packages of tests/requirements.txt are not installed")
class PackageTest(CalendarTest):
    fresh = True

    def todos(self, query=""):
        calendar = icalendar.Calendar.from_ical(self.body(query))
        self.assertEqual(calendar.errors, [])
        self.assertEqual(calendar["VERSION"], "2.0")
        for part in calendar.walk():
            self.assertEqual(part.errors, [])
        return {str(todo["UID"]): todo for todo in calendar.walk("VTODO")}

    def todo(self, task):
        return self.todos("archived=any")[f"task-{task['id']}@todo-app"]

    def test_it_reads_what_was_written(self):
        parent = self.create("parent")
        notes = "One, two; three\\four\nfive: \"six\"\n\n語" * 40
        task = self.create("Überprüfen, \"alles\"; 日本語 😀 " * 10 + "!", notes=notes,
                           priority="high", category="work", due_date="2026-02-28",
                           parent_id=parent["id"], completed=True)
        todo = self.todo(task)
        self.assertEqual(str(todo["SUMMARY"]), task["description"])
        self.assertEqual(str(todo["DESCRIPTION"]), notes)
        self.assertEqual(todo["PRIORITY"], 1)
        self.assertEqual(todo["STATUS"], "COMPLETED")
        self.assertEqual(todo["DUE"].dt, datetime.date(2026, 2, 28))
        self.assertEqual(todo["COMPLETED"].dt, instant(task["completed_at"]))
        self.assertEqual(todo["DTSTAMP"].dt, instant(task["updated_at"]))
        self.assertEqual(todo["CREATED"].dt, instant(task["created_at"]))
        self.assertEqual([str(name) for name in todo["CATEGORIES"].cats], ["work"])
        self.assertEqual(str(todo["RELATED-TO"]), f"task-{parent['id']}@todo-app")

    def test_filters_are_those_of_the_list(self):
        self.create("late", due_date="2020-01-01", priority="high")
        self.archive(self.create("archived", completed=True))
        for query in ("", "archived=true", "archived=any", "completed=true", "priority=high",
                      "due=overdue", "due=none", "q=arch", "parent_id=none", "recurring=true",
                      "sort=-id", "sort=description,-id"):
            with self.subTest(query):
                expected = [f"task-{task['id']}@todo-app" for task in self.pages(query, 200)]
                self.assertEqual(list(self.todos(query)), expected)

    def test_rules_give_the_service_s_own_dates(self):
        tasks = []
        for kind in ("daily", "weekly", "monthly"):
            for interval in (1, 2, 7, 12):
                for due in ("2026-01-01", "2026-01-28", "2027-12-29", "2026-01-30", "2026-01-31",
                            "2028-02-29"):
                    tasks.append(self.create(due_date=due, category="personal",
                                             recurring={"type": kind, "interval": interval}))
        todos = self.todos("category=personal")
        for task in tasks:
            with self.subTest(f"{task['recurring']} {task['due_date']}"):
                self.check_rule(task, todos[f"task-{task['id']}@todo-app"])

    def check_rule(self, task, todo):
        start = datetime.date.fromisoformat(task["due_date"])
        self.assertEqual(todo["DTSTART"].dt, start)
        rule = rrule.rrulestr(todo["RRULE"].to_ical().decode(),
                              dtstart=datetime.datetime.combine(start, datetime.time()))
        dates = [moment.date() for moment in rule[:30]]
        self.assertEqual(dates, [occurrence(start, task["recurring"], index)
                                 for index in range(30)])

    def test_many_tasks(self):
        def create(thread):
            for number in range(70):
                self.create(f"many {thread} {number}", notes="é" * 50)
        in_threads(10, create)
        self.assertEqual(len(self.todos("q=many")), 700)


if __name__ == "__main__":
    unittest.main()
