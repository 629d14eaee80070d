# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Every documented operation answers with every documented status that a test can bring about, and
each of those answers is as documented."""

import re
import unittest

from conflicts import CONFLICTS, undo_everything
from document import OPERATIONS
from plausible import accepted, unique
from world import BODY_LIMIT, BY_NAME, ID_MAX, Request, World, check_documented

# Not brought about here, since the service is well; the suites that break it on purpose do that.
ONLY_WHEN_BROKEN = {500, 503, 507}
# Only of a service that has keys or a limit: test_gate.py.
ONLY_AT_THE_GATE = {401, 403, 429}
# Its first request must still run; tests/api/test_idempotency.py arranges that.
ONLY_IN_A_RACE = {"idempotency-in-flight"}
NOWHERE = {"id": ID_MAX, "seq": ID_MAX, "name": "no%20such%20name"}


def with_query(request, text):
    return request.but(query="&".join(filter(None, (request.query, text))))


def with_headers(request, **fields):
    return request.but(headers={**request.headers,
                                **{name.replace("_", "-"): text for name, text in fields.items()}})


def stale(world, operation):
    return with_headers(accepted(world, operation), If_Match='"999999"')


def misused_key(world, operation):
    key = unique("key")
    world.send(BY_NAME["createTask"], Request(body={"description": key},
                                              headers={"Idempotency-Key": key}))
    return with_headers(accepted(world, operation), Idempotency_Key=key)


def unmodified(world, operation):
    request = accepted(world, operation)
    tag = world.send(operation, request).headers["ETag"]
    return with_headers(request, If_None_Match=tag)


def documented(*statuses):
    """Every operation with each of these statuses that it may answer."""
    return [(operation, status) for operation in OPERATIONS for status in statuses
            if status in operation.responses]


def named_types(response):
    return re.findall(r"/problems/([a-z-]+)", response.value["description"])


def elsewhere(world, operation):
    if operation.name == "getUndo":
        undo_everything(world)
    return accepted(world, operation).but(
        variables={name: NOWHERE[name] for place, name in operation.parameters if place == "path"})


PROVOKE = {
    304: unmodified,
    400: lambda world, operation: with_query(accepted(world, operation), "colour=blue"),
    404: elsewhere,
    412: stale,
    413: lambda world, operation: accepted(world, operation).but(body=b" " * (BODY_LIMIT + 1)),
    415: lambda world, operation: accepted(world, operation).but(body=b"x", media="text/plain"),
    422: misused_key,
}


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)

    def assert_answers(self, operation, request, status, world=None):
        answer = (world or self.world).send(operation, request)
        self.assertEqual(answer.status, status, f"{operation.name}: {answer}")
        check_documented(operation, answer)
        return answer

    def test_every_operation_succeeds(self):
        for operation in OPERATIONS:
            with self.subTest(operation.name):
                wanted = min(status for status in (204, 201, 200) if status in operation.responses
                             and (status != 200 or not {201, 204} & set(operation.responses)))
                self.assert_answers(operation, accepted(self.world, operation), wanted)

    def test_every_write_as_a_dry_run(self):
        for operation in OPERATIONS:
            if ("query", "dry_run") in operation.parameters:
                with self.subTest(operation.name):
                    request = with_query(accepted(self.world, operation), "dry_run=true")
                    self.assert_answers(operation, request, 200)

    def test_every_post_is_repeated(self):
        for operation in OPERATIONS:
            if operation.method == "POST":
                with self.subTest(operation.name):
                    request = with_headers(accepted(self.world, operation),
                                           Idempotency_Key=unique("again"))
                    first = self.world.send(operation, request)
                    again = self.assert_answers(operation, request, first.status)
                    self.assertEqual(again.headers["Idempotency-Replayed"], "true")
                    self.assertEqual(again.body, first.body)

    def test_every_provoked_status(self):
        for operation, status in documented(*PROVOKE):
            with self.subTest(f"{operation.name} {status}"):
                self.assert_answers(operation, PROVOKE[status](self.world, operation), status)

    def test_every_conflict(self):
        world = World()  # Its own, since an undo that conflicts stands in the way of earlier ones.
        self.addCleanup(world.close)
        for operation, status in documented(409):
            for slug in sorted(set(named_types(operation.responses[status])) - ONLY_IN_A_RACE):
                with self.subTest(f"{operation.name} {slug}"):
                    request = CONFLICTS[operation.name, slug](world)
                    answer = self.assert_answers(operation, request, status, world)
                    self.assertEqual(answer.json()["type"], f"/problems/{slug}")

    def test_no_status_is_left_out(self):
        covered = {200, 201, 204, 409} | set(PROVOKE) | ONLY_WHEN_BROKEN | ONLY_AT_THE_GATE
        for operation in OPERATIONS:
            self.assertEqual(set(operation.responses) - covered, set(), operation.name)

    def test_metrics_in_both_formats(self):
        media = self.world.stack.request("GET", "/metrics", None, {
            "Accept": "application/openmetrics-text;version=1.0.0"})
        check_documented(BY_NAME["getMetrics"], media)
        self.assertIn("openmetrics", media.headers["Content-Type"])


if __name__ == "__main__":
    unittest.main()
