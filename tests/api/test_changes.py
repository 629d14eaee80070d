# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /changes, the feed, and GET /tasks/{id}/history. Several processes are in
# test_changes_processes.py, what is not kept any more in test_prune.py.

import unittest
from urllib.parse import quote

from apitest import ID_MAX
from undotest import UndoTest

BAD_NUMBERS = ("", "x", "-1", "01", "00", "1.0", "+1", " 1", "1e3", str(ID_MAX + 1), "9" * 40)


class FeedTest(UndoTest):
    def page(self, query=""):
        answer = self.call("GET", "/changes" + (f"?{query}" if query else ""))
        self.assert_status(answer, 200)
        self.assertEqual(set(answer.json), {"changes", "next_since", "truncated"})
        self.assertIs(answer.json["truncated"], False)
        return answer.json

    def test_every_action_in_order(self):
        self.create()
        since = self.latest()
        task = self.create("Tidy up", due_date="2031-01-01",
                           recurring={"type": "daily", "interval": 1})
        path = f"/tasks/{task['id']}"
        self.call("PATCH", path, {"notes": "x"}, headers={"X-Request-ID": "mine"})
        following = self.call("POST", path + "/complete").json["next_task"]
        self.call("POST", path + "/archive")
        self.call("POST", path + "/unarchive")
        self.call("POST", path + "/reopen")
        self.call("DELETE", path)
        self.call("POST", "/tasks/bulk/complete", {"ids": [following["id"]]})
        self.call("POST", "/tasks/bulk/archive", {"ids": [following["id"]]})
        self.call("POST", "/tasks/bulk/delete", {"ids": [following["id"]]})
        self.undo()
        changes = self.page(f"since={since}")["changes"]
        self.assertEqual([c["action"] for c in changes],
                         ["create", "update", "complete", "archive", "unarchive", "reopen",
                          "delete", "bulk_complete", "bulk_archive", "bulk_delete", "undo"])
        self.assertEqual([c["seq"] for c in changes], list(range(since + 1, since + 12)))
        for change in changes:
            self.assert_change(change)
            self.assertTrue(set(change["task_ids"]) & {task["id"], following["id"]}, change)
        self.assertEqual(changes[1]["request_id"], "mine")
        self.assertEqual(changes[2]["task_ids"], [task["id"], following["id"]])
        self.assertIn("Tidy up", changes[0]["summary"])
        self.assertEqual(changes[9]["undone_by"], changes[10]["seq"])
        self.assertLessEqual(changes[0]["at"], changes[-1]["at"])

    def test_pages_meet_without_gap_or_overlap(self):
        for n in range(7):
            self.create(str(n))
        whole = self.feed()
        for limit in (1, 3, 7, 200):
            found, since = [], 0
            while True:
                page = self.page(f"since={since}&limit={limit}")
                self.assertLessEqual(len(page["changes"]), limit)
                if not page["changes"]:
                    self.assertEqual(page["next_since"], since)
                    break
                self.assertEqual(page["next_since"], page["changes"][-1]["seq"])
                found += page["changes"]
                since = page["next_since"]
            self.assertEqual(found, whole)

    def test_the_default_limit_is_50(self):
        for n in range(51):
            self.create(str(n))
        self.assertEqual(len(self.page()["changes"]), 50)
        self.assertEqual(self.page(), self.page("since=0&limit=50"))

    def test_after_the_newest(self):
        self.create()
        newest = self.latest()
        for since in (newest, newest + 1000, ID_MAX):
            self.assertEqual(self.page(f"since={since}"),
                             {"changes": [], "next_since": since, "truncated": False})

    def test_what_changed_nothing_is_not_in_it(self):
        task = self.create()
        newest = self.latest()
        self.call("PATCH", f"/tasks/{task['id']}", {"notes": ""})
        self.call("POST", f"/tasks/{task['id']}/reopen")
        self.call("POST", "/tasks", {"description": ""})
        self.call("POST", "/tasks?dry_run=true", {"description": "x"})
        self.call("POST", f"/tasks/{task['id']}/archive")
        self.assertEqual(self.latest(), newest)
        # and its number is not lost: the next change follows without a gap
        self.create()
        self.assertEqual(self.latest(), newest + 1)

    def test_faults(self):
        for value in BAD_NUMBERS:
            self.assert_faults(self.call("GET", f"/changes?since={quote(value)}"),
                               "parameter since")
        for value in ("0", "201", "x", "01", "-5"):
            self.assert_faults(self.call("GET", f"/changes?limit={value}"), "parameter limit")
        self.assert_faults(self.call("GET", "/changes?since=&limit="), "parameter limit",
                           "parameter since")
        self.assert_faults(self.call("GET", "/changes?since=x&limit=0&before=1&dry_run=true"),
                           "parameter since", "parameter limit", "parameter before",
                           "parameter dry_run")
        self.assert_faults(self.call("GET", "/changes?since=1&since=2"), "parameter since")

    def test_methods(self):
        self.assert_status(self.call("HEAD", "/changes"), 200)
        answer = self.call("POST", "/changes")
        self.assert_problem(answer, "method-not-allowed")
        self.assertEqual(answer.tokens("Allow"), {"GET", "HEAD", "OPTIONS"})


class EmptyFeedTest(UndoTest):
    def test_of_a_database_without_changes(self):
        self.assertEqual(self.call("GET", "/changes").json,
                         {"changes": [], "next_since": 0, "truncated": False})


class LongFeedTest(UndoTest):
    def test_a_page_ends_after_many_tasks(self):
        ids = self.create_many(1000)
        since = self.latest()
        self.call("POST", "/tasks/bulk/complete", {"ids": ids})
        for _ in range(12):
            self.undo(self.latest())
        page = self.call("GET", f"/changes?since={since}&limit=200").json
        self.assertEqual([len(change["task_ids"]) for change in page["changes"]], 10 * [1000])
        following = self.call("GET", f"/changes?since={page['next_since']}").json["changes"]
        self.assertEqual([change["seq"] for change in following],
                         list(range(page["next_since"] + 1, page["next_since"] + 4)))


class HistoryTest(UndoTest):
    def history(self, task, query=""):
        number = task["id"] if isinstance(task, dict) else task
        answer = self.call("GET", f"/tasks/{number}/history" + (f"?{query}" if query else ""))
        self.assert_status(answer, 200)
        self.assertEqual(set(answer.json), {"changes", "next_before"})
        return answer.json

    def actions(self, task):
        return [change["action"] for change in self.history(task)["changes"]]

    def test_newest_first_and_only_its_own(self):
        task, other = self.create("mine"), self.create("other")
        self.call("PATCH", f"/tasks/{task['id']}", {"notes": "x"})
        self.call("PATCH", f"/tasks/{other['id']}", {"notes": "x"})
        self.call("POST", f"/tasks/{task['id']}/complete")
        page = self.history(task)
        self.assertEqual([c["action"] for c in page["changes"]], ["complete", "update", "create"])
        self.assertIsNone(page["next_before"])
        for change in page["changes"]:
            self.assert_change(change, task_ids=[task["id"]])
        self.assertEqual(self.actions(other), ["update", "create"])

    def test_of_a_deleted_task(self):
        task = self.create()
        self.call("DELETE", f"/tasks/{task['id']}")
        self.assertEqual(self.actions(task), ["delete", "create"])
        self.undo()
        self.assertEqual(self.actions(task), ["undo", "delete", "create"])

    def test_a_change_that_touched_it_in_passing(self):
        needed = self.create()
        task = self.create(depends_on=[needed["id"]])
        self.call("DELETE", f"/tasks/{needed['id']}")
        self.assertEqual(self.actions(task), ["delete", "create"])

    def test_a_change_that_touched_it_twice_is_one(self):
        first, second = self.create(), self.create()
        task = self.create(depends_on=[first["id"], second["id"]])
        self.call("POST", "/tasks/bulk/delete", {"ids": [first["id"], second["id"]]})
        page = self.history(task)
        self.assertEqual([c["action"] for c in page["changes"]], ["bulk_delete", "create"])
        self.assertEqual(page["changes"][0]["task_ids"],
                         [first["id"], second["id"], task["id"]])
        self.undo()
        self.assertEqual(self.read(task)["depends_on"], [first["id"], second["id"]])

    def test_pages(self):
        task = self.create()
        for n in range(6):
            self.call("PATCH", f"/tasks/{task['id']}", {"notes": str(n)})
        whole = self.history(task)["changes"]
        self.assertEqual(len(whole), 7)
        for limit in (1, 3, 6, 7, 200):
            found, query = [], f"limit={limit}"
            while query is not None:
                page = self.history(task, query)
                self.assertLessEqual(len(page["changes"]), limit)
                found += page["changes"]
                before = page["next_before"]
                query = None if before is None else f"limit={limit}&before={before}"
            self.assertEqual(found, whole)
        oldest = whole[-1]["seq"]
        self.assertEqual(self.history(task, f"before={oldest}"),
                         {"changes": [], "next_before": None})

    def test_of_no_task(self):
        for number in (self.create()["id"] + 1, ID_MAX):
            self.assert_problem(self.call("GET", f"/tasks/{number}/history"), "not-found")
        for number in ("0", "x", "01"):
            self.assert_problem(self.call("GET", f"/tasks/{number}/history"), "not-found")

    def test_faults(self):
        number = self.create()["id"]
        for value in (*BAD_NUMBERS[1:5], "0", BAD_NUMBERS[-1]):
            self.assert_faults(self.call("GET", f"/tasks/{number}/history?before={value}"),
                               "parameter before")
        self.assert_faults(
            self.call("GET", f"/tasks/{number}/history?before=x&limit=201&since=1"),
            "parameter before", "parameter limit", "parameter since")

    def test_methods(self):
        number = self.create()["id"]
        self.assert_status(self.call("HEAD", f"/tasks/{number}/history"), 200)
        self.assert_problem(self.call("DELETE", f"/tasks/{number}/history"), "method-not-allowed")


if __name__ == "__main__":
    unittest.main()
