# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Graceful stop under load: whatever was accepted is answered, whatever was acknowledged is kept."""

import pathlib
import shutil
import tempfile
import unittest

from support.load import Load
from support.process import GRACEFUL_APP, GRACEFUL_PROXY, wait_until
from support.stack import Stack

WARM_UP = 200  # requests answered before the signal
ROUNDS = 3


class StopCase(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-stop-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def start(self):
        stack = Stack(folder=self.folder).start()
        self.addCleanup(stack.close)
        return stack

    def loaded(self, stack):
        load = Load(stack.port)
        self.addCleanup(load.stop)
        wait_until(lambda: load.answered() >= WARM_UP, "the load runs")
        return load

    def assert_answers_whole(self, sent, statuses):
        """Each answer that began is complete, valid, and of an expected status."""
        for one in sent:
            self.assertFalse(one.broken, one)
            if one.status is None:
                continue
            self.assertIn(one.status, statuses, one)
            self.assertEqual(int(one.headers["Content-Length"]), len(one.body), one)
            expected = "application/json" if one.status < 400 else "application/problem+json"
            self.assertEqual(one.headers["Content-Type"], expected, one)

    def assert_handled_were_answered(self, app, sent):
        """Whatever request the program logged, its client got the program's answer."""
        answers = {one.request_id: one.status for one in sent}
        handled = {line["request_id"]: line["status"] for line in app.log()
                   if line.get("request_id", "").startswith("load-")}
        self.assertGreaterEqual(len(handled), WARM_UP)
        lost = {name: status for name, status in handled.items() if answers.get(name) != status}
        self.assertEqual(lost, {})

    def assert_acknowledged_are_kept(self, sent):
        acknowledged = {one.headers["Location"]: one.description for one in sent
                        if one.acknowledged}
        self.assertTrue(acknowledged)
        self.assertEqual(len(acknowledged), sum(1 for one in sent if one.acknowledged))
        with Stack(folder=self.folder) as stack:
            for location, description in acknowledged.items():
                answer = stack.request("GET", location)
                self.assertEqual(answer.status, 200, location)
                self.assertEqual(answer.json()["description"], description)


class Program(StopCase):
    def test_sigterm_loses_nothing(self):
        for _ in range(ROUNDS):
            with self.subTest():
                self.stop_once()
            shutil.rmtree(self.folder)
            self.folder.mkdir()

    def stop_once(self):
        stack = self.start()
        load = self.loaded(stack)
        stack.app.process.send(GRACEFUL_APP)
        self.assertEqual(stack.app.process.wait(), 0)
        # Clients go on: lighttpd answers 503 in the program's place.
        before = load.answered()
        wait_until(lambda: load.answered() >= before + 20, "lighttpd answers alone")
        sent = load.stop()
        stack.proxy.stop()
        stack.app.check_log()
        self.assertEqual([one for one in sent if one.status is None], [])
        self.assert_answers_whole(sent, (200, 201, 503))
        self.assertEqual({one.status for one in sent} & {200, 201, 503}, {200, 201, 503})
        self.assert_handled_were_answered(stack.app, sent)
        stack.close()
        self.assert_acknowledged_are_kept(sent)

    def test_restart_under_load_serves_again(self):
        stack = self.start()
        load = self.loaded(stack)
        stack.restart_app()
        before = load.answered()
        wait_until(lambda: load.answered() >= before + WARM_UP, "the load goes on")
        sent = load.stop()
        self.assert_answers_whole(sent, (200, 201, 503))
        stack.stop()
        self.assert_acknowledged_are_kept(sent)


class Proxy(StopCase):
    def test_sigint_answers_what_was_accepted(self):
        for _ in range(ROUNDS):
            with self.subTest():
                self.stop_once()
            shutil.rmtree(self.folder)
            self.folder.mkdir()

    def stop_once(self):
        stack = self.start()
        load = self.loaded(stack)
        stack.proxy.process.send(GRACEFUL_PROXY)
        self.assertEqual(stack.proxy.process.wait(), 0)
        sent = load.stop()
        stack.app.stop()
        self.assert_answers_whole(sent, (200, 201))
        self.assert_handled_were_answered(stack.app, sent)
        stack.close()
        self.assert_acknowledged_are_kept(sent)
