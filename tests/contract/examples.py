# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The examples of the document: where each is used, and how to get the answer that it shows."""

import dataclasses

from document import DOCUMENT, OPERATIONS, walk
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


def _cyclic(world):
    return "updateTask", Request({"id": 5}, body={"depends_on": [7]})


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
    "/components/examples/DependencyCycle": _cyclic,
    "/components/responses/NotFound/content/application~1problem+json/examples/not-found":
        lambda world: ("getTask", _task(99)),
}


def scene(world, pointer):
    """The operation and the answer of an example."""
    assert pointer in SCENES, f"nothing brings about the answer at {pointer}"
    name, request = SCENES[pointer](world)
    return BY_NAME[name], world.send(BY_NAME[name], request)


# Members that count up with whatever a test did before.
COUNTED = frozenset(("id", "seq", "undone_by", "undoes", "next_since"))


def without_numbers(value):
    """The value with each id that the service gave replaced by 0."""
    if isinstance(value, dict):
        return {name: 0 if name in COUNTED and isinstance(inner, int) else without_numbers(inner)
                for name, inner in value.items()}
    return [without_numbers(inner) for inner in value] if isinstance(value, list) else value
