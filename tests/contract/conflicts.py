# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""For each operation and each 409 that the document names, a request that is refused for it."""

from plausible import archived, last_change, of_template, template, undoable, unique
from world import ID_MAX, Request


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
            world.task(), _update(parent_id=archived(world))),
    }


def _archived_child(world):
    parent = world.task("Parent")
    child = world.complete(world.task("Child", parent_id=parent))
    world.ok("POST", f"/tasks/{world.complete(parent)}/archive")
    return child


def _all_or_nothing(world):
    return Request(body={"ids": [world.task("There"), ID_MAX], "atomic": True})


def undo_everything(world):
    while world.stack.request("POST", "/api/v1/undo", {}).status == 200:
        pass
    return Request(body={})


def _undo_of_a_deletion_whose_name_is_taken(world):
    """Of two templates of one name, both deleted, the first comes back; then the second cannot."""
    name = unique("Name")
    deletions = []
    for _ in range(2):
        world.ok("POST", "/templates", {"name": name, "description": "One of two"})
        world.ok("DELETE", "/templates/" + name.replace(" ", "%20"))
        deletions.append(last_change(world))
    world.ok("POST", f"/changes/{deletions[0]}/undo")
    return Request(body={})


def _undone(world):
    request = undoable(world)
    world.ok("POST", f"/changes/{request.variables['seq']}/undo")
    return request


def touched_later(world):
    task = world.task("Buy milk")
    seq = last_change(world)
    world.change(task, notes="Later")
    return Request({"seq": seq}, body={})


def _taken(world, request):
    """With the name of a template that exists."""
    return request.but(body={"description": "Same name", **(request.body or {}),
                             "name": template(world).replace("%20", " ").upper()})


def _from_template_rows(operation):
    return {
        (operation, "blocked"): lambda world: of_template(
            world, body={"completed": True, "depends_on": [world.task("Open")]}),
        (operation, "subtask-depth"): lambda world: of_template(
            world, body={"parent_id": _child(world)}),
        (operation, "parent-archived"): lambda world: of_template(
            world, body={"parent_id": archived(world)}),
    }


# (operation id, slug): makes the state and gives the request
CONFLICTS = {
    ("createTask", "blocked"): lambda world: _new(completed=True, depends_on=[world.task("Open")]),
    ("createTask", "subtask-depth"): lambda world: _new(parent_id=_child(world)),
    ("createTask", "parent-archived"): lambda world: _new(parent_id=archived(world)),
    ("createSubtask", "blocked"): lambda world: _new(
        completed=True, depends_on=[world.task("Open")]).but(variables={"id": world.task("Parent")}),
    ("createSubtask", "subtask-depth"): lambda world: _new().but(variables={"id": _child(world)}),
    ("createSubtask", "parent-archived"): lambda world: _new().but(
        variables={"id": archived(world)}),
    ("deleteTask", "has-subtasks"): lambda world: _on(_parent(world)),
    ("completeTask", "blocked"): lambda world: _on(_blocked(world), {}),
    ("archiveTask", "not-completed"): lambda world: _on(world.task("Open"), {}),
    ("unarchiveTask", "not-completed"): lambda world: _on(world.task("Open"), {}),
    ("unarchiveTask", "parent-archived"): lambda world: _on(_archived_child(world), {}),
    ("bulkArchive", "bulk-failed"): _all_or_nothing,
    ("bulkComplete", "bulk-failed"): _all_or_nothing,
    ("bulkDelete", "bulk-failed"): _all_or_nothing,
    ("createTemplate", "name-taken"): lambda world: _taken(world, Request()),
    ("replaceTemplate", "name-taken"): lambda world: _taken(world, of_template(world)),
    ("saveTemplate", "name-taken"): lambda world: Request(
        {"id": world.task()}, body={"name": template(world).replace("%20", " ")}),
    ("undo", "nothing-to-undo"): undo_everything,
    ("undo", "undo-conflict"): _undo_of_a_deletion_whose_name_is_taken,
    ("undoChange", "nothing-to-undo"): _undone,
    ("undoChange", "undo-conflict"): touched_later,
    **_from_template_rows("createTaskFromTemplate"),
    **_update_rows("replaceTask"),
    **_update_rows("updateTask"),
}

