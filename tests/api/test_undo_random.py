# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Random operations of every kind through the API, each undone in reverse and done again: all that is
# stored of tasks and templates is at every step what it was. Then single changes are undone at
# random: whatever is refused changes nothing, and what must hold between tasks holds.

import random
import sqlite3
import unittest

from undotest import UndoTest

STEPS = 60
CHOICES = ("keep", "delete")


class RandomTest(UndoTest):
    def ids(self):
        connection = sqlite3.connect(f"file:{self.stack.database}?mode=ro", uri=True, timeout=30)
        try:
            return [number for number, in connection.execute("SELECT id FROM task")]
        finally:
            connection.close()

    def some(self, ids, most):
        return self.chance.sample(ids, min(len(ids), self.chance.randint(1, most)))

    def fields(self, ids):
        """Some writable fields of a task; many of them will not fit."""
        pick = self.chance.choice
        every = {"description": pick(("Milk", "Straße", "\U0001f600 x")), "notes": pick(("", "n\nm")),
                 "priority": pick(("high", "low")), "category": pick(("work", "other")),
                 "completed": pick((True, False)), "parent_id": pick([None, *ids]),
                 "depends_on": self.some(ids, 3) if ids else [],
                 "due_date": pick(("2031-01-31", "2020-02-29")),
                 "recurring": pick((None, {"type": "monthly", "interval": 2}))}
        return {name: every[name] for name in self.chance.sample(list(every), 3)}

    def operate(self):
        """One random request that may change something."""
        ids, pick = self.ids(), self.chance.choice
        kind = pick(("create", "create", "patch", "patch", "delete", "act", "act", "bulk", "all",
                     "subtask"))
        if kind == "create" or not ids:
            body = {"description": "new", "due_date": "2031-01-31", **self.fields(ids)}
            return self.call("POST", "/tasks", body)
        path = f"/tasks/{pick(ids)}"
        if kind == "patch":
            return self.call("PATCH", path, self.fields(ids))
        if kind == "delete":
            return self.call("DELETE", f"{path}?subtasks={pick(CHOICES)}")
        if kind == "subtask":
            return self.call("POST", path + "/subtasks", {"description": "sub"})
        if kind == "all":
            return self.call("POST", "/tasks/archive-completed")
        if kind == "act":
            return self.call("POST", f"{path}/{pick(('complete', 'reopen', 'archive', 'unarchive'))}")
        body = {"ids": self.some(ids, 8)}
        action = pick(("complete", "delete", "archive"))
        if action == "delete":
            body["subtasks"] = pick(CHOICES)
        return self.call("POST", f"/tasks/bulk/{action}", body)

    def check_rules(self):
        """What must hold between tasks, and their counters."""
        connection = sqlite3.connect(f"file:{self.stack.database}?mode=ro", uri=True, timeout=30)
        try:
            for sql in (
                    "SELECT t.id FROM task AS t JOIN task AS p ON p.id = t.parent_id"
                    " WHERE p.parent_id IS NOT NULL OR (p.archived AND NOT t.archived)",
                    "SELECT id FROM task AS t WHERE sub_total <> (SELECT count(*) FROM task"
                    " WHERE parent_id = t.id) OR sub_done <> (SELECT count(*) FROM task"
                    " WHERE parent_id = t.id AND completed)",
                    "SELECT id FROM task AS t WHERE dep_total <> (SELECT count(*) FROM dependency"
                    " WHERE task_id = t.id) OR dep_done <> (SELECT count(*) FROM dependency"
                    " JOIN task AS d ON d.id = depends_on_id WHERE task_id = t.id AND d.completed)",
                    "WITH RECURSIVE way (start, id) AS (SELECT task_id, depends_on_id FROM"
                    " dependency UNION SELECT start, depends_on_id FROM way JOIN dependency"
                    " ON task_id = way.id) SELECT start FROM way WHERE start = id",
                    "SELECT * FROM pragma_foreign_key_check"):
                self.assertEqual(connection.execute(sql).fetchall(), [], sql)
        finally:
            connection.close()

    def test_all_in_reverse_and_again(self):
        self.chance = random.Random(4)
        states, newest = [self.state()], 0
        while len(states) <= STEPS:
            self.assertLess(self.operate().status, 500)
            following = self.feed(newest)
            self.assertLessEqual(len(following), 1)
            if following:
                newest = following[0]["seq"]
                states.append(self.state())
        self.check_rules()
        undone = [self.assert_undone(before)["change"]["seq"] for before in states[-2::-1]]
        self.assertEqual(self.listed("archived=any"), [])
        for seq, after in zip(reversed(undone), states[1:]):
            self.assert_undone(after, seq)
        self.check_rules()


class SingleTest(RandomTest):
    test_all_in_reverse_and_again = None

    def test_single_ones(self):
        self.chance = random.Random(5)
        statuses = {200: 0, 409: 0}
        for _ in range(4 * STEPS):
            self.operate()
            changes = self.feed()
            if not changes or self.chance.random() < 0.4:
                continue
            seq = self.chance.choice(changes[-8:])["seq"]
            before = self.state()
            answer = self.call("POST", f"/changes/{seq}/undo")
            statuses[answer.status] += 1
            if answer.status == 409:
                self.assertEqual(self.state(), before)
            self.check_rules()
        self.assertGreater(min(statuses.values()), 20, statuses)


if __name__ == "__main__":
    unittest.main()
