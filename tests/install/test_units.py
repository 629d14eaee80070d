# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The units, and the installed service without systemd: socket activation, behind lighttpd."""

import concurrent.futures
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile

from install.installed import PREFIX, InstalledCase, inside
from support import http
from support.process import GRACEFUL_APP, GRACEFUL_PROXY, Process, wait_until
from support.proxy import accepts, free_port
from support.stack import clean_environment, listens

SERVICES = ("todo-app.service", "todo-app-proxy.service", "todo-app-backup.service")
UNITS = SERVICES + ("todo-app.socket", "todo-app-backup.timer")
EXPOSURE_MAX = 2.0


class Units(InstalledCase):
    def unit(self, name):
        return self.root / "lib/systemd/system" / name

    def test_systemd_finds_no_fault(self):
        paths = [str(PREFIX / "lib/systemd/system" / name) for name in UNITS]
        ran = inside(self.target, 'systemd-analyze verify --man=no "$@"', *paths)
        ours = [line for line in ran.stderr.splitlines() if "todo-app" in line]
        self.assertEqual((ran.returncode, ours), (0, []), ran.stderr)

    def test_exposure_is_low(self):
        for name in SERVICES:
            ran = subprocess.run(["systemd-analyze", "security", "--offline=yes", self.unit(name)],
                                 capture_output=True, text=True, check=False)
            level = re.search(r"Overall exposure level for \S+: ([\d.]+)", ran.stdout)
            self.assertIsNotNone(level, ran.stderr)
            self.assertLess(float(level.group(1)), EXPOSURE_MAX, name)

    def test_manual_pages_that_units_name_exist(self):
        for name in UNITS:
            for page, section in re.findall(r"man:(\S+)\((\d)\)", self.unit(name).read_text()):
                self.assertTrue((self.root / f"share/man/man{section}/{page}.{section}").exists())

    def test_stop_takes_longer_than_the_drain(self):
        """Else systemd would kill what is still finishing."""
        seconds = {name: int(re.search(r"TimeoutStopSec=(\d+)s", self.unit(name).read_text()).group(1))
                   for name in SERVICES[:2]}
        drain = re.search(r"^#drain_timeout_s: (\d+)$", self.read("etc/todo-app/todo-app.yaml"),
                          re.MULTILINE)
        self.assertGreater(seconds["todo-app.service"], int(drain.group(1)))
        proxy = re.search(r"^var.drain_s = (\d+)$", self.read("etc/todo-app/proxy.conf"),
                          re.MULTILINE)
        self.assertGreater(seconds["todo-app-proxy.service"], int(proxy.group(1)))

    def test_user_and_folders_are_declared(self):
        with tempfile.TemporaryDirectory() as root:
            pathlib.Path(root, "etc").mkdir()
            for kind, folder in (("sysusers", "sysusers.d"), ("tmpfiles", "tmpfiles.d")):
                extra = ["--create"] if kind == "tmpfiles" else []
                ran = subprocess.run(
                    [f"systemd-{kind}", f"--root={root}", *extra, self.root / "lib" / folder / "todo-app.conf"],
                    capture_output=True, text=True, check=False)
                self.assertEqual(ran.returncode, 0, ran.stderr)
            self.assertIn("todo-app:", pathlib.Path(root, "etc/passwd").read_text(encoding="utf-8"))
            backups = pathlib.Path(root, "var/backups/todo-app")
            self.assertEqual(backups.stat().st_mode & 0o7777, 0o750)


class Running(InstalledCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.socket = self.folder / "app.sock"

    def start(self, name, arguments):
        process = Process(name, arguments, self.folder, clean_environment())
        self.addCleanup(process.kill)
        return process

    def start_activated(self):
        """As the socket unit does: the first connection starts the program."""
        process = self.start("app", ["systemd-socket-activate", "-l", self.socket, "--",
                                     self.root / "bin/todo-app", "--database", self.folder / "todo.db"])
        wait_until(lambda: listens(self.socket), "systemd-socket-activate listens")
        return process

    def start_proxy(self):
        """With the installed settings; what only this machine differs in is replaced."""
        port = free_port()
        settings = self.read("etc/todo-app/proxy.conf")
        for name, value in (("port", port), ("app_socket", f'"{self.socket}"'),
                            ("upload_dir", f'"{self.folder}"'),
                            ("access_log", f'"{self.folder}/access.log"')):
            settings, count = re.subn(rf"^var.{name} = .*$", f"var.{name} = {value}", settings,
                                      flags=re.MULTILINE)
            self.assertEqual(count, 1, name)
        settings = settings.replace(f"{PREFIX}/share", f"{self.root}/share")
        path = self.folder / "proxy.conf"
        path.write_text(settings, encoding="utf-8")
        proxy = self.start("proxy", ["lighttpd", "-D", "-f", path])
        wait_until(lambda: not proxy.alive() or accepts(port), "lighttpd listens")
        proxy.check_alive()
        return proxy, port

    def test_socket_activated_behind_lighttpd(self):
        app = self.start_activated()
        proxy, port = self.start_proxy()
        made = http.request(port, "POST", "/api/v1/tasks", {"description": "Buy milk"})
        self.assertEqual(made.status, 201)
        for path in ("/", "/docs/", "/openapi.yaml", "/health", "/ready", "/metrics"):
            self.assertEqual(http.request(port, "GET", path).status, 200, path)
        self.assertEqual(http.request(port, "GET", "/nowhere").headers["Content-Type"],
                         "application/problem+json")
        proxy.stop(GRACEFUL_PROXY)
        app.stop(GRACEFUL_APP)
        self.assertTrue(self.socket.exists(), "the program removed a socket that is not its own")

    def start_with(self, listener):
        """Takes the listener as standard input, as an inherited one may come too."""
        process = subprocess.Popen(
            [self.root / "bin/todo-app", "--database", self.folder / "todo.db"], stdin=listener,
            stderr=subprocess.DEVNULL, env=clean_environment())
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def test_requests_wait_while_the_program_is_replaced(self):
        """The socket is the service manager's: what comes between two processes is answered."""
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.socket))
            listener.listen(64)
            first = self.start_with(listener)
            _, port = self.start_proxy()
            self.assertEqual(http.request(port, "GET", "/ready").status, 200)
            first.send_signal(GRACEFUL_APP)
            self.assertEqual(first.wait(60), 0)
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                waiting = [pool.submit(http.request, port, "POST", "/api/v1/tasks", {"description": "x"})
                           for _ in range(8)]
                self.start_with(listener)
                self.assertEqual({answer.result().status for answer in waiting}, {201})

    def test_smoke_test_script(self):
        self.start_activated()
        _, port = self.start_proxy()
        ran = subprocess.run(["scripts/smoke-test.sh", "--wait", "30", f"http://127.0.0.1:{port}"],
                             capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        self.assertNotIn("FAILED", ran.stdout)
        self.assertEqual(http.request(port, "GET", "/api/v1/tasks").json()["tasks"], [])
