# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Every example of the document is valid; those of requests are sent and accepted, those of answers
are compared with the answers that the running service gives."""

import unittest

from document import DOCUMENT, Node
from examples import scene, single_examples, uses, without_numbers
from plausible import accepted
from support.sameness import same
from world import World, check_documented

USES = list(uses())


def content(answer):
    if answer.headers["Content-Type"].endswith("json"):
        return answer.json()
    return answer.body.decode("utf-8")


class Valid(unittest.TestCase):
    def test_examples_of_bodies_fit_their_schemas(self):
        for use in USES:
            with self.subTest(str(use)):
                value = use.example.value["value"]
                errors = [error.message for error in DOCUMENT.validator(use.schema).iter_errors(value)]
                self.assertEqual(errors, [])

    def test_single_examples_fit_their_schemas(self):
        found = single_examples(DOCUMENT.tree)
        self.assertGreater(len(found), 5)
        for pointer, holder in found:
            with self.subTest(pointer):
                node = Node(pointer, holder)
                node = node.child("schema") if "schema" in holder else node
                errors = [error.message
                          for error in DOCUMENT.validator(node).iter_errors(holder["example"])]
                self.assertEqual(errors, [])

    def test_every_shared_example_is_used(self):
        used = {use.example.pointer for use in USES}
        for name in DOCUMENT.tree["components"]["examples"]:
            self.assertIn(f"/components/examples/{name}", used)


# What a request's example needs of the state beside what the examples' world has.
BEFORE = {"bulkArchive": lambda world: [world.complete(task) for task in (5, 9, 7, 12)]}


class Sent(unittest.TestCase):
    def setUp(self):
        self.world = None
        self.addCleanup(self.end)

    def begin(self):
        """A world in the state that the examples show."""
        self.end()
        self.world = World()

    def end(self):
        if self.world is not None:
            self.world.close()
        self.world = None

    def test_answers_are_those_shown(self):
        for pointer in sorted({use.example.pointer for use in USES if use.status is not None}):
            with self.subTest(pointer):
                self.begin()
                operation, answer = scene(self.world, pointer)
                check_documented(operation, answer)
                shown = {use.status for use in USES if use.example.pointer == pointer}
                self.assertIn(answer.status, shown)
                self.assertTrue(any(use.operation is operation and use.status == answer.status
                                    for use in USES if use.example.pointer == pointer),
                                f"{operation.name} does not show this example")
                same(without_numbers(DOCUMENT.at(pointer)["value"]),
                     without_numbers(content(answer)))

    def test_requests_are_accepted(self):
        for use in USES:
            if use.status is None:
                with self.subTest(str(use)):
                    self.begin()
                    BEFORE.get(use.operation.name, lambda world: None)(self.world)
                    request = accepted(self.world, use.operation)
                    answer = self.world.send(use.operation, request.but(
                        body=use.example.value["value"], media=use.media))
                    self.assertLess(answer.status, 300, answer)
                    check_documented(use.operation, answer)

    def test_parameters_are_accepted(self):
        """A parameter's example, sent as the document says. An If-Match may well be stale."""
        self.begin()
        for operation in {use.operation.name: use.operation for use in USES}.values():
            for (place, name), parameter in operation.parameters.items():
                if "example" not in parameter.value or place == "path":
                    continue
                with self.subTest(f"{operation.name} {name}"):
                    answer = self.world.send(operation, self.with_parameter(
                        accepted(self.world, operation), place, name, parameter.value["example"]))
                    self.assertIn(answer.status, (200, 201, 204, 412) if name == "If-Match"
                                  else (200, 201, 204))

    def with_parameter(self, request, place, name, value):
        text = ",".join(value) if isinstance(value, list) else str(value)
        if place == "header":
            return request.but(headers={**request.headers, name: text})
        return request.but(query=f"{name}={text}")


if __name__ == "__main__":
    unittest.main()
