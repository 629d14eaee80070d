# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What every API test shares: the stack that a test module runs against, a client that checks of
# every answer what holds for all of them, and assertions about tasks and problem documents.
# Starting and stopping the two programs is left to tests/support/stack.py.

import http.client
import json
import pathlib
import re
import sqlite3
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.stack import Stack  # noqa: E402

API = "/api/v1"
JSON = "application/json"
MERGE = "application/merge-patch+json"
ID_MAX = 2**53 - 1

TASK_FIELDS = frozenset((
    "id", "description", "completed", "priority", "category", "due_date", "notes", "parent_id",
    "depends_on", "recurring", "archived", "created_at", "updated_at", "completed_at", "version",
    "overdue", "days_overdue", "blocked", "subtasks", "dependencies"))
READ_ONLY_FIELDS = ("id", "archived", "created_at", "updated_at", "completed_at", "version",
                    "overdue", "days_overdue", "blocked", "subtasks", "dependencies")

# slug: (status, title); the contract names them, clients switch on them
PROBLEMS = {
    "malformed-json": (400, "Malformed JSON"),
    "validation": (400, "Validation failed"),
    "unauthorized": (401, "Unauthorized"),
    "forbidden": (403, "Forbidden"),
    "not-found": (404, "Not found"),
    "method-not-allowed": (405, "Method not allowed"),
    "blocked": (409, "Task is blocked"),
    "has-subtasks": (409, "Task has subtasks"),
    "dependency-cycle": (409, "Dependency cycle"),
    "subtask-depth": (409, "Subtasks go one level deep"),
    "parent-archived": (409, "Parent is archived"),
    "not-completed": (409, "Task is not completed"),
    "bulk-failed": (409, "Bulk operation failed"),
    "name-taken": (409, "Name is taken"),
    "nothing-to-undo": (409, "Nothing to undo"),
    "undo-conflict": (409, "Later changes touched the same tasks"),
    "idempotency-in-flight": (409, "First request with this key is still running"),
    "precondition-failed": (412, "Precondition failed"),
    "payload-too-large": (413, "Payload too large"),
    "unsupported-media-type": (415, "Unsupported media type"),
    "idempotency-mismatch": (422, "Idempotency key was used for another request"),
    "rate-limited": (429, "Too many requests"),
    "unavailable": (503, "Service unavailable"),
    "insufficient-storage": (507, "Insufficient storage"),
}

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def _no_duplicates(pairs):
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError(f"duplicate members in {names}")
    return dict(pairs)


def _no_constant(name):
    raise ValueError(f"{name} is not JSON")


def strict_json(data):
    """Reads JSON as strictly as we ask our clients to write it."""
    return json.loads(data.decode("utf-8"), object_pairs_hook=_no_duplicates,
                      parse_constant=_no_constant)


class Answer:
    """One HTTP answer: status, headers (an email.message.Message), body in bytes."""

    def __init__(self, method, target, status, headers, body):
        self.method, self.target = method, target
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return strict_json(self.body)

    @property
    def task(self):
        return self.json

    def tokens(self, name):
        """The members of a comma-separated header field, as a set."""
        return {token.strip() for token in self.headers.get(name, "").split(",") if token.strip()}

    def __repr__(self):
        return f"{self.method} {self.target}: {self.status} {self.body[:600]!r}"


def request(port, method, target, body=None, headers=None, timeout=60):
    """One request on a connection of its own; body in bytes or None."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, target, body=body, headers=headers or {})
        response = connection.getresponse()
        return Answer(method, target, response.status, response.msg, response.read())
    finally:
        connection.close()


def in_threads(count, work):
    """Runs work(0) to work(count - 1) at the same time; their results in order. The first
    exception of any is raised."""
    results, errors = [None] * count, []

    def run(index):
        try:
            results[index] = work(index)
        except BaseException as error:  # handed to the caller's thread below
            errors.append(error)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def database_rows(path):
    """Every row of every ordinary table, to compare before and after. The search index is derived
    and left out."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        names = [name for name, in connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite_%' ORDER BY name")]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()
                for name in names}
    finally:
        connection.close()


def option_list(options):
    """{"queue_limit": 4} as ["--queue-limit", "4"]."""
    return [text for name, value in options.items()
            for text in ("--" + name.replace("_", "-"), str(value))]


_shared = {}  # the one running stack: {"owner": ..., "stack": ...}


def _stop_shared():
    stack = _shared.pop("stack", None)
    _shared.clear()
    if stack is not None:
        stack.stop()


class ApiTest(unittest.TestCase):
    """Runs against a stack that all classes of a module with the same `options` share; a class
    with `fresh` gets an empty database of its own."""

    options = {}
    environment = {}
    fresh = False
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        owner = (cls.__module__, cls.__name__ if cls.fresh else "",
                 repr((cls.options, cls.environment)))
        if _shared.get("owner") != owner:
            _stop_shared()
            stack = Stack(option_list(cls.options), cls.environment).start()
            _shared.update(owner=owner, stack=stack)
            unittest.addModuleCleanup(_stop_shared)
        cls.stack = _shared["stack"]

    # --- Requests ---------------------------------------------------------------------------------

    @classmethod
    def send(cls, method, target, body=None, raw=None, headers=None, content_type=JSON,
             proxy=False):
        """A request to any path. body: a value to be sent as JSON; raw: bytes sent as they are.
        proxy: lighttpd may answer it itself."""
        fields = dict(headers or {})
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        if data is not None and content_type is not None:
            fields.setdefault("Content-Type", content_type)
        answer = request(cls.stack.port, method, target, data, fields)
        if not proxy or "X-Request-ID" in answer.headers:
            cls.check(answer)
        return answer

    @classmethod
    def call(cls, method, path, body=None, **rest):
        """A request below /api/v1."""
        return cls.send(method, API + path, body, **rest)

    @classmethod
    def check(cls, answer):
        """What holds for every answer of the app, whatever was asked."""
        assert answer.status != 500, answer
        assert len(answer.headers.get_all("X-Request-ID", [])) == 1, (answer, answer.headers)
        if answer.method == "HEAD" or answer.status in (204, 304):
            assert answer.body == b"", answer
        elif answer.status >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json", (
                answer, answer.headers["Content-Type"])
            strict_json(answer.body)

    @classmethod
    def create(cls, description="A task", **fields):
        answer = cls.call("POST", "/tasks", {"description": description, **fields})
        assert answer.status == 201, answer
        return answer.json

    @classmethod
    def archive(cls, task):
        answer = cls.call("POST", f"/tasks/{task['id']}/archive")
        assert answer.status == 200, answer
        return answer.json

    @classmethod
    def changes(cls, since=0):
        """The journal after a change: (seq, action, summary, ids of the rows in their order)."""
        connection = sqlite3.connect(f"file:{cls.stack.database}?mode=ro", uri=True, timeout=30)
        try:
            return [(seq, action, summary, [row for row, in connection.execute(
                        "SELECT row_id FROM change_row WHERE seq = ? ORDER BY ordinal", (seq,))])
                    for seq, action, summary in connection.execute(
                        "SELECT seq, action, summary FROM change WHERE seq > ? ORDER BY seq",
                        (since,)).fetchall()]
        finally:
            connection.close()

    @classmethod
    def last_change(cls):
        """The newest change's seq; 0 in an empty journal."""
        changes = cls.changes()
        return changes[-1][0] if changes else 0

    @classmethod
    def read(cls, task):
        """The present state of a task, given as an id or as a task."""
        number = task["id"] if isinstance(task, dict) else task
        answer = cls.call("GET", f"/tasks/{number}")
        assert answer.status == 200, answer
        return answer.json

    @classmethod
    def list(cls, query=""):
        answer = cls.call("GET", "/tasks" + (f"?{query}" if query else ""))
        assert answer.status == 200, answer
        return answer.json

    @classmethod
    def listed(cls, query=""):
        """The ids of one page."""
        return [task["id"] for task in cls.list(query)["tasks"]]

    @classmethod
    def pages(cls, query, limit, between=None):
        """Follows the cursor to the end: the tasks of every page. between() is called after
        each page."""
        tasks, target = [], f"{query}&limit={limit}" if query else f"limit={limit}"
        page = cls.list(target)
        while True:
            assert len(page["tasks"]) <= limit
            tasks.extend(page["tasks"])
            if page["next_cursor"] is None:
                return tasks
            assert len(page["tasks"]) == limit, "a page that is not the last one is full"
            if between:
                between()
            page = cls.list(f"{target}&cursor={page['next_cursor']}")

    # --- Assertions -------------------------------------------------------------------------------

    def assert_status(self, answer, status):
        self.assertEqual(answer.status, status, answer)

    def assert_task(self, task, **expected):
        """Has exactly the members of a task, of the right forms, and these values."""
        self.assertEqual(set(task) - {"children"}, TASK_FIELDS)
        self.assertRegex(task["created_at"], f"^{INSTANT.pattern}$")
        self.assertRegex(task["updated_at"], f"^{INSTANT.pattern}$")
        if task["completed"]:
            self.assertRegex(task["completed_at"], f"^{INSTANT.pattern}$")
        else:
            self.assertIsNone(task["completed_at"])
        self.assertEqual({name: task[name] for name in expected}, expected)

    def assert_problem(self, answer, slug, **expected):
        """A complete problem document of this type; expected: further members."""
        status, title = PROBLEMS[slug]
        self.assertEqual(answer.status, status, answer)
        problem = answer.json
        self.assertEqual(problem["type"], f"/problems/{slug}")
        self.assertEqual(problem["title"], title)
        self.assertEqual(problem["status"], status)
        self.assertIsInstance(problem["detail"], str)
        self.assertTrue(problem["detail"])
        self.assertEqual(problem["instance"], answer.target.partition("?")[0])
        self.assertEqual(problem["request_id"], answer.headers["X-Request-ID"])
        self.assertEqual({name: problem.get(name) for name in expected}, expected)
        return problem

    def assert_faults(self, answer, *places):
        """A validation problem with exactly these faults: a pointer ("#/notes"), or
        "parameter limit", or "header Idempotency-Key"."""
        problem = self.assert_problem(answer, "validation")
        found = []
        for fault in problem["errors"]:
            self.assertEqual(len(fault), 2, fault)
            self.assertIsInstance(fault["detail"], str)
            self.assertTrue(fault["detail"])
            (kind, where), = ((k, v) for k, v in fault.items() if k != "detail")
            self.assertIn(kind, ("pointer", "parameter", "header"))
            found.append(where if kind == "pointer" else f"{kind} {where}")
        self.assertEqual(sorted(found), sorted(places), answer)
        return problem

    def assert_unchanged(self, task):
        self.assertEqual(self.read(task), task)
