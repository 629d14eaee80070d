# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# `todo-app key`: making, listing and revoking API keys; and files that the service does not start with.

import threading
import unittest

from keytest import KeyFile
from program import ProgramTest


class CommandTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.keys = KeyFile()
        self.addCleanup(self.keys.close)

    def test_new_prints_the_key_alone(self):
        result = self.keys.command("new", "laptop")
        self.assertRegex(result.stdout, r"\Atodo_[A-Za-z0-9_-]{43}\n\Z")
        self.assertIn("laptop", result.stderr)
        self.assertNotIn(result.stdout.strip(), self.keys.path.read_text(encoding="ascii"))

    def test_list_shows_all_but_the_hash(self):
        self.keys.new("laptop")
        self.keys.new("phone", "read")
        result = self.keys.command("list")
        lines = [line.split() for line in result.stdout.splitlines()]
        self.assertEqual([(line[2], line[3]) for line in lines],
                         [("read,write", "laptop"), ("read", "phone")])
        self.assertTrue(all(len(line) == 4 for line in lines))

    def test_revoke(self):
        self.keys.new("laptop")
        number = self.keys.ids()["laptop"]
        self.assertEqual(self.keys.command("revoke", number).returncode, 0)
        self.assertEqual(self.keys.ids(), {})
        result = self.keys.command("revoke", number)
        self.assertEqual((result.returncode, result.stdout), (1, ""))

    def test_what_is_refused(self):
        self.keys.new("laptop")
        before = self.keys.path.read_text(encoding="ascii")
        for words in (("new", "a b"), ("new", "x" * 65), ("new", ""), ("new", "a", "--scopes", "root"),
                      ("new", "a", "--scopes", ""), ("new", "a", "--scopes", "read,read"),
                      ("revoke", "nothing"), ("revoke", "0"), ("make", "a"), ("new",), ("revoke",)):
            with self.subTest(words):
                result = self.keys.command(*words)
                self.assertEqual((result.returncode, result.stdout), (1, ""))
                self.assertTrue(result.stderr)
        self.assertEqual(self.keys.path.read_text(encoding="ascii"), before)

    def test_many_at_once_lose_none(self):
        names = [f"key-{number}" for number in range(8)]
        threads = [threading.Thread(target=self.keys.new, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(self.keys.ids()), names)

    def test_the_service_does_not_start_with_a_bad_file(self):
        missing = self.folder / "missing"
        self.assertIn(str(missing), self.start_refused("--api-keys-file", missing))
        self.keys.new("laptop")
        self.keys.path.chmod(0o666)
        text = self.start_refused("--api-keys-file", self.keys.path, name="writable")
        self.assertIn("may write it", text)


if __name__ == "__main__":
    unittest.main()
