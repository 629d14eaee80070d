# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The document itself: valid, the same in both forms, complete in what it names."""

import json
import re
import unittest

import openapi_spec_validator
from document import BASE, DOCUMENT, OPERATIONS, Node, walk
from support import http
from support.problems import problem_types
from support.process import ROOT
from support.proxy import share
from support.stack import Stack


class Validity(unittest.TestCase):
    def test_openapi_spec_validator_finds_nothing(self):
        errors = list(openapi_spec_validator.OpenAPIV31SpecValidator(DOCUMENT.tree).iter_errors())
        self.assertEqual([f"{list(error.path)}: {error.message}" for error in errors], [])

    def test_each_schema_is_valid_for_its_draft(self):
        for name in DOCUMENT.tree["components"]["schemas"]:
            node = Node("", DOCUMENT.tree).child("components", "schemas", name)
            validator = DOCUMENT.validator(node)
            validator.check_schema(node.value)
            self.assertEqual(validator.schema["$ref"], f"{BASE}#/components/schemas/{name}")

    def test_operation_ids_stand_once(self):
        names = [operation.name for operation in OPERATIONS]
        self.assertEqual(len(names), len(set(names)))

    def test_every_operation_has_summary_and_a_declared_tag(self):
        declared = {tag["name"] for tag in DOCUMENT.tree["tags"]}
        used = set()
        for operation in OPERATIONS:
            self.assertTrue(operation.node.value["summary"], operation.name)
            self.assertEqual(len(operation.node.value["tags"]), 1, operation.name)
            used.update(operation.node.value["tags"])
        self.assertEqual(used, declared)

    def test_every_parameter_and_response_header_is_described(self):
        for operation in OPERATIONS:
            for (_, name), parameter in operation.parameters.items():
                self.assertTrue(parameter.value.get("description"), f"{operation.name} {name}")
            for response in operation.responses.values():
                for name, header in response.children("headers").items():
                    self.assertTrue(header.value.get("description"), f"{operation.name} {name}")

    def test_every_answer_names_the_request(self):
        for operation in OPERATIONS:
            for status, response in operation.responses.items():
                self.assertIn("X-Request-ID", response.get("headers", {}), f"{operation.name} {status}")


class Json(unittest.TestCase):
    def test_says_the_same_as_the_yaml(self):
        built = json.loads((share() / "site/openapi.json").read_text(encoding="utf-8"))
        self.assertEqual(built, DOCUMENT.tree)

    def test_both_are_served(self):
        with Stack() as stack:
            for path, kind in (("/openapi.json", "application/json"),
                               ("/openapi.yaml", "application/yaml")):
                answer = stack.request("GET", path)
                self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, kind))
                again = stack.request("GET", path, None, {"If-None-Match": answer.headers["ETag"]})
                self.assertEqual(again.status, 304)
                packed = stack.request("GET", path, None, {"Accept-Encoding": "gzip"})
                self.assertEqual(packed.headers["Content-Encoding"], "gzip")
            self.assertEqual(http.request(stack.port, "GET", "/openapi.json").json(), DOCUMENT.tree)


class Problems(unittest.TestCase):
    def test_the_document_knows_each_type(self):
        known = DOCUMENT.at("/components/schemas/Problem/properties/type/enum")
        self.assertEqual(known, [f"/problems/{slug}" for slug, _, _ in problem_types()]
                         + ["about:blank"])

    def test_a_response_names_only_types_of_its_status(self):
        statuses = {slug: {status} for slug, status, _ in problem_types()}
        statuses["nothing-to-undo"].add(404)  # On GET /undo.
        for operation in OPERATIONS:
            for status, response in operation.responses.items():
                named = re.findall(r"/problems/([a-z-]+)", response.value["description"])
                if status >= 400:
                    self.assertTrue(named, f"{operation.name} {status} names no type")
                for slug in named:
                    self.assertIn(status, statuses.get(slug, ()), f"{operation.name} {slug}")

    def test_every_refusal_is_a_problem_document(self):
        for operation in OPERATIONS:
            for status, response in operation.responses.items():
                if status >= 400:
                    self.assertEqual(set(response.get("content", ())), {"application/problem+json"},
                                     f"{operation.name} {status}")

    def test_schemas_with_one_type_name_a_type_of_the_table(self):
        types = {f"/problems/{slug}" for slug, _, _ in problem_types()}
        for pointer, value in walk(DOCUMENT.tree["components"]["schemas"]):
            if isinstance(value.get("const"), str) and value["const"].startswith("/problems/"):
                self.assertIn(value["const"], types, pointer)

    def test_the_page_and_the_redirects_know_each_type(self):
        page = (ROOT / "proxy/site/docs/problems/index.html").read_text(encoding="utf-8")
        redirect = re.search(r'"\^/problems/\(([^)]*)\)\$"',
                             (ROOT / "proxy/lighttpd.conf").read_text(encoding="utf-8"))
        slugs = [slug for slug, _, _ in problem_types()]
        self.assertEqual(redirect.group(1).split("|"), slugs)
        self.assertEqual(re.findall(r'<dt id="([^"]+)"', page), slugs)


if __name__ == "__main__":
    unittest.main()
