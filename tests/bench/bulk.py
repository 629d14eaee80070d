# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Bulk completions and their undo, one request at a time on a service that is otherwise idle."""

import json
import random
import time

import life
from support import http
from support.process import Failure
from workloads import TASKS

SIZE = 1000  # the most ids that a request may have
LEAST_TASKS = 10 * SIZE  # of the database, so that scattered ids are easily found
COMPLETE = f"{TASKS}/bulk/complete"
UNDO = "/api/v1/undo"
IMPORT = "/api/v1/import"
CATEGORIES = ("work", "personal", "shopping", "other")


def post(port, path, body=None):
    """(seconds, the JSON of a 200). The body is text or bytes, so that making it takes no time."""
    before = time.perf_counter()
    answer = http.request(port, "POST", path, body)
    taken = time.perf_counter() - before
    if answer.status != 200:
        raise Failure(f"POST {path}: {answer!r}")
    return taken, answer.json()


def document(tasks):
    """What /import takes."""
    return json.dumps({"format": "todo-app-export", "version": 1, "tasks": tasks}).encode()


# --- The tasks -----------------------------------------------------------------------------------


def new_ids(port, turn):
    """Of tasks that are made for it. The texts differ in each turn: a document that is there
    already is not taken again."""
    tasks = [{"id": number, "description": f"Bulk task {number} of turn {turn}",
              "category": CATEGORIES[number % 4], "due_date": f"2030-03-{number % 28 + 1:02}",
              "notes": "Made to be completed with a thousand others."}
             for number in range(1, SIZE + 1)]
    _, report = post(port, IMPORT, document(tasks))
    return [run["becomes"] + step for run in report["ids"]
            for step in range(run["last"] - run["first"] + 1)]


def is_plain(task):
    """Can be completed, and nothing else comes of it, as with a new task."""
    return not (task["completed"] or task["archived"] or task["blocked"] or task["recurring"])


def scattered_ids(client, tasks, turn, turns):
    """From the whole table in equal steps, other ones in each turn, in an order that no cache
    likes."""
    step, chosen = tasks // SIZE, set()
    for slot in range(SIZE):
        number = 1 + slot * step + turn * step // turns
        while number in chosen or not is_plain(client.page(f"{TASKS}/{number}")):
            number = number % tasks + 1
        chosen.add(number)
    ids = sorted(chosen)
    random.Random(turn).shuffle(ids)
    return ids


# --- The measurement -----------------------------------------------------------------------------


def turn_around(port, pid, ids):
    """Seconds of the completion and of its undo, each when the service has come to rest."""
    body = json.dumps({"ids": ids})
    life.settle(pid)
    completed, outcome = post(port, COMPLETE, body)
    if len(outcome["succeeded"]) != SIZE:
        raise Failure(f"of {SIZE} tasks {len(outcome['succeeded'])} were completed")
    life.settle(pid)
    undone, _ = post(port, UNDO)
    return completed, undone


def measure(service, client, tasks, turns):
    """{(kind of ids, "complete" or "undo"): seconds of each turn}."""
    port, pid = service.ports["large"], service.apps["large"].process.pid
    found = {}
    scattered = [scattered_ids(client, tasks, turn, turns) for turn in range(turns)]
    for turn in range(turns):
        for kind, ids in (("new", new_ids(port, turn)), ("scattered", scattered[turn])):
            completed, undone = turn_around(port, pid, ids)
            found.setdefault((kind, "complete"), []).append(completed)
            found.setdefault((kind, "undo"), []).append(undone)
    return found
