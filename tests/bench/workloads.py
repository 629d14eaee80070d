# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""What is asked of the service: the paths of each workload, chosen so that the answers are of the
same size whatever the number of tasks."""

import http.client
import json
import random
import re
import urllib.parse

TASKS = "/api/v1/tasks"
PAGE = 50
WALK_PAGE = 200  # the largest page: to reach a far one in fewer steps
FIRST_IDS = 1000

LIST = [f"{TASKS}?limit={PAGE}"]
HELLO = [f"{TASKS}/1"]
STATIC = ["/style.css"]
METRICS = ["/metrics"]
STATS = ["/api/v1/stats"]

FILTERS = [
    "completed=false", "completed=true", "priority=high", "priority=high,low", "category=work",
    "category=shopping,other", "completed=false&priority=high", "due=overdue", "due=none",
    "due_after=2026-01-01", "due_before=2030-01-01", "completed=false&due_before=2030-01-01",
    "completed=false&category=work&priority=medium", "parent_id=none", "recurring=false",
    "blocked=false", "archived=any", "archived=any&completed=true",
]
SORTS = ["id", "-id", "priority", "-priority", "due_date", "-due_date", "created_at", "-created_at",
         "updated_at", "-updated_at", "description", "-description", "priority,due_date",
         "due_date,priority", "completed=false&sort=due_date", "category=work&sort=-updated_at",
         "priority=high&sort=due_date", "view=tree"]
# With FILTERS each filter that the statistics have, each of its few values, and short searches.
STATS_FILTERS = [
    "archived=true", "archived=false", "priority=medium", "priority=low", "category=personal",
    "category=shopping", "category=other", "due=today", "due=tomorrow", "due=week", "due=month",
    "due=none&due_after=2026-01-01", "recurring=true", "blocked=true", "today=2026-01-01", "q=a",
    "q=in", "q=no%20such%20words",
]
SEARCH_WORDS = 12
WORD = re.compile(r"[A-Za-z]{4,}")


class Client:
    """One connection that stays open, and is opened again when lighttpd tired of waiting."""

    def __init__(self, port):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def _ask(self, path):
        self._connection.request("GET", path)
        return self._connection.getresponse()

    def get(self, path):
        """The body of a 200."""
        try:
            answer = self._ask(path)
        except http.client.RemoteDisconnected:
            self._connection.close()
            answer = self._ask(path)
        body = answer.read()
        if answer.status != 200:
            raise ValueError(f"GET {path}: {answer.status} {body[:300]!r}")
        return body

    def page(self, path):
        return json.loads(self.get(path))

    def close(self):
        self._connection.close()


def reads():
    """Single tasks, in an order that no cache likes."""
    ids = list(range(1, FIRST_IDS + 1))
    random.Random(1).shuffle(ids)
    return [f"{TASKS}/{number}" for number in ids]


def walk(client, pages, limit=WALK_PAGE):
    """Page after page of the plain list."""
    cursor = ""
    for _ in range(pages):
        page = client.page(f"{TASKS}?limit={limit}{cursor}")
        yield page
        if page["next_cursor"] is None:
            return
        cursor = "&cursor=" + urllib.parse.quote(page["next_cursor"])


def far_page(client, number):
    """The path of page `number`, with PAGE tasks a page."""
    big, small = divmod((number - 1) * PAGE, WALK_PAGE)
    page = None
    for page in walk(client, big):
        pass
    cursor = page["next_cursor"] if page else None
    for _ in range(small // PAGE):
        at = f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""
        cursor = client.page(f"{TASKS}?limit={PAGE}{at}")["next_cursor"]
    at = f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""
    return f"{TASKS}?limit={PAGE}{at}"


def filter_paths():
    return [f"{TASKS}?limit={PAGE}&{query}" for query in FILTERS]


def sort_paths():
    return [f"{TASKS}?limit={PAGE}&{query if '=' in query else 'sort=' + query}" for query in SORTS]


def search_paths(client):
    """Words of the tasks that are there."""
    words = []
    for task in next(walk(client, 1))["tasks"]:
        words += [word for word in WORD.findall(task["description"]) if word not in words]
    return [f"{TASKS}?limit={PAGE}&q={word}" for word in words[:SEARCH_WORDS]]


def stats_paths(client):
    """The statistics with each filter."""
    tasks = next(walk(client, 1))["tasks"]
    parents = [task["parent_id"] for task in tasks if task["parent_id"] is not None]
    words = [path.rsplit("&", 1)[1] for path in search_paths(client)]
    queries = FILTERS + STATS_FILTERS + words + [f"parent_id={number}" for number in parents[:1]]
    return [f"{STATS[0]}?{query}" for query in queries]


def full_everywhere(clients, paths):
    """Those paths that give a full page from each client, so that the answers are comparable."""
    return [path for path in paths
            if all(len(client.page(path)["tasks"]) == PAGE for client in clients)]
