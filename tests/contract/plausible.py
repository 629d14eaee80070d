# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""For each operation a request that it accepts. A new operation that needs more than a task and the
first example of its body gets a row in PREPARED."""

import itertools

from world import TODAY, Request

_numbers = itertools.count(1)


def unique(prefix):
    return f"{prefix} {next(_numbers)}"


# operation id: what to do before, giving the request
PREPARED = {}


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
