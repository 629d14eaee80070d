# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Lists, trees, due views and statistics once more, over the views of tests/api/model.py: what
# test_differential.py holds the service against.

import datetime

PRIORITIES = ("high", "medium", "low")
CATEGORIES = ("work", "personal", "shopping", "other")
AFTER_EVERY_DATE = "A"  # text that sorts after digits: a task without a date comes last


def days_overdue(task, today):
    if task["due_date"] is None or task["completed"] or task["archived"]:
        return 0
    return max(0, (today - datetime.date.fromisoformat(task["due_date"])).days)


def in_view(task, view, today):
    """Whether a task belongs to due=view."""
    if view == "none" or task["due_date"] is None:
        return view == "none" and task["due_date"] is None
    due = datetime.date.fromisoformat(task["due_date"])
    return {"overdue": days_overdue(task, today) > 0, "today": due == today,
            "tomorrow": (due - today).days == 1, "week": 0 <= (due - today).days <= 7,
            "month": (due.year, due.month) == (today.year, today.month)}[view]


def matches(task, query, today):
    wanted = dict(query)
    archived = wanted.pop("archived", False)
    checks = {
        "completed": lambda value: task["completed"] == value,
        "priority": lambda value: task["priority"] in value,
        "category": lambda value: task["category"] in value,
        "due": lambda value: in_view(task, value, today),
        "due_before": lambda value: task["due_date"] is not None and task["due_date"] < value,
        "due_after": lambda value: task["due_date"] is not None and task["due_date"] > value,
        "parent_id": lambda value: task["parent_id"] == value,
        "recurring": lambda value: (task["recurring"] is not None) == value,
        "blocked": lambda value: task["blocked"] == value,
        "q": lambda value: value.lower() in task["description"].lower()
                           or value.lower() in task["notes"].lower()}
    return archived in ("any", task["archived"]) and all(
        checks[name](value) for name, value in wanted.items())


def ordered(tasks, keys):
    """By the sort keys, the last first, since Python's sort is stable."""
    values = {"id": lambda task: task["id"], "description": lambda task: task["description"].lower(),
              "priority": lambda task: PRIORITIES.index(task["priority"]),
              "due_date": lambda task: task["due_date"] or AFTER_EVERY_DATE}
    tasks = sorted(tasks, key=values["id"])
    for key in reversed(keys):
        tasks = sorted(tasks, key=values[key.removeprefix("-")], reverse=key.startswith("-"))
    return tasks


def tree(tasks, query, keys, today):
    """(id of a root task, ids of its children that are shown), in order."""
    found = []
    for root in ordered([task for task in tasks if task["parent_id"] is None], keys):
        children = [task["id"] for task in ordered(tasks, keys)
                    if task["parent_id"] == root["id"] and matches(task, query, today)]
        if children or matches(root, query, today):
            found.append((root["id"], children))
    return found


def group(tasks):
    present = [task for task in tasks if not task["archived"]]
    completed = sum(task["completed"] for task in present)
    return {"total": len(tasks), "active": len(present), "completed": completed,
            "pending": len(present) - completed, "archived": len(tasks) - len(present)}


def statistics(tasks, today):
    present = [task for task in tasks if not task["archived"]]
    due = {view: sum(in_view(task, view, today) for task in present)
           for view in ("overdue", "today", "tomorrow", "week", "month", "none")}
    return {
        "overview": group(tasks) | {"overdue": due["overdue"]},
        "by_priority": {name: group([task for task in tasks if task["priority"] == name])
                        for name in PRIORITIES},
        "by_category": {name: group([task for task in tasks if task["category"] == name])
                        for name in CATEGORIES},
        "by_due_date": {
            "overdue": due["overdue"],
            "oldest_overdue_days": max((days_overdue(task, today) for task in present), default=0),
            "today": due["today"], "tomorrow": due["tomorrow"], "this_week": due["week"],
            "this_month": due["month"], "none": due["none"]},
        "relationships": {
            "root_tasks": sum(task["parent_id"] is None for task in present),
            "subtasks": sum(task["parent_id"] is not None for task in present),
            "with_dependencies": sum(bool(task["depends_on"]) for task in present),
            "blocked": sum(task["blocked"] for task in present),
            "recurring": sum(task["recurring"] is not None for task in present)}}
