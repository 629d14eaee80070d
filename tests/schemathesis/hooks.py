# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""What a JSON schema cannot say about a valid request, said here to schemathesis: which ids exist,
which values contradict each other. Only parts of a request that are meant to be valid are touched."""

import random
import unicodedata

import requests
import schemathesis
from schemathesis.core import NOT_SET
from schemathesis.core.parameters import ParameterLocation

READ_ONLY = ("id", "archived", "created_at", "updated_at", "completed_at", "version", "overdue",
             "days_overdue", "blocked", "subtasks", "dependencies")


def existing_ids(case):
    """Some tasks that exist now."""
    base = case.operation.base_url.rstrip("/")
    page = requests.get(f"{base}/api/v1/tasks", params={"limit": 20}, timeout=30).json()
    return [task["id"] for task in page["tasks"]]


def whole_numbers(value):
    """JSON Schema calls 1.0 an integer; this API wants it written without a fraction."""
    if isinstance(value, dict):
        return {name: whole_numbers(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [whole_numbers(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def unique(values):
    return list(dict.fromkeys(values))


def mend_links(case, body):
    """depends_on and parent_id name tasks that exist."""
    if body.get("depends_on") or body.get("parent_id"):
        own = str(case.path_parameters.get("id")) if case.path_parameters else None
        ids = [number for number in existing_ids(case) if str(number) != own]
        chosen = random.Random(repr(sorted(map(str, body)))) if ids else None
        if body.get("depends_on"):
            count = len(body["depends_on"])
            body["depends_on"] = unique(chosen.choices(ids, k=count)) if ids else []
        if body.get("parent_id"):
            body["parent_id"] = chosen.choice(ids) if ids else None
    if case.path.endswith("/subtasks"):
        body.pop("parent_id", None)  # The path gives it; the body may only repeat it.


def mend_import(body):
    """A set of tasks that is whole in itself; the links have tests of their own in tests/api."""
    for number, task in enumerate(body.get("tasks") or (), 1):
        task.update(id=number, parent_id=None, depends_on=[], recurring=None, archived=False,
                    completed=False, completed_at=None)
        task.pop("next_id", None)
        for name in ("created_at", "updated_at"):  # Not every text of that form is a time.
            if task.get(name) is not None:
                task[name] = "2026-01-05T10:11:12.000Z"
    body["templates"] = type(body.get("templates") or [])()


def mend_body(case):
    body = case.body = whole_numbers(case.body)
    if not isinstance(body, dict):
        return
    for name in READ_ONLY:  # These must be as they are now, which a generator cannot know.
        if case.method in ("PUT", "PATCH"):
            body.pop(name, None)
    if "text" in body:  # A description of at least one and at most 1,000 characters.
        text = "".join(c for c in body["text"][:900] if unicodedata.category(c) != "Cc")
        body["text"] = "Task " + text
    if case.path == "/api/v1/import":
        mend_import(body)
        return
    if case.path.startswith("/api/v1/templates") and not case.path.endswith("/tasks"):
        return
    mend_links(case, body)
    if case.path.endswith("/{name}/tasks"):
        body.setdefault("due_date", "2026-01-31")  # The template may recur.
    if "recurring" in body or "due_date" in body:  # A recurring task needs a due date.
        if body.get("recurring") and not body.get("due_date"):
            body["due_date"] = "2026-01-31"
        if body.get("due_date") is None and case.method == "PATCH":
            body["recurring"] = None
    if case.method == "PATCH" and body.get("recurring"):
        body["recurring"].setdefault("type", "daily")  # A one-time task needs the type.


def mend_query(case):
    query = case.query
    if case.method == "DELETE":
        query.pop("dry_run", None)  # What was not deleted is still there, and taken for a fault.
    query.pop("cursor", None)  # Only what an answer gave is one; tests/api/test_list_cursor.py.
    if query.get("sort"):
        keys = query["sort"].split(",") if isinstance(query["sort"], str) else query["sort"]
        query["sort"] = ",".join({key.lstrip("-"): key for key in keys}.values())


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.method in ("GET", "HEAD"):
        case.body = NOT_SET  # lighttpd refuses a GET with a body, as documented.
    elif case.body is not NOT_SET and not case.meta.is_negative_at(ParameterLocation.BODY):
        mend_body(case)
    if case.query and not case.meta.is_negative_at(ParameterLocation.QUERY):
        mend_query(case)
