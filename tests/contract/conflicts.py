# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""For each operation and each 409 that the document names, a request that is refused for it."""

from world import Request


def _archived_parent(world):
    parent = world.complete(world.task("Parent"))
    world.ok("POST", f"/tasks/{parent}/archive", {})
    return parent


def _blocked(world):
    return world.task("Blocked", depends_on=[world.task("Open")])


def _parent(world):
    parent = world.task("Parent")
    world.task("Child", parent_id=parent)
    return parent


def _child(world):
    return world.task("Child", parent_id=world.task("Parent"))


def _cycle(world):
    first = world.task("First")
    return first, world.task("Second", depends_on=[first])


def _on(task, body=None):
    return Request({"id": task}, body=body)


def _new(**fields):
    return Request(body={"description": "New", **fields})


def _update(**fields):
    """PUT wants a description; PATCH does not mind it."""
    return {"description": "Changed", **fields}


def _in_cycle(world):
    first, second = _cycle(world)
    return _on(first, _update(depends_on=[second]))


def _update_rows(operation):
    return {
        (operation, "blocked"): lambda world: _on(_blocked(world), _update(
            completed=True, depends_on=[world.task("Open")])),
        (operation, "dependency-cycle"): _in_cycle,
        (operation, "subtask-depth"): lambda world: _on(world.task(), _update(parent_id=_child(world))),
        (operation, "parent-archived"): lambda world: _on(
            world.task(), _update(parent_id=_archived_parent(world))),
    }


# (operation id, slug): makes the state and gives the request
CONFLICTS = {
    ("createTask", "blocked"): lambda world: _new(completed=True, depends_on=[world.task("Open")]),
    ("createTask", "subtask-depth"): lambda world: _new(parent_id=_child(world)),
    ("createTask", "parent-archived"): lambda world: _new(parent_id=_archived_parent(world)),
    ("createSubtask", "blocked"): lambda world: _new(
        completed=True, depends_on=[world.task("Open")]).but(variables={"id": world.task("Parent")}),
    ("createSubtask", "subtask-depth"): lambda world: _new().but(variables={"id": _child(world)}),
    ("createSubtask", "parent-archived"): lambda world: _new().but(
        variables={"id": _archived_parent(world)}),
    ("deleteTask", "has-subtasks"): lambda world: _on(_parent(world)),
    ("completeTask", "blocked"): lambda world: _on(_blocked(world), {}),
    **_update_rows("replaceTask"),
    **_update_rows("updateTask"),
}

