# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The rules of tasks once more, as simply as they can be said in Python: what test_model.py holds
# the service against.

import calendar
import datetime

DEFAULTS = {"completed": False, "priority": "medium", "category": "other", "due_date": None,
            "notes": "", "parent_id": None, "depends_on": [], "recurring": None}
NOT_WRITABLE = {"archived": False, "next": False}
FIRST_ID_THAT_NEVER_WAS = 10**6


def occurrence(anchor, recurring, index):
    """The date of an occurrence: anchor + index intervals, in the last days of a month cut."""
    steps = index * recurring["interval"]
    if recurring["type"] == "daily":
        return anchor + datetime.timedelta(days=steps)
    if recurring["type"] == "weekly":
        return anchor + datetime.timedelta(weeks=steps)
    month = anchor.month - 1 + steps
    year, month = anchor.year + month // 12, month % 12 + 1
    return anchor.replace(year=year, month=month,
                          day=min(anchor.day, calendar.monthrange(year, month)[1]))


class Model:
    """All tasks by id. Each operation gives the set of problems that forbid it; if that is empty,
    it has been carried out. The caller gives the ids that the service has chosen."""

    def __init__(self):
        self.tasks = {}

    # --- What a task shows ------------------------------------------------------------------------

    def children(self, number):
        return [one for one, task in self.tasks.items() if task["parent_id"] == number]

    def blockers(self, depends_on):
        return [one for one in sorted(depends_on) if not self.tasks[one]["completed"]]

    def progress(self, ids):
        return {"total": len(ids), "completed": sum(self.tasks[one]["completed"] for one in ids)}

    def view(self, number):
        """The members of the answer that do not depend on the clock."""
        task = self.tasks[number]
        shown = {name: task[name] for name in (*DEFAULTS, "description")}
        return shown | {
            "id": number, "depends_on": sorted(task["depends_on"]), "archived": task["archived"],
            "blocked": not task["completed"] and bool(self.blockers(task["depends_on"])),
            "subtasks": self.progress(self.children(number)),
            "dependencies": self.progress(task["depends_on"])}

    # --- Rules ------------------------------------------------------------------------------------

    def reaches(self, start, goal, seen):
        """Whether goal is among what start depends on, directly or not."""
        if start == goal:
            return True
        seen.add(start)
        return any(self.reaches(one, goal, seen) for one in self.tasks[start]["depends_on"]
                   if one not in seen)

    def problems(self, number, before, after):
        """What forbids that task `number` (None: a new one) becomes `after`."""
        found = set()
        unknown = [one for one in after["depends_on"] if one not in self.tasks]
        if after["recurring"] and after["due_date"] is None:
            found.add("validation")
        parent = after["parent_id"]
        if unknown or parent == number is not None or parent not in (None, *self.tasks):
            return found | {"validation"}
        if parent is not None and (before is None or before["parent_id"] != parent):
            if self.tasks[parent]["parent_id"] or (number is not None and self.children(number)):
                found.add("subtask-depth")
            if self.tasks[parent]["archived"]:
                found.add("parent-archived")
        if number is not None and any(self.reaches(one, number, set())
                                      for one in after["depends_on"]):
            found.add("dependency-cycle")
        if after["completed"] and not (before and before["completed"]):
            if self.blockers(one for one in after["depends_on"] if one != number):
                found.add("blocked")
        return found

    def start_series(self, task):
        if task["recurring"]:
            task["anchor"] = datetime.date.fromisoformat(task["due_date"])
            task["index"] = 0

    # --- Operations -------------------------------------------------------------------------------

    def create(self, fields, number):
        task = DEFAULTS | NOT_WRITABLE | fields
        if "category" not in fields and task["parent_id"] in self.tasks:
            task["category"] = self.tasks[task["parent_id"]]["category"]
        found = self.problems(None, None, task)
        if not found:
            self.start_series(task)
            self.tasks[number] = task
        return found

    def change(self, number, fields, next_number):
        if number not in self.tasks:
            return {"not-found"}
        before = self.tasks[number]
        after = before | fields
        found = self.problems(number, before, after)
        if found:
            return found
        if any(after[name] != before[name] for name in ("recurring", "due_date")):
            self.start_series(after)
        self.tasks[number] = after
        if after["completed"] and not before["completed"]:
            self.make_next(after, next_number)
        return found

    def make_next(self, task, next_number):
        if not task["recurring"] or task["next"]:
            return
        task["next"] = True
        date = occurrence(task["anchor"], task["recurring"], task["index"] + 1)
        parent = self.tasks.get(task["parent_id"], NOT_WRITABLE)
        self.tasks[next_number] = task | NOT_WRITABLE | {
            "archived": task["archived"] and parent["archived"], "completed": False, "depends_on": [], "index": task["index"] + 1,
            "due_date": date.isoformat()}

    def archive(self, number, archived):
        if number not in self.tasks:
            return {"not-found"}
        task = self.tasks[number]
        parent = self.tasks.get(task["parent_id"], NOT_WRITABLE)
        if not task["completed"] and not task["archived"]:
            return {"not-completed"}
        if not archived and task["archived"] and parent["archived"]:
            return {"parent-archived"}
        if task["archived"] != archived:
            for one in (number, *self.children(number)):
                self.tasks[one]["archived"] = archived
        return set()

    def archive_completed(self):
        before = sum(task["archived"] for task in self.tasks.values())
        for number, task in self.tasks.items():
            if task["completed"]:
                self.archive(number, True)
        return sum(task["archived"] for task in self.tasks.values()) - before

    def delete(self, number, choice):
        if number not in self.tasks:
            return {"not-found"}
        children = self.children(number)
        if children and choice is None:
            return {"has-subtasks"}
        for child in children:
            if choice == "keep":
                self.tasks[child]["parent_id"] = None
            else:
                self.forget(child)
        self.forget(number)
        return set()

    def forget(self, number):
        del self.tasks[number]
        for task in self.tasks.values():
            task["depends_on"] = [one for one in task["depends_on"] if one != number]
