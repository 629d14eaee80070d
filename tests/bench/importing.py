# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The import of many tasks in one request, and its undo."""

import dataclasses

import bulk
import life
from support.process import Failure

NAME = "import"  # of the app
TASKS = 100_000


@dataclasses.dataclass(frozen=True)
class Sample:
    seconds: float
    peak: float  # the app's resident memory at most until then, in MiB
    undo_seconds: float
    undo_peak: float


def shifted(task, copy, by):
    """A record with other ids and another text."""
    parent = task["parent_id"]
    return task | {"id": task["id"] + by, "description": f"{task['description']} {copy}",
                   "parent_id": parent and parent + by,
                   "depends_on": [number + by for number in task["depends_on"]]}


def document(client, tasks):
    """So many copies of the first tasks of an export as make up TASKS, with all that is in them:
    notes, relations, states."""
    exported = [task for task in client.page("/api/v1/export")["tasks"] if task["id"] <= tasks]
    archived = {task["id"] for task in exported if task["archived"]}
    for task in exported:
        # Subtasks are archived with their parent: the seed does not know that, the import does.
        task["archived"] = task["archived"] or task["parent_id"] in archived
    return bulk.document([shifted(task, copy, copy * tasks)
                          for copy in range(TASKS // tasks) for task in exported])


def once(service, body):
    """On an empty database of an app of its own, whose memory is told by nothing else."""
    service.empty(NAME)
    pid, port = service.start_app(NAME).process.pid, service.ports[NAME]
    seconds, report = bulk.post(port, bulk.IMPORT, body)
    if report["imported"] != TASKS:
        raise Failure(f"{report['imported']} of {TASKS} tasks were imported")
    peak = life.memory(pid, "VmHWM")
    life.settle(pid)
    undo_seconds, _ = bulk.post(port, bulk.UNDO)
    sample = Sample(seconds, peak, undo_seconds, life.memory(pid, "VmHWM"))
    service.stop_app(NAME)
    return sample


def measure(service, client, tasks, turns):
    """A sample for each turn."""
    body = document(client, tasks)
    return [once(service, body) for _ in range(turns)]
