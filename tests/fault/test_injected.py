# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Every allocation, write, sync, open and read fails in turn, over every operation of the API, the
# start and the commands. Each time: a documented answer without internals or the whole success, no
# crash, nothing half done, and the same request works as soon as the fault is gone.

import re
import subprocess
import unittest

from faulttest import FaultTest, fastcgi, pick, rows, strict_json, wait_until
from injector import FAULTS, Injector
from operations import OPERATIONS, Request, World
from support.process import GRACEFUL_APP, ROOT
from support.stack import App, app_program, clean_environment

STATUSES = (500, 503, 507)
SERVICE_OPERATIONS = {"getHealth", "getReady", "getMetrics"}
DATA = ("task", "dependency", "template", "change", "change_row", "import")
EACH_UP_TO = 8  # of the calls; after these some are left out, unless the run is a long one


def following(number, fault=""):
    each = 1 if fault == "full" else EACH_UP_TO  # which fails the same calls as "write"
    return number + pick(1 if number < each else 1 + number // 3, 1)


class InjectedTest(FaultTest):
    def setUp(self):
        super().setUp()
        self.injector = Injector(self.folder)
        self.addCleanup(self.injector.close)
        self.attempts = 0

    def launch(self, *options, wait=True, name="todo-app"):
        app = App(self.folder, self.database, options, self.injector.environment, name=name,
                  wait=wait)
        app.allow_errors = True
        self.addCleanup(app.process.kill)
        if wait:
            self.ready(app)
        return app

    def is_ready(self, app):
        """It listens before it is sure that it can serve."""
        try:
            answer = fastcgi.request(app.socket, "GET", "/ready")
        except OSError:
            return False
        return answer is not None and answer.status == 200

    def data(self):
        return {name: rows(self.database, f"SELECT * FROM {name}") for name in DATA}


class OperationsTest(InjectedTest):
    def send(self, request):
        """The answer; None if there was none or it was cut short."""
        if not request.streamed:
            return self.call(self.app, request.method, request.path, request.body)
        try:
            return fastcgi.request(self.app.socket, request.method, "/api/v1" + request.path)
        except OSError:
            return None

    def world(self):
        return World(lambda *arguments: self.ok(self.app, *arguments))

    def check_end(self, answer):
        """A failed sync: documented is an answer, a line in the log, the end. What was not synced
        may be there or not. It may have been that of a checkpoint: then the answer is a success; or
        one that SQLite can do without: then the program goes on."""
        if answer is not None and answer.status >= 300:
            self.assert_problem_without_internals(answer, STATUSES)
            self.app.process.wait()
        wait_until(lambda: not self.app.process.alive() or self.is_ready(self.app), "it has ended")
        if not self.app.process.alive():
            self.assertEqual(self.app.process.wait(), 1)
            self.assertIn("sync failed", self.app.process.stderr())
            self.app = self.launch()

    def check_answer(self, request, answer, before):
        if answer is None and request.streamed:
            return
        self.app.process.check_alive()
        self.assertIsNotNone(answer, "the connection was closed without an answer")
        if answer.status >= 300:
            self.assert_problem_without_internals(answer, STATUSES)
            self.assertEqual(self.data(), before, "nothing of it was done")
            if answer.status == 503:
                self.assertGreaterEqual(int(answer.headers["Retry-After"]), 1)

    def attempt(self, fault, make, number):
        """Whether a call has failed."""
        request = make(self.world())
        before = self.data()
        self.injector.arm(fault, number)
        answer = self.send(request)
        fired = self.injector.disarm()
        self.attempts += 1
        if fired and fault == "sync":
            self.check_end(answer)
        else:
            self.check_answer(request, answer, before)
        if not fired:
            self.assertLess(answer.status, 300, answer)
        return fired

    def fail_each(self, fault):
        for operation, make in OPERATIONS.items():
            with self.subTest(operation=operation, fault=fault):
                number = 0
                while self.attempt(fault, make, number):
                    number = following(number, fault)
                self.assertLess(self.send(make(self.world())).status, 300, "and now it works")

    def run_fault(self, fault):
        self.app = self.launch("--wal-limit-bytes", "1MiB")
        self.fail_each(fault)
        self.check_serves(self.app)
        self.check_clean_end(self.app)
        print(f"{fault}: {self.attempts} requests", flush=True)

    def test_every_operation_is_tried(self):
        text = (ROOT / "docs/openapi.yaml").read_text(encoding="utf-8")
        documented = set(re.findall(r"^\s+operationId: (\w+)$", text, re.MULTILINE))
        self.assertEqual(set(OPERATIONS), documented - SERVICE_OPERATIONS)

    def test_the_shim_works(self):
        self.app = self.launch()
        for fault in ("memory", "full", "write", "sync"):
            self.injector.arm(fault, 0, lasting=True)
            answer = self.call(self.app, "POST", "/tasks", {"description": "x"})
            self.assertTrue(self.injector.disarm(), fault)
            self.assert_problem_without_internals(answer, {
                "memory": (503,), "full": (507,)}.get(fault, (500, 503)))

    def test_file_system_becomes_read_only_and_is_repaired(self):
        self.app = self.launch()
        kept = self.ok(self.app, "POST", "/tasks", {"description": "kept"})
        for _ in range(3):
            self.injector.arm("read-only", 0, lasting=True)
            for operation in ("createTask", "updateTask", "deleteTask", "importTasks", "undo"):
                self.injector.disarm()
                request = OPERATIONS[operation](self.world())
                self.injector.arm("read-only", 0, lasting=True)
                self.assert_problem_without_internals(self.send(request), (500, 503))
            self.assertEqual(self.get(self.app, "/ready").status, 503)
            self.assertEqual(self.get(self.app, "/health").json["status"], "degraded")
            self.assertEqual(self.ok(self.app, "GET", f"/tasks/{kept['id']}"), kept, "reads go on")
            self.assertTrue(self.injector.disarm())
            self.check_serves(self.app)
        self.check_clean_end(self.app)

    def test_memory(self):
        self.run_fault("memory")

    def test_search_index_after_each_failed_allocation(self):
        """FTS5 itself may go on with totals of zero when it got no memory to read them."""
        self.app = self.launch()
        request = Request("POST", "/tasks", {"description": "x"})
        number = 0
        while True:
            self.injector.arm("memory", number)
            answer = self.send(request)
            fired = self.injector.disarm()
            self.assertIn(answer.status, (201, 503), answer)
            self.ok(self.app, "POST", "/tasks", {"description": "The next one"})
            if not fired:
                break
            number += 1
        self.check_clean_end(self.app)

    def test_write(self):
        self.run_fault("write")

    def test_full_disk(self):
        self.run_fault("full")

    def test_sync(self):
        self.run_fault("sync")

    def test_open(self):
        self.run_fault("open")

    def test_read(self):
        self.run_fault("read")


class StartTest(InjectedTest):
    """The start: it refuses with a message, or serves; the next one works."""

    def start_once(self, fault, number):
        self.injector.arm(fault, number)
        app = self.launch(wait=False)
        wait_until(lambda: not app.process.alive() or self.is_ready(app), "it serves or refuses", 20)
        fired = self.injector.disarm()
        if app.process.alive():
            app.process.stop(GRACEFUL_APP)
        else:
            self.assertGreater(app.process.wait(), 0, app.process.stderr())
            self.assertTrue(app.process.stderr().strip(), "it says why")
        app.process.stderr_path.unlink()
        return fired


    def test_each_call_of_the_start(self):
        app = self.launch()
        self.ok(app, "POST", "/tasks", {"description": "kept"})
        app.stop()
        for fault in FAULTS:
            with self.subTest(fault):
                number = 0
                while self.start_once(fault, number):
                    number = following(number)
                app = self.launch()
                self.check_serves(app)
                self.assertEqual(self.descriptions(app), ["kept"])
                self.check_clean_end(app)


class CommandsTest(InjectedTest):
    """The commands on the database: status 0, or not 0 and a message; never a crash."""

    def command(self, *words):
        return subprocess.run(
            [str(app_program()), *map(str, words), "--database", str(self.database)],
            capture_output=True, timeout=60, check=False,
            env=clean_environment(self.injector.environment))

    def check_command(self, fault, words, whole):
        number = 0
        while True:
            self.injector.arm(fault, number)
            done = self.command(*words)
            fired = self.injector.disarm()
            self.assertIn(done.returncode, (0, 1, 2), (words, number, done))
            if done.returncode != 0:
                self.assertTrue(fired, done)
                self.assertTrue(done.stderr.strip(), "it says why")
            if not fired:
                break
            number = following(number)
        self.assertEqual(done.returncode, 0, done)
        whole()

    def test_commands(self):
        app = self.launch()
        for count in range(20):
            self.ok(app, "POST", "/tasks", {"description": f"kept {count}", "notes": "n" * 2000})
        app.stop()
        before = self.tasks()
        copy, exported = self.folder / "copy.db", self.folder / "all.json"

        def same():
            self.check_sound()
            self.assertEqual(self.tasks(), before)

        def same_copy():
            same()
            self.assertEqual(self.tasks(copy), before)

        def same_export():
            same()
            self.assertEqual(len(strict_json(exported.read_bytes())["tasks"]), 20)

        for fault in FAULTS:
            with self.subTest(fault):
                self.check_command(fault, ("verify",), same)
                self.check_command(fault, ("backup", copy), same_copy)
                self.check_command(fault, ("export", exported), same_export)
                self.check_command(fault, ("import", exported, "--dry-run"), same)
                self.check_command(fault, ("restore", copy), same)
        app = self.launch()
        self.check_serves(app)


if __name__ == "__main__":
    unittest.main()
