# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A running service that holds what the document's examples speak of, requests to its operations,
and the check that an answer is as documented."""

import dataclasses
import json
import re

from document import DOCUMENT, OPERATIONS
from support import http
from support.stack import Stack

JSON = "application/json"
TODAY = "2026-01-02"
ID_MAX = 2**53 - 1
BODY_LIMIT = 1 << 20

# What every answer may carry; lighttpd adds most of it.
STANDARD_HEADERS = frozenset((
    "content-type", "content-length", "transfer-encoding", "date", "cache-control", "vary", "connection",
    "x-content-type-options", "referrer-policy", "content-security-policy", "traceparent"))


@dataclasses.dataclass
class Request:
    """A request to an operation. body: JSON value, or bytes as they are; None: no body."""

    variables: dict = dataclasses.field(default_factory=dict)
    query: str = ""
    body: object = None
    headers: dict = dataclasses.field(default_factory=dict)
    media: str = JSON

    def but(self, **changes):
        return dataclasses.replace(self, **changes)


BY_NAME = {operation.name: operation for operation in OPERATIONS}


class World:
    """The service with tasks 1 to 17; task 12 is that of the examples."""

    def __init__(self):
        self.stack = Stack(["--import-limit-bytes", str(BODY_LIMIT)]).start()
        self._seed()

    def close(self):
        self.stack.stop()

    # --- State ------------------------------------------------------------------------------------

    def _seed(self):
        for number in range(1, 12):
            fields = {9: {"depends_on": [5]}}.get(number, {})
            assert self.task(f"Task {number}", **fields) == number
        self.change(7, depends_on=[9])
        self.complete(3)
        assert self.task("Buy milk", category="shopping", due_date="2026-01-05", depends_on=[3, 7],
                         recurring={"type": "weekly", "interval": 1}) == 12
        for number in range(5):
            self.complete_if(number < 2, self.task(f"Part {number + 1}", parent_id=12))

    def ok(self, method, path, body=None, query=""):
        answer = self.stack.request(method, "/api/v1" + path + query, body)
        assert answer.status < 300, (method, path, answer)
        return answer.json() if answer.body else None

    def task(self, description="A task", **fields):
        """The id of a new task."""
        return self.ok("POST", "/tasks", {"description": description, **fields})["id"]

    def change(self, task, **fields):
        self.ok("PATCH", f"/tasks/{task}", fields)
        return task

    def complete(self, task):
        self.ok("POST", f"/tasks/{task}/complete", {})
        return task

    def complete_if(self, wanted, task):
        return self.complete(task) if wanted else task

    # --- Requests ---------------------------------------------------------------------------------

    def send(self, operation, request):
        path = operation.path
        for name, value in request.variables.items():
            path = path.replace("{" + name + "}", str(value))
        headers = dict(request.headers)
        body = request.body
        if body is not None:
            headers.setdefault("Content-Type", request.media)
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        target = path + ("?" + request.query if request.query else "")
        return http.request(self.stack.port, operation.method, target, body, headers)


# --- Is it as documented? ---------------------------------------------------------------------------

def _header_value(node, text):
    """A header's text as the type that its schema says."""
    kind = DOCUMENT.follow("", node.get("schema", {})).value.get("type")
    return int(text) if kind == "integer" and re.fullmatch(r"\d+", text) else text


def _check_headers(response, answer, where):
    documented = {name.lower(): node for name, node in response.children("headers").items()}
    for name, node in documented.items():
        text = answer.headers.get(name)
        if text is None:
            assert not node.get("required"), f"{where}: the header {name} is missing"
            continue
        errors = list(DOCUMENT.validator(node.child("schema")).iter_errors(_header_value(node, text)))
        assert not errors, f"{where}: {name}: {text}: {errors[0].message}"
    sent = {name.lower() for name in answer.headers}
    unknown = sent - set(documented) - STANDARD_HEADERS
    assert not unknown, f"{where}: headers {sorted(unknown)} are not documented"


def check_documented(operation, answer):
    """Fails unless the document has this answer: status, header fields, media type, body."""
    where = f"{operation.name} {answer.status}"
    assert answer.status in operation.responses, f"{where} is not documented: {answer}"
    response = operation.responses[answer.status]
    _check_headers(response, answer, where)
    content = response.get("content", {})
    if not content:
        assert answer.body == b"", f"{where} has a body: {answer}"
        return
    media = answer.headers["Content-Type"]
    assert media in content, f"{where}: {media} is not documented"
    schema = response.child("content", media, "schema")
    value = answer.json() if media.endswith("json") else answer.body.decode("utf-8")
    error = next(DOCUMENT.validator(schema).iter_errors(value), None)
    assert error is None, f"{where}: {list(error.absolute_path)}: {error.message}: {answer}"
