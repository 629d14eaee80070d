# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The confinement of the running program, seen from outside: every thread has it, the log and the
# metrics tell of it. What a confined process can no longer do is tested in tests/unit/confine/;
# that the service still does everything, by all other tests: it is confined in them too.

import os
import pathlib
import signal
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "api"))

import fastcgi  # noqa: E402
from program import ProgramTest  # noqa: E402
from support.process import wait_until  # noqa: E402


class SandboxTest(ProgramTest):
    def start_with(self, mode, *options):
        app = self.start("--sandbox", mode, *options)
        self.ready(app)
        return app

    def told(self, app):
        return next(line for line in app.log() if line["message"] in ("confined", "not confined"))

    def start_confined(self, *options):
        """With all that there is; skipped where the kernel or the build has not both halves."""
        app = self.start_with("auto", *options)
        if "missing" in self.told(app):
            app.stop()
            self.skipTest(self.told(app)["missing"])
        return app

    def threads(self, app):
        """The status of each thread, as a dict."""
        for path in pathlib.Path(f"/proc/{app.process.pid}/task").glob("*/status"):
            yield dict(line.split(":\t", 1) for line in path.read_text().splitlines() if ":\t" in line)

    def gauge(self, app, name):
        text = fastcgi.request(app.socket, "GET", "/metrics").body.decode()
        return next(float(line.split()[1]) for line in text.splitlines() if line.startswith(name + " "))

    def test_every_thread_is_confined(self):
        app = self.start_confined()
        threads = list(self.threads(app))
        self.assertGreater(len(threads), 2)
        for status in threads:
            self.assertEqual(status["NoNewPrivs"], "1")
            self.assertEqual(status["Seccomp"], "2")
        app.stop()

    def test_log_and_metrics_tell(self):
        app = self.start_confined()
        told = self.told(app)
        self.assertEqual((told["message"], told["seccomp"], told["level"]), ("confined", "on", "INFO"))
        self.assertGreater(told["landlock"], 0)
        self.assertEqual(self.gauge(app, "todo_sandbox_seccomp"), 1)
        self.assertEqual(self.gauge(app, "todo_sandbox_landlock_version"), told["landlock"])
        app.stop()

    def test_before_the_first_request(self):
        app = self.start_confined()
        messages = [line["message"] for line in app.log()]
        self.assertLess(messages.index("confined"), messages.index("started"))
        app.stop()

    def test_demanded(self):
        self.start_confined().stop()
        app = self.start_with("on")
        self.assertEqual(self.told(app)["message"], "confined")
        app.stop()

    def test_off(self):
        app = self.start_with("off")
        self.assertEqual(self.told(app)["message"], "not confined")
        self.assertEqual(self.gauge(app, "todo_sandbox_seccomp"), 0)
        self.assertEqual(self.gauge(app, "todo_sandbox_landlock_version"), 0)
        before = pathlib.Path("/proc/self/status").read_text()
        seccomp = next(line for line in before.splitlines() if line.startswith("Seccomp:"))
        for status in self.threads(app):
            self.assertEqual(f"Seccomp:\t{status['Seccomp']}", seccomp)
        app.stop()

    def test_configuration_is_read_again_after_it_was_replaced(self):
        folder = self.folder / "etc"
        folder.mkdir()
        path = folder / "todo-app.yaml"
        path.write_text("log_level: INFO\n")
        app = self.start_confined("--config", path)
        fresh = folder / "fresh"
        fresh.write_text("log_level: DEBUG\n")
        os.rename(fresh, path)
        app.process.send(signal.SIGHUP)
        wait_until(lambda: any(line["message"] == "configuration reloaded" and line["changed"] == 1
                               for line in app.log()), "the configuration is read again")
        app.stop()

    def test_configuration_behind_a_symbolic_link(self):
        """As a ConfigMap is mounted: the name leads over a folder that is replaced as a whole."""
        folder = self.folder / "etc"
        for name, level in (("one", "INFO"), ("two", "DEBUG")):
            (folder / name).mkdir(parents=True)
            (folder / name / "todo-app.yaml").write_text(f"log_level: {level}\n")
        (folder / "data").symlink_to("one")
        (folder / "todo-app.yaml").symlink_to("data/todo-app.yaml")
        app = self.start_confined("--config", folder / "todo-app.yaml")
        (folder / "fresh").symlink_to("two")
        os.rename(folder / "fresh", folder / "data")
        app.process.send(signal.SIGHUP)
        wait_until(lambda: any(line["message"] == "configuration reloaded" and line["changed"] == 1
                               for line in app.log()), "the configuration is read again")
        app.stop()

    def test_database_behind_a_symbolic_link(self):
        real = self.folder / "real"
        real.mkdir()
        link = self.folder / "link"
        link.symlink_to(real)
        app = self.start("--sandbox", "auto", database=link / "todo.db")
        self.ready(app)
        self.create(app, "there")
        self.assertEqual(self.descriptions(app), ["there"])
        app.stop()
        self.assertTrue((real / "todo.db").exists())

    def test_socket_is_removed_at_the_end(self):
        app = self.start_confined()
        app.stop()
        self.assertFalse(app.socket.exists())


if __name__ == "__main__":
    unittest.main()
