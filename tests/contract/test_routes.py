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

    def each(self):
        """Every operation with its row."""
        for operation in OPERATIONS:
            with self.subTest(operation.name):
                yield operation, self.routes[operation.method, operation.path]

    def test_each_row_is_documented_and_each_operation_has_a_row(self):
        documented = {(operation.method, operation.path) for operation in OPERATIONS}
        self.assertEqual(documented, set(self.routes))
        self.assertEqual(len(self.routes), len(self.table["routes"]))

    def test_operation_ids(self):
        for operation, route in self.each():
            self.assertEqual(operation.name, route["operation_id"])

    def test_query_parameters(self):
        for operation, route in self.each():
            expected = set(route["parameters"]) | ({"dry_run"} if route["dry_run"] else set())
            if operation.name == "listSubtasks":
                expected.discard("parent_id")  # The path gives it; the handler refuses it by name.
            self.assertEqual(operation.names("query"), expected)

    def test_path_parameters(self):
        for operation, _ in self.each():
            in_path = {part[1:-1] for part in operation.path.split("/") if part.startswith("{")}
            self.assertEqual(operation.names("path"), in_path)

    def test_conditions_and_keys(self):
        for operation, route in self.each():
            headers = operation.names("header")
            self.assertEqual("If-Match" in headers, route["if_match"])
            self.assertEqual("Idempotency-Key" in headers, route["idempotency_key"])
            self.assertEqual("If-None-Match" in headers, 304 in route["statuses"])

    def test_statuses(self):
        for operation, route in self.each():
            self.assertEqual(sorted(operation.responses), route["statuses"])

    def test_bodies(self):
        for operation, route in self.each():
            if not route["body_json"]:
                self.assertIsNone(operation.body)
                continue
            expected = {JSON, MERGE} if route["body_merge"] else {JSON}
            self.assertEqual(set(operation.body.value["content"]), expected)
            self.assertEqual(operation.body.get("required", False), not route["body_optional"])

    def test_replayed_answers(self):
        """An answer that is stored under a key is documented to come again."""
        later = {409, 413, 415, 422, 500, 503, 507}
        for operation, route in self.each():
            for status, response in operation.responses.items():
                if route["idempotency_key"] and status not in later:
                    dry = status == 200 and 201 in operation.responses
                    self.assertTrue(dry or "Idempotency-Replayed" in response.get("headers", {}), status)

    def test_problem_types_are_those_of_the_header(self):
        self.assertEqual([(row["slug"], row["status"], row["title"])
                          for row in self.table["problems"]], problem_types())


if __name__ == "__main__":
    unittest.main()
