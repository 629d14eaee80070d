# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Entity tags, If-None-Match and If-Match (RFC 9110 section 13).

import unittest

from apitest import ApiTest, in_threads

MALFORMED = ("1", "", '"1', "'1'", '"1" "2"', "W/1", '""', "**")


class IfNoneMatchTest(ApiTest):
    def get(self, task, tag, method="GET"):
        return self.call(method, f"/tasks/{task['id']}", headers={"If-None-Match": tag})

    def test_same_tag(self):
        task = self.create()
        for method in ("GET", "HEAD"):
            answer = self.get(task, '"1"', method)
            self.assert_status(answer, 304)
            self.assertEqual(answer.headers["ETag"], '"1"')
            self.assertEqual(answer.body, b"")

    def test_forms_that_match(self):
        task = self.create()
        for tag in ('W/"1"', '"7", "1"', '"1","7"', ' "x" ,\t"1" ', '*', 'W/"7", W/"1"'):
            with self.subTest(tag):
                self.assert_status(self.get(task, tag), 304)

    def test_forms_that_do_not(self):
        task = self.create()
        for tag in ('"2"', 'W/"2"', '"7", "8"', '"11"', '"1-d1"', *MALFORMED):
            with self.subTest(tag):
                self.assert_status(self.get(task, tag), 200)

    def test_changed_task(self):
        task = self.create()
        self.call("PATCH", f"/tasks/{task['id']}", {"notes": "new"})
        answer = self.get(task, '"1"')
        self.assert_status(answer, 200)
        self.assertEqual(answer.headers["ETag"], '"2"')

    def test_tag_changes_with_the_days_overdue(self):
        task = self.create(due_date="2026-01-05")
        path = f"/tasks/{task['id']}?today="
        first = self.call("GET", path + "2026-01-06")
        self.assertEqual(first.headers["ETag"], '"1-d1"')
        same = self.call("GET", path + "2026-01-06", headers={"If-None-Match": '"1-d1"'})
        self.assert_status(same, 304)
        later = self.call("GET", path + "2026-01-07", headers={"If-None-Match": '"1-d1"'})
        self.assert_status(later, 200)
        self.assertEqual(later.headers["ETag"], '"1-d2"')

    def test_tag_changes_with_what_others_do(self):
        needed, parent = self.create(), self.create()
        task = self.create(depends_on=[needed["id"]])
        child = self.create(parent_id=parent["id"])
        tags = {one["id"]: self.call("GET", f"/tasks/{one['id']}").headers["ETag"]
                for one in (task, parent)}
        self.call("POST", f"/tasks/{needed['id']}/complete")
        self.call("POST", f"/tasks/{child['id']}/complete")
        for number, tag in tags.items():
            answer = self.call("GET", f"/tasks/{number}", headers={"If-None-Match": tag})
            self.assert_status(answer, 200)

    def test_unknown_task(self):
        self.assert_problem(self.get({"id": 999999}, "*"), "not-found")


class IfMatchTest(ApiTest):
    """Each write on one task, by the name of its operation."""

    def write(self, name, task, tag, query=""):
        method, tail, body = {
            "PUT": ("PUT", "", {"description": "new"}), "PATCH": ("PATCH", "", {"notes": "new"}),
            "DELETE": ("DELETE", "", None), "complete": ("POST", "/complete", None),
            "reopen": ("POST", "/reopen", None)}[name]
        return self.call(method, f"/tasks/{task['id']}{tail}{query}", body,
                         headers={"If-Match": tag})

    WRITES = ("PUT", "PATCH", "DELETE", "complete", "reopen")

    def task(self, name):
        """A task that the write would change: version 2."""
        task = self.create()
        body = {"completed": True} if name == "reopen" else {"notes": "second version"}
        return self.call("PATCH", f"/tasks/{task['id']}", body).json

    def test_present_version(self):
        for name in self.WRITES:
            for tag in ('"2"', "*", '"1", "2"', ' "2" ,"7"', '"2-d4"', '"2-d17"'):
                with self.subTest(f"{name} {tag}"):
                    answer = self.write(name, self.task(name), tag)
                    self.assert_status(answer, 204 if name == "DELETE" else 200)

    def test_stale_version_changes_nothing(self):
        for name in self.WRITES:
            task = self.task(name)
            for tag in ('"1"', '"3"', '"22"', '"1-d2"', 'W/"2"', '"1", "3"', '"-2"', '"2x"', '"02"',
                        *MALFORMED):
                if tag == "":
                    continue  # an empty header field is an absent one for a web server
                with self.subTest(f"{name} {tag}"):
                    self.assert_problem(self.write(name, task, tag), "precondition-failed")
            self.assert_unchanged(task)

    def test_stale_on_a_dry_run(self):
        for name in self.WRITES:
            with self.subTest(name):
                answer = self.write(name, self.task(name), '"1"', "?dry_run=true")
                self.assert_problem(answer, "precondition-failed")

    def test_unknown_task(self):
        for name in self.WRITES:
            with self.subTest(name):
                self.assert_problem(self.write(name, {"id": 999999}, '"1"'), "not-found")

    def test_without_it_the_last_writer_wins(self):
        task = self.create()
        for notes in ("one", "two"):
            answer = self.call("PATCH", f"/tasks/{task['id']}", {"notes": notes})
            self.assert_status(answer, 200)

    def test_of_many_writers_with_one_version_one_wins(self):
        task = self.create()
        answers = in_threads(12, lambda index: self.call(
            "PATCH", f"/tasks/{task['id']}", {"notes": f"writer {index}"},
            headers={"If-Match": '"1"'}))
        self.assertEqual(sorted(answer.status for answer in answers), [200] + 11 * [412])
        winner = next(answer for answer in answers if answer.status == 200)
        self.assert_unchanged(winner.json)

    def test_overdue_tag_as_it_was_read(self):
        task = self.create(due_date="2020-01-01")
        tag = self.call("GET", f"/tasks/{task['id']}").headers["ETag"]
        self.assertIn("-d", tag)
        self.assert_status(self.write("PATCH", task, tag), 200)
        self.assert_problem(self.write("PATCH", task, tag), "precondition-failed")

    def test_no_change_keeps_the_version(self):
        task = self.create(notes="same")
        answer = self.call("PATCH", f"/tasks/{task['id']}", {"notes": "same"})
        self.assertEqual(answer.json, task)
        self.assertEqual(answer.headers["ETag"], '"1"')


if __name__ == "__main__":
    unittest.main()
