# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Idempotency-Key on every POST: the first answer again, whatever happened since.

import unittest
import uuid

from apitest import ApiTest, in_threads


class IdempotencyTest(ApiTest):
    def post(self, path, body=None, key=None, **rest):
        return self.call("POST", path, body, headers={"Idempotency-Key": key}, **rest)

    def key(self):
        return str(uuid.uuid4())

    def assert_replayed(self, answer, first):
        self.assertEqual(answer.headers["Idempotency-Replayed"], "true", answer)
        self.assertEqual((answer.status, answer.body), (first.status, first.body))
        for name in ("Content-Type", "Location", "ETag", "X-Today"):
            self.assertEqual(answer.headers[name], first.headers[name], name)
        self.assertIsNone(first.headers["Idempotency-Replayed"])

    def test_create_is_replayed(self):
        key, body = self.key(), {"description": "only once"}
        first = self.post("/tasks", body, key)
        self.assert_status(first, 201)
        for _ in range(3):
            self.assert_replayed(self.post("/tasks", body, key), first)
        self.assertEqual(self.listed("q=only+once"), [first.json["id"]])

    def test_replay_has_a_request_id_of_its_own(self):
        key = self.key()
        first, second = (self.post("/tasks", {"description": "x"}, key) for _ in range(2))
        self.assertNotEqual(first.headers["X-Request-ID"], second.headers["X-Request-ID"])

    def test_answer_is_that_of_then_though_the_task_has_changed(self):
        key = self.key()
        first = self.post("/tasks", {"description": "changes"}, key)
        path = f"/tasks/{first.json['id']}"
        self.call("PATCH", path, {"notes": "new"})
        self.assert_replayed(self.post("/tasks", {"description": "changes"}, key), first)
        self.call("DELETE", path)
        self.assert_replayed(self.post("/tasks", {"description": "changes"}, key), first)

    def test_every_post(self):
        parent = self.create(due_date="2031-01-01", recurring={"type": "daily", "interval": 1})
        path = f"/tasks/{parent['id']}"
        for tail, body in (("/subtasks", {"description": "x"}), ("/complete", None),
                           ("/reopen", None)):
            with self.subTest(tail):
                key = self.key()
                first = self.post(path + tail, body, key)
                self.assertIn(first.status, (200, 201))
                before = self.read(parent)
                self.assert_replayed(self.post(path + tail, body, key), first)
                self.assert_unchanged(before)
                other = self.post(path + tail + "?today=2031-01-01", body, key)
                self.assert_problem(other, "idempotency-mismatch")

    def test_completing_a_recurring_task_again_gives_the_same_next_task(self):
        task = self.create(due_date="2031-01-01", recurring={"type": "daily", "interval": 1})
        key = self.key()
        first = self.post(f"/tasks/{task['id']}/complete", key=key)
        self.assertIsNotNone(first.json["next_task"])
        self.assert_replayed(self.post(f"/tasks/{task['id']}/complete", key=key), first)

    def test_key_of_another_request(self):
        key = self.key()
        task = self.create()
        self.post("/tasks", {"description": "x"}, key)
        before = self.list("count=true")["count"]
        for path, body in (("/tasks", {"description": "y"}), ("/tasks?dry_run=false",
                           {"description": "x"}), (f"/tasks/{task['id']}/complete", None),
                           (f"/tasks/{task['id']}/subtasks", {"description": "x"})):
            with self.subTest(path):
                self.assert_problem(self.post(path, body, key), "idempotency-mismatch")
        self.assertEqual(self.list("count=true")["count"], before)
        self.assert_unchanged(task)

    def test_refusal_by_the_state_is_stored(self):
        needed = self.create()
        task = self.create(depends_on=[needed["id"]])
        key = self.key()
        first = self.post(f"/tasks/{task['id']}/complete", key=key)
        self.assert_problem(first, "blocked")
        self.call("POST", f"/tasks/{needed['id']}/complete")
        self.assert_replayed(self.post(f"/tasks/{task['id']}/complete", key=key), first)
        self.assert_task(self.read(task), completed=False)
        self.assert_status(self.post(f"/tasks/{task['id']}/complete", key=self.key()), 200)

    def test_refused_requests_are_stored(self):
        task = self.create()
        deep = self.create(parent_id=task["id"])
        for name, path, body, raw in (
                ("not-found", "/tasks/999999/complete", None, None),
                ("validation", "/tasks", {"description": ""}, None),
                ("validation", "/tasks", {"description": "x", "parent_id": 999999}, None),
                ("malformed-json", "/tasks", None, b"{"),
                ("subtask-depth", f"/tasks/{deep['id']}/subtasks", {"description": "x"}, None)):
            with self.subTest(f"{name} {path}"):
                key = self.key()
                first = self.post(path, body, key, raw=raw)
                self.assert_problem(first, name)
                self.assert_replayed(self.post(path, body, key, raw=raw), first)

    def test_fault_corrected_under_the_same_key(self):
        key = self.key()
        self.post("/tasks", {"description": ""}, key)
        self.assert_problem(self.post("/tasks", {"description": "x"}, key), "idempotency-mismatch")

    def test_keys_are_exact(self):
        one, two = (self.post("/tasks", {"description": "x"}, key) for key in ("Case", "case"))
        self.assertNotEqual(one.json["id"], two.json["id"])

    def test_longest_and_strangest_keys(self):
        for key in ("k" * 255, "!", "\"quoted'; DROP TABLE", "a,b;c=d", "~}|{"):
            with self.subTest(key):
                first = self.post("/tasks", {"description": "x"}, key)
                self.assert_status(first, 201)
                self.assert_replayed(self.post("/tasks", {"description": "x"}, key), first)

    def test_bad_keys(self):
        before = self.list("count=true")["count"]
        for key in ("k" * 256, "\u00e9".encode(), b"a\x80b", "k" * 5000):
            with self.subTest(key):
                for path, body in (("/tasks", {"description": "x"}), ("/tasks/1/complete", None)):
                    answer = self.post(path, body, key)
                    self.assert_faults(answer, "header Idempotency-Key")
        self.assertEqual(self.list("count=true")["count"], before)

    def test_other_methods_take_no_key(self):
        key = self.key()
        task = self.create()
        for notes in ("one", "two"):
            answer = self.call("PATCH", f"/tasks/{task['id']}", {"notes": notes},
                               headers={"Idempotency-Key": key})
            self.assert_status(answer, 200)
            self.assertEqual(answer.json["notes"], notes)

    def test_dry_run_uses_up_no_key(self):
        key = self.key()
        dry = self.post("/tasks?dry_run=true", {"description": "x"}, key)
        self.assert_status(dry, 200)
        self.assert_status(self.post("/tasks", {"description": "x"}, key), 201)

    def test_many_at_once_create_one_task(self):
        key, body = self.key(), {"description": "all at once"}
        answers = in_threads(16, lambda index: self.post("/tasks", body, key))
        made = [answer for answer in answers if answer.status == 201]
        self.assertEqual({answer.json["id"] for answer in made}, {made[0].json["id"]})
        for answer in answers:
            if answer.status != 201:
                self.assert_problem(answer, "idempotency-in-flight")
        self.assertEqual(self.listed("q=all+at+once"), [made[0].json["id"]])

    def test_many_keys_at_once(self):
        def work(index):
            key = f"many keys {index}".replace(" ", "-")
            return [self.post("/tasks", {"description": f"mk {index}"}, key).json["id"]
                    for _ in range(3)]
        ids = in_threads(12, work)
        for three in ids:
            self.assertEqual(len(set(three)), 1)
        self.assertEqual(len({three[0] for three in ids}), 12)


class RestartTest(ApiTest):
    fresh = True

    def test_key_survives_a_restart(self):
        def send():
            return self.call("POST", "/tasks", {"description": "kept"},
                             headers={"Idempotency-Key": "restart"})

        first = send()
        self.stack.restart_app()
        again = send()
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        self.assertEqual(again.body, first.body)
        self.assertEqual(len(self.listed()), 1)


if __name__ == "__main__":
    unittest.main()
