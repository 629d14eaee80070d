# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The program's route table and the document say the same, in both directions."""

import json
import subprocess
import unittest

from document import OPERATIONS
from support.problems import problem_types
from support.stack import app_program

JSON, MERGE = "application/json", "application/merge-patch+json"


def table():
    """What tests/contract/print_routes.c prints."""
    printed = subprocess.run([app_program().parent / "print-routes"], capture_output=True, check=True)
    return json.loads(printed.stdout)


class Routes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.table = table()
        cls.routes = {(route["method"], route["path"]): route for route in cls.table["routes"]}

    def assert_each(self, of_operation, of_route):
        """Both functions give the same for each operation and its row."""
        for operation in OPERATIONS:
            with self.subTest(operation.name):
                route = self.routes[operation.method, operation.path]
                self.assertEqual(of_operation(operation), of_route(route))

    def test_each_row_is_documented_and_each_operation_has_a_row(self):
        documented = {(operation.method, operation.path) for operation in OPERATIONS}
        self.assertEqual(documented, set(self.routes))
        self.assertEqual(len(self.routes), len(self.table["routes"]))

    def test_operation_ids(self):
        self.assert_each(lambda operation: operation.name, lambda route: route["operation_id"])

    def test_query_parameters(self):
        def of_route(route):
            names = set(route["parameters"]) | ({"dry_run"} if route["dry_run"] else set())
            # The path gives the parent; the handler refuses the parameter by name.
            return names - ({"parent_id"} if route["operation_id"] == "listSubtasks" else set())

        self.assert_each(lambda operation: operation.names("query"), of_route)

    def test_path_parameters(self):
        def of_route(route):
            return {part[1:-1] for part in route["path"].split("/") if part.startswith("{")}

        self.assert_each(lambda operation: operation.names("path"), of_route)

    def test_conditions_and_keys(self):
        for name, wanted in (("If-Match", lambda route: route["if_match"]),
                             ("If-None-Match", lambda route: 304 in route["statuses"]),
                             ("Idempotency-Key", lambda route: route["idempotency_key"])):
            self.assert_each(lambda operation: name in operation.names("header"), wanted)

    def test_statuses(self):
        self.assert_each(lambda operation: sorted(operation.responses),
                         lambda route: route["statuses"])

    def test_scopes(self):
        """Each operation names the scope that its key needs; {}: where the service has no keys."""
        def of_route(route):
            return [{"ApiKey": [route["scope"]]}, {}] if route["scope"] else []

        self.assert_each(lambda operation: operation.node.value["security"], of_route)

    def test_media_types_of_bodies(self):
        def of_route(route):
            return {JSON: route["body_json"], MERGE: route["body_merge"]}

        def of_operation(operation):
            content = operation.body.value["content"] if operation.body else {}
            self.assertLessEqual(set(content), {JSON, MERGE})
            return {JSON: JSON in content, MERGE: MERGE in content}

        self.assert_each(of_operation, of_route)

    def test_whether_a_body_is_required(self):
        self.assert_each(
            lambda operation: operation.body is not None and operation.body.get("required", False),
            lambda route: route["body_json"] and not route["body_optional"])

    def test_replayed_answers(self):
        """An answer that is stored under a key is documented to come again."""
        never_stored = {401, 403, 409, 413, 415, 422, 429, 500, 503, 507}

        def lacking(operation):
            if ("header", "Idempotency-Key") not in operation.parameters:
                return []
            dry = {200} if 201 in operation.responses else set()
            return [status for status, response in operation.responses.items()
                    if status not in never_stored | dry
                    and "Idempotency-Replayed" not in response.get("headers", {})]

        self.assert_each(lacking, lambda route: [])

    def test_problem_types_are_those_of_the_header(self):
        self.assertEqual([(row["slug"], row["status"], row["title"])
                          for row in self.table["problems"]], problem_types())


if __name__ == "__main__":
    unittest.main()
