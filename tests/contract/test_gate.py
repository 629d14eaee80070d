# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""What a service with API keys, or with a rate limit, refuses: each operation's 401, 403 and 429 are
answers as documented."""

import tempfile
import unittest

from document import OPERATIONS
from gate import new_key
from support import http
from support.stack import Stack
from world import check_documented

SCOPES = ("read", "write", "admin")


def send(stack, operation, key=None):
    path = operation.path
    for place, name in operation.parameters:
        if place == "path":
            path = path.replace("{" + name + "}", "1")
    return http.request(stack.port, operation.method, path, None,
                        {"Authorization": f"Bearer {key}"} if key else {})


class Keys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="todo-keys-")
        cls.addClassCleanup(folder.cleanup)
        path = f"{folder.name}/keys"
        cls.keys = {scope: new_key(path, scope) for scope in SCOPES}
        cls.stack = Stack(["--api-keys-file", path, "--metrics-access", "key"]).start()
        cls.addClassCleanup(cls.stack.stop)

    def test_each_operation_without_a_key(self):
        for operation in OPERATIONS:
            if 401 in operation.responses:
                with self.subTest(operation.name):
                    answer = send(self.stack, operation)
                    self.assertEqual(answer.status, 401)
                    check_documented(operation, answer)

    def test_each_operation_without_its_scope(self):
        for operation in OPERATIONS:
            if 403 not in operation.responses:
                continue
            needed, = operation.node.value["security"][0]["ApiKey"]
            for scope in SCOPES:
                with self.subTest(f"{operation.name} by {scope}"):
                    answer = send(self.stack, operation, self.keys[scope])
                    self.assertEqual(answer.status == 403, scope != needed)
                    if scope != needed:
                        check_documented(operation, answer)
                        self.assertEqual(answer.json()["missing_scope"], needed)

    def test_operations_that_never_need_a_key(self):
        open_ones = {operation.name for operation in OPERATIONS if 401 not in operation.responses}
        self.assertEqual(open_ones, {"getHealth", "getReady"})
        for operation in OPERATIONS:
            if operation.name in open_ones:
                self.assertEqual(send(self.stack, operation).status, 200)


class Limit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = Stack(["--rate-limit-per-s", "1", "--rate-limit-burst", "1"]).start()
        cls.addClassCleanup(cls.stack.stop)

    def test_each_operation_over_the_limit(self):
        """A token comes back each second: the first answer may be one that was let through."""
        for operation in OPERATIONS:
            if 429 not in operation.responses:
                continue
            with self.subTest(operation.name):
                for _ in range(100):
                    answer = send(self.stack, operation)
                    if answer.status == 429:
                        break
                self.assertEqual(answer.status, 429)
                check_documented(operation, answer)


if __name__ == "__main__":
    unittest.main()
