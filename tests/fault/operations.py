# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# One request for every operation of the API, each with what has to be there before it.

import itertools

_numbers = itertools.count(1)


class Request:
    """What is sent. `streamed`: the answer may be cut short once it has begun."""

    def __init__(self, method, path, body=None, streamed=False):
        self.method, self.path, self.body, self.streamed = method, path, body, streamed


class World:
    """Makes what an operation needs; `ok` sends a request that must succeed."""

    def __init__(self, ok):
        self._ok = ok

    def task(self, **fields):
        made = self._ok("POST", "/tasks", {"description": f"Task {next(_numbers)}",
                                           "notes": "What it is about " * 20, **fields})
        return made["id"]

    def completed(self, **fields):
        number = self.task(**fields)
        self._ok("POST", f"/tasks/{number}/complete", {})
        return number

    def archived(self):
        number = self.completed()
        self._ok("POST", f"/tasks/{number}/archive", {})
        return number

    def family(self):
        parent = self.task()
        child = self.task(parent_id=parent)
        self.task(depends_on=[parent, child])
        return parent

    def template(self):
        name = f"Template-{next(_numbers)}"
        self._ok("POST", "/templates", {"name": name, "description": "From it"})
        return name

    def change(self):
        return self._ok("GET", f"/tasks/{self.task()}/history")["changes"][0]["seq"]


def name():
    return f"Name {next(_numbers)}"


RECURRING = {"due_date": "2031-01-31", "recurring": {"type": "monthly", "interval": 1}}


def document():
    return {"format": "todo-app-export", "version": 1, "tasks": [
        {"id": 1, "description": name(), "notes": "n" * 500},
        {"id": 2, "description": name(), "parent_id": 1},
        {"id": 3, "description": name(), "depends_on": [1, 2]}],
        "templates": [{"name": name(), "description": "Imported"}]}


# operation id of the contract: function of the world that gives the request
OPERATIONS = {
    "listTasks": lambda world: Request("GET", "/tasks?count=true&sort=due_date&view=tree"),
    "createTask": lambda world: Request("POST", "/tasks", {
        "description": name(), "notes": "n" * 3000, "depends_on": [world.task()]}),
    "getTask": lambda world: Request("GET", f"/tasks/{world.family()}"),
    "replaceTask": lambda world: Request("PUT", f"/tasks/{world.family()}", {
        "description": name(), "depends_on": [world.task()]}),
    "updateTask": lambda world: Request("PATCH", f"/tasks/{world.task()}", {
        "notes": "m" * 3000, "priority": "high"}),
    "deleteTask": lambda world: Request("DELETE", f"/tasks/{world.family()}?subtasks=delete"),
    "completeTask": lambda world: Request(
        "POST", f"/tasks/{world.task(**RECURRING)}/complete", {}),
    "reopenTask": lambda world: Request("POST", f"/tasks/{world.completed()}/reopen", {}),
    "archiveTask": lambda world: Request("POST", f"/tasks/{world.completed()}/archive", {}),
    "unarchiveTask": lambda world: Request("POST", f"/tasks/{world.archived()}/unarchive", {}),
    "listOccurrences": lambda world: Request(
        "GET", f"/tasks/{world.task(**RECURRING)}/occurrences?count=100"),
    "archiveCompleted": lambda world: (world.completed(), world.completed(), Request(
        "POST", "/tasks/archive-completed", {}))[-1],
    "bulkComplete": lambda world: Request("POST", "/tasks/bulk/complete", {
        "ids": [world.task(), world.task(**RECURRING)], "atomic": True}),
    "bulkDelete": lambda world: Request("POST", "/tasks/bulk/delete", {
        "ids": [world.family(), world.task()], "subtasks": "keep", "atomic": True}),
    "bulkArchive": lambda world: Request("POST", "/tasks/bulk/archive", {
        "ids": [world.completed(), world.completed()], "atomic": True}),
    "listSubtasks": lambda world: Request("GET", f"/tasks/{world.family()}/subtasks"),
    "createSubtask": lambda world: Request("POST", f"/tasks/{world.task()}/subtasks", {
        "description": name()}),
    "saveTemplate": lambda world: Request("POST", f"/tasks/{world.task()}/template", {
        "name": name()}),
    "quickAdd": lambda world: Request("POST", "/tasks/quick-add", {
        "text": f"{name()} !h @work due:2031-01-05 #notes"}),
    "previewQuickAdd": lambda world: Request("POST", "/tasks/quick-add/preview", {
        "text": f"{name()} !h @work due:2031-01-05 #notes"}),
    "listTemplates": lambda world: Request("GET", "/templates"),
    "createTemplate": lambda world: Request("POST", "/templates", {
        "name": name(), "description": "A template", "notes": "n" * 3000}),
    "getTemplate": lambda world: Request("GET", f"/templates/{world.template()}"),
    "replaceTemplate": lambda world: Request("PUT", f"/templates/{world.template()}", {
        "name": name(), "description": "Another"}),
    "deleteTemplate": lambda world: Request("DELETE", f"/templates/{world.template()}"),
    "createTaskFromTemplate": lambda world: Request(
        "POST", f"/templates/{world.template()}/tasks", {"notes": "over"}),
    "exportTasks": lambda world: Request("GET", "/export", streamed=True),
    "importTasks": lambda world: Request("POST", "/import", document()),
    "getHistory": lambda world: Request("GET", f"/tasks/{world.completed()}/history"),
    "getUndo": lambda world: (world.task(), Request("GET", "/undo"))[-1],
    "undo": lambda world: (world.family(), Request("POST", "/undo", {}))[-1],
    "listChanges": lambda world: Request("GET", "/changes?since=0&limit=50"),
    "undoChange": lambda world: Request("POST", f"/changes/{world.change()}/undo", {}),
    "getStats": lambda world: Request("GET", "/stats?priority=high"),
    "getTasksCsv": lambda world: Request("GET", "/tasks.csv", streamed=True),
    "getTasksCalendar": lambda world: Request("GET", "/tasks.ics", streamed=True),
}
