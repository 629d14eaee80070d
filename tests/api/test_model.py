# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Random operations on the service and on a model of it: after each the two say the same. The seeds
# are fixed; a failure names the seed and the step.

import copy
import random
import sqlite3
import unittest

from apitest import ApiTest
from model import FIRST_ID_THAT_NEVER_WAS, Model

STEPS = 250
SEEDS = (1, 2, 3)
DATES = ("2031-01-29", "2031-01-31", "2032-02-29", "2031-12-31", None)


class ModelTest(ApiTest):
    fresh = True

    def some_id(self):
        """Mostly that of a task that is there, the newest ones more often."""
        ids = list(self.model.tasks)
        if not ids or self.random.random() < 0.04:
            return FIRST_ID_THAT_NEVER_WAS + self.random.randrange(9)
        return ids[-1 - int(len(ids) * self.random.random() ** 2)]

    def some_recurrence(self):
        if self.random.random() < 0.5:
            return None
        return {"type": self.random.choice(("daily", "weekly", "monthly")),
                "interval": self.random.choice((1, 2, 13))}

    def some_fields(self, share):
        choose = self.random.choice
        fields = {
            "description": f"task {self.random.randrange(10**6)}",
            "completed": self.random.random() < 0.4, "priority": choose(("high", "medium", "low")),
            "category": choose(("work", "personal", "shopping", "other")),
            "due_date": choose(DATES), "notes": choose(("", "some", "more\nlines")),
            "parent_id": self.some_id() if self.random.random() < 0.5 else None,
            "depends_on": list({self.some_id() for _ in range(self.random.randrange(4))}),
            "recurring": self.some_recurrence()}
        return {name: value for name, value in fields.items() if self.random.random() < share}

    # Each gives the answer of the service and the problems that the model has found.

    def next_number(self, answer):
        """The id that the service gave to the next instance, if it made one: the newest of all."""
        return self.listed("archived=any&sort=-id&limit=1")[0] if answer.status == 200 else None

    def do_create(self):
        fields = {"description": "new"} | self.some_fields(0.4)
        answer = self.call("POST", "/tasks", fields)
        return answer, self.model.create(fields, answer.json.get("id"))

    def do_create_subtask(self):
        parent = self.some_id()
        fields = {"description": "sub"} | self.some_fields(0.3)
        fields.pop("parent_id", None)
        answer = self.call("POST", f"/tasks/{parent}/subtasks", fields)
        if parent not in self.model.tasks:
            return answer, {"not-found"}
        return answer, self.model.create(fields | {"parent_id": parent}, answer.json.get("id"))

    def do_patch(self):
        number, fields = self.some_id(), self.some_fields(0.25)
        answer = self.call("PATCH", f"/tasks/{number}", fields)
        return answer, self.model.change(number, fields, self.next_number(answer))

    def do_complete(self, completed=True):
        number = self.some_id()
        action = "complete" if completed else "reopen"
        answer = self.call("POST", f"/tasks/{number}/{action}")
        following = answer.json.get("next_task") or {}
        found = self.model.change(number, {"completed": completed}, following.get("id"))
        return answer, found

    def do_reopen(self):
        return self.do_complete(False)

    def do_delete(self):
        number, choice = self.some_id(), self.random.choice((None, "delete", "keep"))
        query = f"?subtasks={choice}" if choice else ""
        answer = self.call("DELETE", f"/tasks/{number}{query}")
        return answer, self.model.delete(number, choice)

    def do_archive(self, archived=True):
        number = self.some_id()
        action = "archive" if archived else "unarchive"
        answer = self.call("POST", f"/tasks/{number}/{action}")
        return answer, self.model.archive(number, archived)

    def do_unarchive(self):
        return self.do_archive(False)

    def do_archive_completed(self):
        answer = self.call("POST", "/tasks/archive-completed")
        self.assertEqual(answer.json, {"archived": self.model.archive_completed()})
        return answer, set()

    # A bulk is what its actions are one after the other; all or nothing if it is atomic.

    def bulk_item(self, action, number, choice, created):
        """What the model says of one id: None when there is nothing to do, else the problems."""
        task = self.model.tasks.get(number)
        if task is None:
            return None if number in self.gone_along else {"not-found"}
        if action == "delete":
            children = self.model.children(number)
            found = self.model.delete(number, choice)
            if choice == "delete" and not found:
                self.gone_along.update(children)
            return found
        if task["completed" if action == "complete" else "archived"]:
            return None
        if action == "archive":
            return self.model.archive(number, True)
        makes_next = task["recurring"] and not task["next"]
        found = self.model.change(number, {"completed": True}, created[0] if created else None)
        if makes_next and not found:
            created.pop(0)
        return found

    def do_bulk(self):
        action = self.random.choice(("complete", "delete", "archive"))
        choice = self.random.choice((None, "delete", "keep"))
        ids = list({self.some_id(): None for _ in range(self.random.randrange(1, 6))})
        fields = {"ids": ids, "atomic": self.random.random() < 0.4}
        if action == "delete" and choice:
            fields["subtasks"] = choice
        answer = self.call("POST", f"/tasks/bulk/{action}", fields)
        before = copy.deepcopy(self.model.tasks)
        made = list(answer.json.get("created", ())) or [FIRST_ID_THAT_NEVER_WAS + 100 + n
                                                         for n in range(5)]
        created, self.gone_along = list(made), set()
        outcomes = {number: self.bulk_item(action, number, choice, created) for number in ids}
        failed = {number: found for number, found in outcomes.items() if found}
        if fields["atomic"] and failed:
            self.model.tasks = before
            self.assertEqual(answer.json["type"], "/problems/bulk-failed")
        else:
            self.assertEqual(answer.json["succeeded"],
                             [number for number in ids if outcomes[number] == set()])
            self.assertEqual(answer.json["created"], made[:len(made) - len(created)])
            self.assertEqual([skip["id"] for skip in answer.json["skipped"]],
                             [number for number in ids if outcomes[number] is None])
        self.assertEqual([item["id"] for item in answer.json["failed"]], list(failed))
        for item in answer.json["failed"]:
            self.assertIn(item["problem"]["type"].removeprefix("/problems/"), failed[item["id"]])
        return answer, {"bulk-failed"} if fields["atomic"] and failed else set()

    def compare(self):
        """All tasks by the list, in pages; and nothing that did not change has a new version."""
        found = {task["id"]: task for task in self.pages("archived=any&sort=id", 200)}
        self.assertEqual(list(found), sorted(self.model.tasks))
        for number, task in found.items():
            expected = self.model.view(number)
            self.assertEqual({name: task[name] for name in expected}, expected)
            before = self.seen.get(number)
            if before is not None and before != task:
                self.assertGreater(task["version"], before["version"])
            elif before is not None:
                self.assertEqual(task["version"], before["version"])
        self.seen = found

    def step(self):
        names = ("create", "create_subtask", "patch", "patch", "patch", "complete", "complete",
                 "reopen", "delete", "archive", "unarchive", "bulk", "bulk")
        if self.random.random() < 0.01:
            names = ("archive_completed",)
        name = self.random.choice(names)
        answer, problems = getattr(self, f"do_{name}")()
        if problems:
            self.assertIn(answer.status, (400, 404, 409), (name, problems, answer))
            self.assertIn(answer.json["type"].removeprefix("/problems/"), problems, answer)
        else:
            self.assertIn(answer.status, (200, 201, 204), (name, answer))

    def check_database(self):
        connection = sqlite3.connect(f"file:{self.stack.database}?mode=ro", uri=True)
        try:
            self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
            self.assertEqual(connection.execute("PRAGMA quick_check").fetchall(), [("ok",)])
        finally:
            connection.close()

    def test_service_and_model_agree(self):
        self.model = Model()
        self.seen = {}
        for seed in SEEDS:
            self.random = random.Random(seed)
            for number in range(STEPS):
                try:
                    self.step()
                    self.compare()
                except AssertionError as error:  # every later step would fail as well
                    raise AssertionError(f"seed {seed}, step {number}: {error}") from error
        self.check_database()
        for status, expected in (("true", True), ("false", False)):
            count = self.list(f"count=true&limit=1&archived=any&completed={status}")["count"]["total"]
            self.assertEqual(count, sum(task["completed"] is expected
                                        for task in self.model.tasks.values()))


if __name__ == "__main__":
    unittest.main()
