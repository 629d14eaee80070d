# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The examples of the document: where each is used, and how to get the answer that it shows."""

import dataclasses
import re

import gate
from conflicts import touched_later, undo_everything
from document import DOCUMENT, OPERATIONS, walk
from plausible import last_change
from world import BY_NAME, TODAY, Request


@dataclasses.dataclass
class Use:
    """An example of a request (status None) or of an answer, in one operation."""

    operation: object
    status: int | None
    media: str
    schema: object
    example: object  # the node; its pointer is that of the shared example if it is one

    def __str__(self):
        return f"{self.operation.name} {self.status or 'request'} {self.example.pointer}"


def _of(operation, status, holder):
    for media in holder.get("content", {}):
        node = holder.child("content", media)
        for example in node.children("examples").values():
            yield Use(operation, status, media, node.child("schema"), example)


def uses():
    for operation in OPERATIONS:
        if operation.body is not None:
            yield from _of(operation, None, operation.body)
        for status, response in operation.responses.items():
            yield from _of(operation, status, response)


def single_examples(tree):
    """(pointer, mapping) of everything that has one `example` beside or in its schema."""
    return [(pointer, value) for pointer, value in walk(tree)
            if "example" in value and not pointer.endswith("/properties")]


def _task(number, **rest):
    return Request({"id": number}, query=f"today={TODAY}", **rest)


def _deleted(world):
    """Task 12 and one of its subtasks are gone."""
    for part in range(14, 18):
        world.ok("DELETE", f"/tasks/{part}")
    world.ok("DELETE", "/tasks/12", query="?subtasks=delete")


def _undo(world):
    _deleted(world)
    return "undo", Request(body={})


def _get_undo(world):
    _deleted(world)
    return "getUndo", Request()


def _bulk(world):
    weekly = world.task("Weekly", due_date="2026-01-05", recurring={"type": "weekly"})
    world.complete(5)
    return "bulkComplete", Request(body={"ids": [1, weekly, 5, 7, 99]})


def _new_template(world, times=1):
    body = DOCUMENT.at("/components/examples/NewTemplate/value")
    for _ in range(times):
        world.ok("POST", "/templates", body)
    return body


def _get_template(world):
    _new_template(world)
    return "getTemplate", Request({"name": "weekly%20SHOPPING"})


def _feed(world):
    world.task("Buy milk")
    return "listChanges", Request(query=f"since={last_change(world) - 1}")


def _month_ends(world):
    task = world.task("Pay rent", due_date="2026-01-31", recurring={"type": "monthly"})
    return "listOccurrences", Request({"id": task}, query="count=3")


def _nothing_to_undo(world):
    undo_everything(world)
    return "getUndo", Request()


def _export(world):
    """What was imported where nothing was is what is exported again."""
    undo_everything(world)
    world.ok("POST", "/import", DOCUMENT.at("/components/examples/Export/value"))
    return "exportTasks", Request()


def _import(world):
    tasks = [{"id": number, "description": f"Task {number}"} for number in (1, 2, 3)]
    return "importTasks", Request(body={
        **DOCUMENT.at("/components/examples/Phase3Document/value"), "tasks": [
            {**DOCUMENT.at("/components/examples/Phase3Document/value/tasks/0"), **task}
            for task in tasks]})


def _milk(name):
    """Task 12 alone, in another form."""
    return lambda world: (name, Request(query=f"today={TODAY}&q=buy%20milk"))


# Pointer of the example: gives the operation id and the request whose answer it shows.
SCENES = {
    "/components/examples/Task": lambda world: ("getTask", _task(12)),
    "/components/examples/CreatedTask": lambda world: ("createTask", Request(
        query=f"today={TODAY}", body=DOCUMENT.at("/components/examples/NewTask/value"))),
    "/components/examples/Validation": lambda world: ("createTask", Request(
        query="colour=blue", body={"description": "Buy milk", "due_date": "2026-02-30"})),
    "/components/examples/MalformedJson": lambda world: ("createTask", Request(
        body=b'{"description": "Buy milk"')),
    "/components/examples/Blocked": lambda world: ("completeTask", _task(12, body={})),
    "/components/examples/DependencyCycle": lambda world: (
        "updateTask", Request({"id": 5}, body={"depends_on": [7]})),
    "/components/examples/BulkResult": _bulk,
    "/components/examples/BulkFailed": lambda world: (
        "bulkArchive", Request(body={"ids": [3, 7], "atomic": True})),
    "/components/examples/Change": _get_undo,
    "/components/examples/Undone": _undo,
    "/components/examples/UndoConflict": lambda world: ("undoChange", touched_later(world)),
    "/components/examples/NameTaken": lambda world: (
        "createTemplate", Request(body=_new_template(world))),
    "/components/examples/Template": _get_template,
    "/components/examples/QuickAddPreview": lambda world: ("previewQuickAdd", Request(
        body={"text": DOCUMENT.at("/components/examples/QuickAddPreview/summary")})),
    "/components/examples/Statistics": lambda world: (
        "getStats", Request(query=f"today={TODAY}")),
    "/components/examples/TasksCalendar": _milk("getTasksCalendar"),
    "/components/examples/TasksCsv": _milk("getTasksCsv"),
    "/components/examples/Export": _export,
    "/components/examples/ImportReport": _import,
    "/paths/~1api~1v1~1changes/get/responses/200/content/application~1json/examples/feed": _feed,
    "/paths/~1api~1v1~1tasks~1archive-completed/post/responses/200/content/application~1json"
    "/examples/some": lambda world: ("archiveCompleted", Request(body={})),
    "/paths/~1api~1v1~1tasks~1{id}~1history/get/responses/200/content/application~1json"
    "/examples/history": lambda world: ("getHistory", Request({"id": world.task("Buy milk")})),
    "/paths/~1api~1v1~1tasks~1{id}~1occurrences/get/responses/200/content/application~1json"
    "/examples/month-ends": _month_ends,
    "/paths/~1api~1v1~1undo/get/responses/404/content/application~1problem+json"
    "/examples/nothing-to-undo": _nothing_to_undo,
    "/components/responses/NotFound/content/application~1problem+json/examples/not-found":
        lambda world: ("getTask", _task(99)),
} | gate.SCENES


def scene(world, pointer):
    """The operation and the answer of an example."""
    assert pointer in SCENES, f"nothing brings about the answer at {pointer}"
    name, request = SCENES[pointer](world)
    return BY_NAME[name], world.send(BY_NAME[name], request)


# Members that count up with whatever a test did before.
COUNTED = frozenset(("id", "becomes", "seq", "undone_by", "undoes", "next_since"))
COUNTED_LISTS = frozenset(("task_ids", "succeeded", "created"))
IN_TEXT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|\d{8}T\d{6}Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def without_numbers(value, name=""):
    """The value with each id that the service gave replaced by 0, and the times in a text."""
    if isinstance(value, dict):
        return {key: without_numbers(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [0] * len(value) if name in COUNTED_LISTS else [
            without_numbers(inner) for inner in value]
    if name == "instance":
        return re.sub(r"/\d+", "/0", value)
    if isinstance(value, str) and "\n" in value:
        return IN_TEXT.sub("-", value.replace("\r\n", "\n").rstrip("\n"))
    return 0 if name in COUNTED and isinstance(value, int) else value
