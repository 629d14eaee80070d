# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the bulk actions share: the body, all or nothing, dry runs, keys. The actions themselves are
# in test_bulk_complete.py, test_bulk_delete.py and test_bulk_archive.py.

import unittest

from apitest import ID_MAX, ApiTest, database_rows

ACTIONS = ("complete", "delete", "archive")
EMPTY = {"succeeded": [], "skipped": [], "failed": [], "created": []}


class BulkTest(ApiTest):
    def bulk(self, action, ids, query="", headers=None, **fields):
        return self.call("POST", f"/tasks/bulk/{action}{query}", {"ids": ids, **fields},
                         headers=headers)

    def several(self, count=3):
        return [self.create(f"task {n}", completed=True)["id"] for n in range(count)]

    # --- The body ---------------------------------------------------------------------------------

    def test_faulty_ids(self):
        number = self.create()["id"]
        for ids, *places in (
                (None, "#/ids"), ([], "#/ids"), ("1", "#/ids"), ({"1": 1}, "#/ids"), (1, "#/ids"),
                ([0], "#/ids/0"), ([-1], "#/ids/0"), ([ID_MAX + 1], "#/ids/0"),
                ([2**63], "#/ids/0"), (["1"], "#/ids/0"), ([1.5], "#/ids/0"), ([None], "#/ids/0"),
                ([[number]], "#/ids/0"), ([True], "#/ids/0"),
                ([number, 0, "x"], "#/ids/1", "#/ids/2"),
                ([number, number], "#/ids/1"),
                ([5, number, 5, 6, number, 5], "#/ids/2", "#/ids/4", "#/ids/5")):
            for action in ACTIONS:
                with self.subTest(f"{action} {ids}"):
                    self.assert_faults(self.bulk(action, ids), *places)
        self.assert_task(self.read(number), completed=False)

    def test_too_many_ids(self):
        for action in ACTIONS:
            self.assert_faults(self.bulk(action, list(range(1, 1002))), "#/ids")

    def test_as_many_ids_as_are_allowed(self):
        ids = [10**9 + n for n in range(1000)]
        answer = self.bulk("complete", ids)
        self.assert_status(answer, 200)
        self.assertEqual([failure["id"] for failure in answer.json["failed"]], ids)

    def test_all_faults_at_once(self):
        answer = self.call("POST", "/tasks/bulk/delete?force=1",
                           {"ids": [0], "atomic": "yes", "subtasks": "drop", "colour": "red"})
        self.assert_faults(answer, "parameter force", "#/ids/0", "#/atomic", "#/subtasks",
                           "#/colour")

    def test_faulty_bodies(self):
        for action in ACTIONS:
            with self.subTest(action):
                path = f"/tasks/bulk/{action}"
                self.assert_faults(self.call("POST", path, {}), "#/ids")
                self.assert_faults(self.call("POST", path, [1]), "#")
                self.assert_faults(self.call("POST", path, raw=b"null"), "#")
                self.assert_faults(self.call("POST", path, {"ids": [1], "atomic": None}),
                                   "#/atomic")
                self.assert_problem(self.call("POST", path, raw=b""), "malformed-json")
                self.assert_problem(self.call("POST", path, raw=b'{"ids": [1'), "malformed-json")
                self.assert_problem(self.call("POST", path, raw=b'{"ids":[1],"ids":[1]}'),
                                    "malformed-json")
                self.assert_problem(self.call("POST", path, raw=b"x", content_type="text/plain"),
                                    "unsupported-media-type")

    def test_subtasks_is_for_deleting(self):
        for action in ("complete", "archive"):
            self.assert_faults(self.bulk(action, [1], subtasks="keep"), "#/subtasks")
        for value in (None, True, "", "Delete", "delete\0"):
            self.assert_faults(self.bulk("delete", [1], subtasks=value), "#/subtasks")

    def test_integral_reals_are_ids(self):
        number, = self.several(1)
        answer = self.call("POST", "/tasks/bulk/archive", raw=b'{"ids": [%d.0]}' % number)
        self.assert_status(answer, 200)
        self.assertEqual(answer.json["succeeded"], [number])

    def test_other_methods(self):
        for action in ACTIONS:
            answer = self.call("GET", f"/tasks/bulk/{action}")
            self.assert_problem(answer, "method-not-allowed")
            self.assertEqual(answer.tokens("Allow"), {"POST", "OPTIONS"})
        self.assert_problem(self.call("POST", "/tasks/bulk/reopen", {"ids": [1]}), "not-found")
        self.assert_problem(self.call("GET", "/tasks/bulk"), "not-found")

    # --- Partial, or all or nothing ---------------------------------------------------------------

    def test_what_fails_is_a_problem_of_its_own(self):
        for action in ACTIONS:
            answer = self.bulk(action, [999999])
            self.assert_status(answer, 200)
            self.assertEqual(answer.json, EMPTY | {"failed": [{"id": 999999, "problem": {
                "type": "/problems/not-found", "title": "Not found", "status": 404,
                "detail": "Not found."}}]})

    def test_atomic_success(self):
        for action in ("archive", "delete"):
            ids = self.several()
            answer = self.bulk(action, ids, atomic=True)
            self.assert_status(answer, 200)
            self.assertEqual(answer.json, EMPTY | {"succeeded": ids})

    def test_atomic_failure_changes_nothing_and_names_every_failure(self):
        for action in ACTIONS:
            with self.subTest(action):
                first, last = self.create("first"), self.create("last", completed=True)
                good = last if action == "archive" else first
                before, since = database_rows(self.stack.database), self.last_change()
                answer = self.bulk(action, [999998, good["id"], 999999], atomic=True)
                problem = self.assert_problem(answer, "bulk-failed")
                self.assertEqual([(item["id"], item["problem"]["type"])
                                  for item in problem["failed"]],
                                 [(999998, "/problems/not-found"), (999999, "/problems/not-found")])
                self.assertEqual(database_rows(self.stack.database), before)
                self.assertEqual(self.changes(since), [])

    def test_what_is_skipped_is_no_failure(self):
        ids = self.several(2)
        answer = self.bulk("complete", ids, atomic=True)
        self.assert_status(answer, 200)
        self.assertEqual([item["id"] for item in answer.json["skipped"]], ids)

    def test_nothing_done_leaves_no_change(self):
        ids = self.several(2)
        before = database_rows(self.stack.database)
        self.assert_status(self.bulk("complete", [*ids, 999999]), 200)
        self.assertEqual(database_rows(self.stack.database), before)

    def test_one_change_for_all(self):
        for action, summary in (("complete", "Complete 3 tasks"), ("archive", "Archive 3 tasks"),
                                ("delete", "Delete 3 tasks")):
            ids = [self.create(completed=action != "complete")["id"] for _ in range(3)]
            since = self.last_change()
            self.bulk(action, [999999, *reversed(ids)])
            (_, name, text, rows), = self.changes(since)
            self.assertEqual((name, text, rows), (f"bulk_{action}", summary, ids[::-1]))
        self.bulk("delete", self.several(1))
        self.assertEqual(self.changes()[-1][2], "Delete 1 task")

    # --- Dry runs and keys ------------------------------------------------------------------------

    def test_dry_run(self):
        for action in ACTIONS:
            ids = [self.create(completed=action == "archive")["id"] for _ in range(2)]
            before = database_rows(self.stack.database)
            answer = self.bulk(action, [*ids, 999999], "?dry_run=true")
            self.assert_status(answer, 200)
            self.assertEqual(answer.json["succeeded"], ids)
            self.assertEqual(len(answer.json["failed"]), 1)
            answer = self.bulk(action, [*ids, 999999], "?dry_run=true", atomic=True)
            self.assert_problem(answer, "bulk-failed")
            self.assertEqual(database_rows(self.stack.database), before)

    def test_key_of_a_success(self):
        headers = {"Idempotency-Key": "bulk once"}
        ids = self.several(2)
        first = self.bulk("delete", ids, headers=headers)
        again = self.bulk("delete", ids, headers=headers)
        self.assertEqual((again.status, again.body), (200, first.body))
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        self.assert_problem(self.bulk("delete", ids[:1], headers=headers), "idempotency-mismatch")

    def test_key_of_a_failure(self):
        headers = {"Idempotency-Key": "bulk never"}
        task = self.create()
        ids = [task["id"], 999999]
        first = self.bulk("complete", ids, headers=headers, atomic=True)
        self.assert_problem(first, "bulk-failed")
        again = self.bulk("complete", ids, headers=headers, atomic=True)
        self.assertEqual((again.status, again.body), (409, first.body))
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        self.assert_unchanged(task)


if __name__ == "__main__":
    unittest.main()
