# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the tests of undo and of the journal share: undoing, the feed, and the whole state of the
# tasks, to compare before and after.

from apitest import ApiTest, database_rows, in_threads

CHANGE_FIELDS = {"seq", "at", "action", "summary", "task_ids", "request_id", "actor", "undone_by",
                 "undoes"}
VERSION = {"task": 1, "template": -1}  # the column of the version


def without_version(table, row):
    place = VERSION[table] % len(row)
    return row[:place] + row[place + 1:]


class UndoTest(ApiTest):
    fresh = True

    def state(self):
        """Every task with its links and every template, with all that is stored of them but the
        version, which grows."""
        rows = database_rows(self.stack.database)
        return {"task": [without_version("task", row) for row in rows["task"]],
                "template": [without_version("template", row) for row in rows["template"]],
                "dependency": rows["dependency"]}

    def create_many(self, count):
        """So many tasks, by several clients at a time; their ids."""
        made = in_threads(8, lambda index: [self.create(str(n))["id"]
                                            for n in range(index, count, 8)])
        return sorted(number for numbers in made for number in numbers)

    def undo(self, seq=None, status=200, **rest):
        answer = self.call("POST", "/undo" if seq is None else f"/changes/{seq}/undo", **rest)
        self.assert_status(answer, status)
        return answer.json

    def latest(self):
        """The number of the newest change."""
        return self.feed()[-1]["seq"]

    def feed(self, since=0):
        """Every change after that one."""
        found = []
        while True:
            answer = self.call("GET", f"/changes?since={since}&limit=200")
            self.assert_status(answer, 200)
            if not answer.json["changes"]:
                return found
            found += answer.json["changes"]
            since = answer.json["next_since"]

    def assert_change(self, change, **expected):
        self.assertEqual(set(change), CHANGE_FIELDS)
        self.assertRegex(change["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertTrue(change["summary"])
        self.assertEqual({name: change[name] for name in expected}, expected)

    def assert_undone(self, before, seq=None):
        """Undoes; the state is then what it was."""
        answer = self.undo(seq)
        self.assertEqual(self.state(), before)
        return answer

    def assert_conflict(self, seq, *tasks):
        """Undoing is refused for these tasks, and nothing changes."""
        before = database_rows(self.stack.database)
        answer = self.call("POST", f"/changes/{seq}/undo")
        self.assert_problem(answer, "undo-conflict", task_ids=sorted(task["id"] for task in tasks))
        self.assertEqual(database_rows(self.stack.database), before)
