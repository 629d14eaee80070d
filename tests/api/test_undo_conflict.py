# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Undoing one change when later changes stand in the way: refused with the ids, and nothing changes.
# Each rule of what must hold between tasks has its test.

import unittest

from apitest import MERGE
from undotest import UndoTest


class ConflictTest(UndoTest):
    def patch(self, task, **fields):
        answer = self.call("PATCH", f"/tasks/{task['id']}", fields, content_type=MERGE)
        self.assert_status(answer, 200)
        return self.latest()

    def act(self, task, action):
        self.assert_status(self.call("POST", f"/tasks/{task['id']}/{action}"), 200)
        return self.latest()

    def delete(self, task, query=""):
        self.assert_status(self.call("DELETE", f"/tasks/{task['id']}{query}"), 204)
        return self.latest()

    def created(self, **fields):
        """A new task and the number of its change."""
        return self.create(**fields), self.latest()


class SameTaskTest(ConflictTest):
    def test_edited_since(self):
        task = self.create()
        seq = self.patch(task, notes="first")
        self.patch(task, priority="high")
        self.assert_conflict(seq, task)

    def test_the_way_is_free_after_the_later_change_is_undone(self):
        task = self.create()
        seq = self.patch(task, notes="first")
        self.patch(task, priority="high")
        self.undo()
        self.undo(seq)
        self.assertEqual(self.read(task)["notes"], "")

    def test_edited_back_since(self):
        # another time of change: not the state that the change left
        task = self.create()
        seq = self.patch(task, notes="first")
        self.patch(task, notes="second")
        self.patch(task, notes="first")
        self.assert_conflict(seq, task)

    def test_deleted_since(self):
        task = self.create()
        seq = self.patch(task, notes="x")
        self.delete(task)
        self.assert_conflict(seq, task)

    def test_a_create_that_was_deleted_since(self):
        task, seq = self.created()
        self.delete(task)
        self.assert_conflict(seq, task)

    def test_only_those_that_changed_are_named(self):
        tasks = [self.create() for _ in range(4)]
        answer = self.call("POST", "/tasks/bulk/complete", {"ids": [t["id"] for t in tasks]})
        self.assert_status(answer, 200)
        seq = self.latest()
        self.patch(tasks[2], notes="x")
        self.delete(tasks[0])
        self.assert_conflict(seq, tasks[0], tasks[2])

    def test_the_next_instance_was_edited(self):
        task = self.create(due_date="2031-01-01", recurring={"type": "weekly", "interval": 1})
        following = self.call("POST", f"/tasks/{task['id']}/complete").json["next_task"]
        seq = self.latest()
        self.patch(following, notes="x")
        self.assert_conflict(seq, following)

    def test_a_dependent_got_another_list_since_the_delete(self):
        needed, other = self.create(), self.create()
        task = self.create(depends_on=[needed["id"]])
        seq = self.delete(needed)
        self.patch(task, depends_on=[other["id"]])
        self.assert_conflict(seq, task)

    def test_redo_after_an_edit(self):
        task = self.create()
        self.patch(task, notes="x")
        seq = self.undo()["change"]["seq"]
        self.patch(task, priority="low")
        self.assert_conflict(seq, task)

    def test_counters_are_no_conflict(self):
        needed = self.create()
        parent = self.create(depends_on=[needed["id"]])
        seq = self.patch(parent, notes="x")
        self.create(parent_id=parent["id"], completed=True)
        self.act(needed, "complete")
        self.undo(seq)
        self.assertEqual(self.read(parent)["notes"], "")
        self.assertEqual(self.read(parent)["subtasks"], {"total": 1, "completed": 1})
        self.assertEqual(self.read(parent)["dependencies"], {"total": 1, "completed": 1})


class CreateTest(ConflictTest):
    def test_it_has_subtasks_since(self):
        parent, seq = self.created()
        child = self.create(parent_id=parent["id"])
        self.assert_conflict(seq, parent, child)

    def test_it_has_dependents_since(self):
        needed, seq = self.created()
        dependent = self.create(depends_on=[needed["id"]])
        self.assert_conflict(seq, needed, dependent)

    def test_it_has_both(self):
        task, seq = self.created()
        child = self.create(parent_id=task["id"])
        dependent = self.create(depends_on=[task["id"]])
        self.assert_conflict(seq, task, child, dependent)

    def test_it_has_neither_any_more(self):
        task, seq = self.created()
        child = self.create(parent_id=task["id"])
        self.patch(child, parent_id=None)
        self.undo(seq)
        self.assert_status(self.call("GET", f"/tasks/{task['id']}"), 404)


class ParentTest(ConflictTest):
    def test_the_parent_is_gone(self):
        parent = self.create()
        child = self.create(parent_id=parent["id"])
        seq = self.patch(child, parent_id=None)
        self.delete(parent)
        self.assert_conflict(seq, child, parent)

    def test_the_parent_of_a_deleted_one_is_gone(self):
        parent = self.create()
        child = self.create(parent_id=parent["id"])
        seq = self.delete(child)
        self.delete(parent)
        self.assert_conflict(seq, child, parent)

    def test_the_parent_is_a_subtask_now(self):
        parent, root = self.create(), self.create()
        child = self.create(parent_id=parent["id"])
        seq = self.delete(child)
        self.patch(parent, parent_id=root["id"])
        self.assert_conflict(seq, child, parent)

    def test_it_has_subtasks_of_its_own_now(self):
        parent = self.create()
        child = self.create(parent_id=parent["id"])
        seq = self.patch(child, parent_id=None)
        grandchild = self.create(parent_id=child["id"])
        self.assert_conflict(seq, child, grandchild)

    def test_a_kept_subtask_of_a_deleted_parent_has_subtasks_now(self):
        parent = self.create()
        child = self.create(parent_id=parent["id"])
        seq = self.delete(parent, "?subtasks=keep")
        grandchild = self.create(parent_id=child["id"])
        self.assert_conflict(seq, child, grandchild)


class ArchiveTest(ConflictTest):
    def family(self):
        parent = self.create(completed=True)
        return parent, self.create(parent_id=parent["id"])

    def test_an_active_subtask_of_an_archived_parent(self):
        parent, child = self.family()
        seq = self.patch(child, parent_id=None)
        self.act(parent, "archive")
        self.assert_conflict(seq, child, parent)

    def test_a_deleted_subtask_of_a_parent_that_is_archived_now(self):
        parent, child = self.family()
        seq = self.delete(child)
        self.act(parent, "archive")
        self.assert_conflict(seq, child, parent)

    def test_an_archived_one_may_come_back_below_it(self):
        parent, child = self.family()
        self.act(parent, "archive")
        before = self.state()
        self.assert_undone(before, self.delete(child))

    def test_the_archiving_of_a_subtask_when_its_parent_is_archived_now(self):
        parent, child = self.family()
        self.act(child, "complete")
        seq = self.act(child, "archive")
        self.act(parent, "archive")
        self.assert_conflict(seq, child, parent)

    def test_archiving_again_when_there_is_a_new_subtask(self):
        parent, _ = self.family()
        self.act(parent, "archive")
        seq = self.act(parent, "unarchive")
        new = self.create(parent_id=parent["id"])
        self.assert_conflict(seq, parent, new)

    def test_archiving_again_when_the_new_subtask_is_archived_too(self):
        parent, _ = self.family()
        self.act(parent, "archive")
        seq = self.act(parent, "unarchive")
        new = self.create(parent_id=parent["id"], completed=True)
        self.act(new, "archive")
        self.undo(seq)
        self.assertTrue(self.read(parent)["archived"])


class DependencyTest(ConflictTest):
    def test_the_dependency_is_gone(self):
        needed = self.create()
        task = self.create(depends_on=[needed["id"]])
        seq = self.patch(task, depends_on=[])
        self.delete(needed)
        self.assert_conflict(seq, task, needed)

    def test_the_dependency_of_a_deleted_one_is_gone(self):
        needed = self.create()
        task = self.create(depends_on=[needed["id"]])
        seq = self.delete(task)
        self.delete(needed)
        self.assert_conflict(seq, task, needed)

    def test_a_cycle_of_two(self):
        first = self.create()
        second = self.create(depends_on=[first["id"]])
        seq = self.patch(second, depends_on=[])
        self.patch(first, depends_on=[second["id"]])
        self.assert_conflict(seq, first, second)

    def test_a_cycle_through_others(self):
        first, middle = self.create(), self.create()
        last = self.create(depends_on=[first["id"]])
        aside = self.create(depends_on=[last["id"]])
        seq = self.patch(last, depends_on=[])
        self.patch(middle, depends_on=[last["id"]])
        self.patch(first, depends_on=[middle["id"]])
        self.assert_conflict(seq, first, middle, last)
        self.assertEqual(self.read(aside)["depends_on"], [last["id"]])

    def test_a_cycle_through_one_that_comes_back(self):
        # last -> gone -> first; while gone is gone, first comes to depend on last
        first = self.create()
        gone = self.create(depends_on=[first["id"]])
        last = self.create(depends_on=[gone["id"]])
        seq = self.delete(gone)
        self.patch(first, depends_on=[last["id"]])
        self.assert_conflict(seq, first, gone, last)

    def test_new_dependents_without_a_cycle_are_no_conflict(self):
        first, second = self.create(), self.create()
        task = self.create(depends_on=[first["id"]])
        before = self.patch(task, depends_on=[second["id"]])
        self.create(depends_on=[task["id"]])
        self.undo(before)
        self.assertEqual(self.read(task)["depends_on"], [first["id"]])


if __name__ == "__main__":
    unittest.main()
