# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# A full disk: writes get 507, reads go on, nothing acknowledged is lost, and writing works again as
# soon as there is space. On a small tmpfs; needs root, else the tests are skipped.

import os
import pathlib
import subprocess
import tempfile
import unittest

from apitest import PROBLEMS, ApiTest
from support.process import wait_until
from support.stack import Stack

SIZE = "3m"


def mount_tmpfs(folder):
    """Whether a small file system is mounted there."""
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder],
                          capture_output=True, check=False).returncode == 0


@unittest.skipUnless(os.geteuid() == 0, "mounting a small file system needs root")
class DiskFullTest(ApiTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix="todo-full-")
        cls.addClassCleanup(os.rmdir, folder)
        if not mount_tmpfs(folder):
            raise unittest.SkipTest("a small file system cannot be mounted here")
        cls.addClassCleanup(subprocess.run, ["umount", folder], check=True)
        cls.folder = pathlib.Path(folder)
        cls.stack = Stack(folder=folder).start()
        cls.stack.allow_errors()
        cls.addClassCleanup(cls.stack.stop)

    def fill(self):
        """Takes all the space that is left."""
        with open(self.folder / "ballast", "ab", buffering=0) as ballast:
            for size in (65536, 4096, 1):
                try:
                    while ballast.write(b"x" * size):
                        pass
                except OSError:
                    pass

    def write_until_full(self):
        """The ids acknowledged before the first 507, and that answer."""
        made = []
        while True:
            answer = self.call("POST", "/tasks", {"description": "filling", "notes": "n" * 10000})
            if answer.status != 201:
                return made, answer
            made.append(answer.json["id"])

    def test_full_disk_and_recovery(self):
        first = self.create("before")
        for turn in range(2):
            with self.subTest(turn):
                self.fill()
                made, answer = self.write_until_full()
                self.assert_problem(answer, "insufficient-storage")
                # reads go on
                self.assert_unchanged(first)
                for number in made:
                    self.read(number)
                self.assertEqual(self.list("count=true&limit=1")["count"]["total"],
                                 self.list("count=true&limit=200")["count"]["total"])
                health = self.send("GET", "/health")
                self.assert_status(health, 200)
                self.assertEqual(health.json["status"], "degraded")
                self.assertEqual(health.json["components"]["storage"], "degraded")
                self.assert_status(self.send("GET", "/ready"), 503)
                # every kind of write says the same
                for method, path, body in (("PATCH", f"/tasks/{first['id']}",
                                            {"notes": "m" * 9000}),
                                           ("POST", "/tasks", {"description": "again"})):
                    refused = self.call(method, path, body)
                    self.assertIn(refused.status, (200, 201, PROBLEMS["insufficient-storage"][0]))
                (self.folder / "ballast").unlink()
                wait_until(lambda: self.call(
                    "POST", "/tasks", {"description": "recovered"}).status == 201, "writes recover")
                wait_until(lambda: self.send("GET", "/ready").status == 200, "/ready recovers")
                self.assertEqual(self.send("GET", "/health").json["status"], "healthy")
                first = self.read(first)
                for number in made:
                    self.read(number)

    def test_everything_is_there_after_a_restart(self):
        self.fill()
        made, _ = self.write_until_full()
        (self.folder / "ballast").unlink()
        self.stack.restart_app()
        self.stack.allow_errors()
        for number in made:
            self.read(number)
        self.create("after the restart")


if __name__ == "__main__":
    unittest.main()
