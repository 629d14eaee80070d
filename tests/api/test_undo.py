# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET and POST /undo, step by step, and POST /changes/{seq}/undo with redo. Conflicts are in
# test_undo_conflict.py.

import unittest

from apitest import ID_MAX, MERGE, database_rows
from undotest import UndoTest

DAILY = {"type": "daily", "interval": 1}


class EmptyTest(UndoTest):
    def test_nothing_to_undo(self):
        answer = self.call("GET", "/undo")
        self.assert_status(answer, 404)
        self.assertEqual(answer.json["type"], "/problems/nothing-to-undo")
        self.assertEqual(answer.json["status"], 404)
        self.assert_problem(self.call("POST", "/undo"), "nothing-to-undo")

    def test_nothing_is_left_after_all_is_undone(self):
        self.create()
        self.undo()
        self.assert_status(self.call("GET", "/undo"), 404)
        self.assert_problem(self.call("POST", "/undo"), "nothing-to-undo")


class StepTest(UndoTest):
    def test_the_answer(self):
        task = self.create("Buy milk")
        expected = self.call("GET", "/undo").json
        self.assert_change(expected, action="create", summary="Create “Buy milk”",
                           task_ids=[task["id"]], actor=None, undone_by=None, undoes=None)
        answer = self.call("POST", "/undo", headers={"X-Request-ID": "the-undo"})
        self.assert_status(answer, 200)
        self.assertEqual(set(answer.json), {"undone", "change"})
        change = answer.json["change"]
        self.assert_change(change, seq=expected["seq"] + 1, action="undo",
                           summary="Undo: Create “Buy milk”", task_ids=[task["id"]],
                           request_id="the-undo", actor=None, undone_by=None,
                           undoes=expected["seq"])
        self.assertEqual(answer.json["undone"], expected | {"undone_by": change["seq"]})

    def test_head_and_options(self):
        self.create()
        self.assert_status(self.call("HEAD", "/undo"), 200)
        self.assertEqual(self.call("OPTIONS", "/undo").tokens("Allow"),
                         {"GET", "HEAD", "POST", "OPTIONS"})

    def test_goes_back_step_by_step(self):
        states = [self.state()]
        task = self.create("first")
        states.append(self.state())
        other = self.create("second", depends_on=[task["id"]])
        states.append(self.state())
        self.call("PATCH", f"/tasks/{task['id']}", {"notes": "n", "priority": "high"},
                  content_type=MERGE)
        states.append(self.state())
        self.call("POST", f"/tasks/{task['id']}/complete")
        states.append(self.state())
        self.call("DELETE", f"/tasks/{task['id']}")
        self.assertEqual(self.read(other)["depends_on"], [])
        for before in reversed(states):
            expected = self.call("GET", "/undo").json
            answer = self.assert_undone(before)
            self.assertEqual(answer["undone"]["seq"], expected["seq"])

    def test_timestamps_come_back_and_the_version_grows(self):
        task = self.create()
        self.call("PATCH", f"/tasks/{task['id']}", {"notes": "other"})
        self.undo()
        self.assertEqual(self.read(task), task | {"version": 3})

    def test_a_tag_of_before_is_stale(self):
        task = self.create()
        self.call("DELETE", f"/tasks/{task['id']}")
        self.undo()
        answer = self.call("PATCH", f"/tasks/{task['id']}", {"notes": "x"},
                           headers={"If-Match": '"1"'})
        self.assert_problem(answer, "precondition-failed")
        self.assertGreater(self.read(task)["version"], 1)

    def test_a_tag_is_not_used_again_after_many_rounds(self):
        task = self.create()
        seen = {task["version"]}
        for _ in range(5):
            seq = self.undo()["change"]["seq"]
            self.undo(seq)
            version = self.read(task)["version"]
            self.assertNotIn(version, seen)
            self.assertGreater(version, max(seen))
            seen.add(version)

    def test_versions_changed_by_others_are_not_used_again(self):
        needed = self.create()
        task = self.create(depends_on=[needed["id"]])
        self.call("POST", f"/tasks/{needed['id']}/complete")
        version = self.read(task)["version"]
        self.assertGreater(version, 1)
        self.call("DELETE", f"/tasks/{task['id']}")
        self.undo()
        self.assertGreater(self.read(task)["version"], version)

    def test_the_completion_of_a_recurring_task_with_its_next_instance(self):
        task = self.create(due_date="2031-01-01", recurring=DAILY)
        before = self.state()
        following = self.call("POST", f"/tasks/{task['id']}/complete").json["next_task"]
        answer = self.assert_undone(before)
        self.assertEqual(answer["change"]["task_ids"], [task["id"], following["id"]])
        self.assert_status(self.call("GET", f"/tasks/{following['id']}"), 404)
        again = self.call("POST", f"/tasks/{task['id']}/complete").json["next_task"]
        self.assertNotEqual(again["id"], following["id"])

    def test_a_create_below_a_parent(self):
        parent = self.create()
        before, counted = self.state(), self.read(parent)["subtasks"]
        child = self.create(parent_id=parent["id"], completed=True)
        self.assertEqual(self.read(parent)["subtasks"], {"total": 1, "completed": 1})
        self.assert_undone(before)
        self.assertEqual(self.read(parent)["subtasks"], counted)
        self.assertNotIn(child["id"], self.listed())

    def test_the_search_follows(self):
        task = self.create("Zebra crossing")
        self.call("PATCH", f"/tasks/{task['id']}", {"description": "Lion"})
        self.undo()
        self.assertEqual(self.listed("q=zebra"), [task["id"]])
        self.assertEqual(self.listed("q=lion"), [])

    def test_statistics_of_lists_follow(self):
        task = self.create(due_date="2031-05-01")
        before = self.list("count=true")["count"]
        self.call("POST", f"/tasks/{task['id']}/complete")
        self.undo()
        self.assertEqual(self.list("count=true")["count"], before)


class DeleteTest(UndoTest):
    def family(self):
        """A parent with subtasks and links in both directions, and the task that depends on it."""
        needed = self.create("needed", completed=True)
        parent = self.create("parent", depends_on=[needed["id"]], notes="Z\u00fcrich \U0001f600\n\t")
        children = [self.create(f"child {n}", parent_id=parent["id"]) for n in range(3)]
        self.call("POST", f"/tasks/{children[0]['id']}/complete")
        dependent = self.create("dependent", depends_on=[children[0]["id"], parent["id"]])
        return parent, children, dependent

    def test_a_parent_with_its_subtasks(self):
        parent, children, dependent = self.family()
        before, read = self.state(), self.read(dependent)
        self.assert_status(self.call("DELETE", f"/tasks/{parent['id']}?subtasks=delete"), 204)
        self.assertEqual(self.read(dependent)["dependencies"], {"total": 0, "completed": 0})
        self.assert_undone(before)
        self.assertEqual(self.read(parent)["subtasks"], {"total": 3, "completed": 1})
        self.assertEqual(self.read(dependent), read | {"version": self.read(dependent)["version"]})
        self.assertEqual(self.read(dependent)["dependencies"], {"total": 2, "completed": 1})
        self.assertEqual(self.listed(f"parent_id={parent['id']}"), [c["id"] for c in children])

    def test_a_parent_whose_subtasks_were_kept(self):
        parent, children, _ = self.family()
        before = self.state()
        self.assert_status(self.call("DELETE", f"/tasks/{parent['id']}?subtasks=keep"), 204)
        self.assertIsNone(self.read(children[1])["parent_id"])
        self.assert_undone(before)
        self.assertEqual(self.read(parent)["subtasks"], {"total": 3, "completed": 1})

    def test_a_dependency_completed_meanwhile_counts(self):
        needed, other = self.create(), self.create()
        task = self.create(depends_on=[needed["id"], other["id"]])
        self.call("DELETE", f"/tasks/{task['id']}")
        seq = self.latest()
        self.call("POST", f"/tasks/{needed['id']}/complete")
        self.undo(seq)
        self.assertEqual(self.read(task)["dependencies"], {"total": 2, "completed": 1})


class ChainTest(UndoTest):
    def marks(self):
        return [(c["seq"], c["undone_by"], c["undoes"]) for c in self.feed()]

    def test_undo_and_redo_alternate_along_the_chain(self):
        without = self.state()
        self.create("x")
        there = self.state()
        self.undo()
        self.assertEqual(self.state(), without)
        redone = self.assert_undone(there, 2)
        self.assert_change(redone["change"], action="undo", undoes=2, summary="Redo: Create “x”")
        self.assertEqual(redone["undone"]["undone_by"], 3)
        self.assertEqual(self.marks(), [(1, None, None), (2, 3, 1), (3, None, 2)])
        # it counts as done again
        self.assertEqual(self.call("GET", "/undo").json["seq"], 1)
        self.assert_undone(without)
        self.assertEqual(self.marks(), [(1, 4, None), (2, 3, 1), (3, None, 2), (4, None, 1)])
        self.assert_undone(there, 4)
        self.assert_undone(without, 5)  # a redo is undone by its own number, too
        self.assertEqual(self.marks()[0], (1, 6, None))
        self.assertEqual(self.marks()[4:], [(5, 6, 4), (6, None, 5)])
        self.assert_status(self.call("GET", "/undo"), 404)
        self.assert_undone(there, 6)
        self.assertEqual(self.marks()[0], (1, None, None))


class RedoTest(UndoTest):
    def test_redo_of_several_steps(self):
        states = [self.state()]
        for n in range(4):
            self.create(str(n))
            states.append(self.state())
        undone = [self.assert_undone(before)["change"]["seq"] for before in states[-2::-1]]
        for seq, after in zip(reversed(undone), states[1:]):
            self.assert_undone(after, seq)
        for before in states[-2::-1]:
            self.assert_undone(before)


class BulkTest(UndoTest):
    def test_one_undo_brings_all_back(self):
        needed = self.create("needed")
        parent = self.create("parent")
        tasks = [self.create(str(n), parent_id=parent["id"]) for n in range(20)]
        linked = self.create("linked", depends_on=[needed["id"], tasks[3]["id"]])
        before = self.state()
        ids = [needed["id"], parent["id"], *(task["id"] for task in tasks[:10])]
        answer = self.call("POST", "/tasks/bulk/delete", {"ids": ids, "subtasks": "delete"})
        self.assert_status(answer, 200)
        for number in (*ids, tasks[-1]["id"]):
            self.assert_status(self.call("GET", f"/tasks/{number}"), 404)
        answer = self.assert_undone(before)
        self.assertEqual(answer["undone"]["action"], "bulk_delete")
        self.assertEqual(answer["change"]["task_ids"],
                         sorted([needed["id"], parent["id"], linked["id"],
                                 *(task["id"] for task in tasks)]))
        self.assertEqual(self.read(parent)["subtasks"], {"total": 20, "completed": 0})
        self.assertEqual(self.read(linked)["dependencies"], {"total": 2, "completed": 0})

    def test_completions_with_next_instances(self):
        recurring = self.create(due_date="2031-01-01", recurring=DAILY)
        other = self.create(depends_on=[recurring["id"]])
        before = self.state()
        self.call("POST", "/tasks/bulk/complete", {"ids": [recurring["id"], other["id"]]})
        self.assert_undone(before)
        self.assertEqual(self.read(other)["dependencies"], {"total": 1, "completed": 0})

    def test_archive_and_unarchive_take_subtasks_along(self):
        parent = self.create(completed=True)
        child = self.create(parent_id=parent["id"])
        states = [self.state()]
        for action in ("archive", "unarchive"):
            self.assert_status(self.call("POST", f"/tasks/{parent['id']}/{action}"), 200)
            states.append(self.state())
        self.assert_undone(states[1])
        self.assertTrue(self.read(child)["archived"])
        self.assert_undone(states[0])

    def test_all_that_is_completed_archived(self):
        for n in range(5):
            self.create(str(n), completed=n % 2 == 0)
        before = self.state()
        self.assert_status(self.call("POST", "/tasks/archive-completed"), 200)
        self.assert_undone(before)

    def test_a_thousand(self):
        ids = self.create_many(1000)
        before = self.state()
        self.call("POST", "/tasks/bulk/delete", {"ids": ids})
        answer = self.assert_undone(before)
        self.assertEqual(answer["change"]["task_ids"], ids)
        self.assertEqual(answer["undone"]["task_ids"], ids)


class OneTest(UndoTest):
    def test_an_older_change(self):
        first, second = self.create("first"), self.create("second")
        self.call("PATCH", f"/tasks/{first['id']}", {"notes": "x"})
        seq = self.latest()
        self.call("PATCH", f"/tasks/{second['id']}", {"notes": "y"})
        self.undo(seq)
        self.assertEqual(self.read(first)["notes"], "")
        self.assertEqual(self.read(second)["notes"], "y")
        # the steps go on without it
        self.assertEqual(self.undo()["undone"]["seq"], seq + 1)
        self.assertEqual(self.undo()["undone"]["seq"], seq - 1)

    def test_unknown(self):
        self.create()
        for seq in (self.latest() + 1, ID_MAX):
            self.assert_problem(self.call("POST", f"/changes/{seq}/undo"), "not-found")
        for seq in ("0", "x", "-1", "01", str(ID_MAX + 1)):
            self.assert_problem(self.call("POST", f"/changes/{seq}/undo"), "not-found")

    def test_what_is_undone_is_not_undone_again(self):
        self.create()
        seq = self.latest()
        self.undo(seq)
        before = database_rows(self.stack.database)
        problem = self.assert_problem(self.call("POST", f"/changes/{seq}/undo"), "nothing-to-undo")
        self.assertIn(str(seq + 1), problem["detail"])
        self.assertEqual(database_rows(self.stack.database), before)

    def test_only_post(self):
        answer = self.call("GET", "/changes/1/undo")
        self.assert_problem(answer, "method-not-allowed")
        self.assertEqual(answer.tokens("Allow"), {"POST", "OPTIONS"})


class ConventionsTest(UndoTest):
    def paths(self):
        self.create()
        return "/undo", f"/changes/{self.latest()}/undo"

    def test_dry_run(self):
        for path in self.paths():
            before = database_rows(self.stack.database)
            answer = self.call("POST", path + "?dry_run=true")
            self.assert_status(answer, 200)
            self.assert_change(answer.json["change"], action="undo",
                               undoes=answer.json["undone"]["seq"])
            self.assertEqual(answer.json["undone"]["undone_by"], answer.json["change"]["seq"])
            self.assertEqual(database_rows(self.stack.database), before)

    def test_idempotency_key(self):
        self.create()
        self.create()
        first = self.call("POST", "/undo", headers={"Idempotency-Key": "once"})
        again = self.call("POST", "/undo", headers={"Idempotency-Key": "once"})
        self.assert_status(first, 200)
        self.assertEqual(again.json, first.json)
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        self.assert_status(self.call("GET", "/undo"), 200)
        answer = self.call("POST", f"/changes/{first.json['change']['seq']}/undo",
                           headers={"Idempotency-Key": "once"})
        self.assert_problem(answer, "idempotency-mismatch")

    def test_a_refusal_is_kept_under_its_key(self):
        answer = self.call("POST", "/changes/999999/undo", headers={"Idempotency-Key": "no"})
        self.assert_problem(answer, "not-found")
        again = self.call("POST", "/changes/999999/undo", headers={"Idempotency-Key": "no"})
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")

    def test_bodies(self):
        for path in self.paths():
            for body, faults in (({"seq": 1}, ["#/seq"]), ([], ["#"]), ("x", ["#"])):
                self.assert_faults(self.call("POST", path, body), *faults)
            self.assert_problem(self.call("POST", path, raw=b"{"), "malformed-json")
            self.assert_problem(self.call("POST", path, raw=b"x", content_type="text/plain"),
                                "unsupported-media-type")
        self.assert_status(self.call("POST", "/undo", {}), 200)

    def test_parameters(self):
        for path in self.paths():
            answer = self.call("POST", path + "?colour=1&dry_run=maybe")
            self.assert_faults(answer, "parameter colour", "parameter dry_run")
        self.assert_faults(self.call("GET", "/undo?limit=1"), "parameter limit")


if __name__ == "__main__":
    unittest.main()
