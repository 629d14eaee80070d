# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""For each operation a request that it accepts. A new operation that needs more than a task and the
first example of its body gets a row in PREPARED."""

import itertools
import urllib.parse

from world import TODAY, Request

_numbers = itertools.count(1)


def unique(prefix):
    return f"{prefix} {next(_numbers)}"


def completed(world):
    return world.complete(world.task(unique("Done")))


def archived(world):
    task = completed(world)
    world.ok("POST", f"/tasks/{task}/archive")
    return task


def template(world):
    """The name of a new template, as it stands in a path."""
    name = unique("Template")
    world.ok("POST", "/templates", {"name": name, "description": "From a template"})
    return urllib.parse.quote(name)


def of_template(world, **rest):
    return Request({"name": template(world)}, **rest)


def last_change(world):
    """The number of the change that was made last and is not undone."""
    return world.ok("GET", "/undo")["seq"]


def undoable(world):
    world.task(unique("To undo"))
    return Request({"seq": last_change(world)}, body={})


def named(**fields):
    return {"name": unique("Named"), **fields}


# operation id: what to do before, giving the request
PREPARED = {
    "archiveTask": lambda world: Request({"id": completed(world)}, body={}),
    "unarchiveTask": lambda world: Request({"id": archived(world)}, body={}),
    "bulkArchive": lambda world: Request(body={"ids": [completed(world), completed(world)]}),
    "saveTemplate": lambda world: Request({"id": world.task("To save")}, body=named()),
    "createTemplate": lambda world: Request(body=named(description="Water the plants")),
    "getTemplate": of_template,
    "replaceTemplate": lambda world: of_template(world, body=named(description="Changed")),
    "deleteTemplate": of_template,
    "createTaskFromTemplate": lambda world: of_template(world, body={"due_date": TODAY}),
    "undoChange": undoable,
}


def first_example(content):
    """The value of the first example of a body's media type, and that type."""
    media = next(iter(content.value))
    examples = content.child(media).children("examples")
    return (next(iter(examples.values())).value["value"] if examples else {}), media


def accepted(world, operation):
    """A request that the operation answers with a documented 2xx."""
    if operation.name in PREPARED:
        return PREPARED[operation.name](world)
    request = Request(query=f"today={TODAY}" if "today" in operation.names("query") else "")
    if "{id}" in operation.path:
        request = request.but(variables={"id": world.task(unique("Plain"))})
    if operation.body is not None:
        body, media = first_example(operation.body.child("content"))
        request = request.but(body=body, media=media)
    return request
