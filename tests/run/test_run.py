# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""scripts/run.sh: starting, stopping and refusing."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest

from support import http
from support.process import ROOT, Process, wait_until
from support.proxy import free_port
from support.stack import app_program, clean_environment
from support.standin import RESPONDER

SCRIPT = ROOT / "scripts/run.sh"


def children(pid):
    """Command lines of the direct children, by pid."""
    found = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            if parent == pid:
                found[int(stat.parent.name)] = (stat.parent / "cmdline").read_text(encoding="utf-8")
        except OSError:
            pass  # It has ended meanwhile.
    return found


class RunCase(unittest.TestCase):
    program = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-run-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def environment(self):
        return clean_environment({"TODO_APP": str(self.program or app_program()),
                                  "XDG_RUNTIME_DIR": str(self.folder)})

    def run_script(self, *options):
        """For a run that ends by itself."""
        return subprocess.run([SCRIPT, "--no-install", *options], capture_output=True, text=True,
                              env=self.environment(), timeout=120, check=False)

    def start(self, *options, name="run"):
        port = free_port()
        process = Process(name, [SCRIPT, "--no-install", "--port", str(port), *options],
                          self.folder, self.environment())
        process.port = port
        process.ready = f"ready: http://127.0.0.1:{port}\n".encode()
        self.addCleanup(self.finish, process)
        wait_until(lambda: not process.alive() or process.ready in process.stdout_path.read_bytes(),
                   "run.sh says that it is ready")
        process.check_alive()
        return process

    def finish(self, process):
        if process.alive():
            process.send(signal.SIGTERM)
        process.wait()

    def data(self, name="data"):
        return self.folder / name

    def child(self, process, name):
        return next(pid for pid, line in children(process.pid).items() if name in line)


class Service(RunCase):
    """With the real program."""

    def test_runs_and_stops_by_either_signal(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            run = self.start("--data", self.data())
            self.assertEqual(http.request(run.port, "GET", "/ready").status, 200)
            self.assertTrue((self.data() / "todo.db").exists())
            run.stop(number)

    def test_data_survive_a_restart(self):
        run = self.start("--data", self.data())
        made = http.request(run.port, "POST", "/api/v1/tasks", {"description": "Buy milk"})
        self.assertEqual(made.status, 201)
        run.stop(signal.SIGTERM)
        run = self.start("--data", self.data())
        read = http.request(run.port, "GET", made.headers["Location"])
        self.assertEqual(read.json()["description"], "Buy milk")

    def test_two_instances_side_by_side(self):
        first = self.start("--data", self.data("1"), name="first")
        second = self.start("--data", self.data("2"), name="second")
        for run in (first, second):
            self.assertEqual(http.request(run.port, "GET", "/ready").status, 200)
        first.stop(signal.SIGINT)
        self.assertEqual(http.request(second.port, "GET", "/ready").status, 200)
        second.stop(signal.SIGINT)

    def test_data_folder_with_a_long_name_and_odd_characters(self):
        deep = self.data() / ("x" * 120) / 'a "b" \\ $c'
        run = self.start("--data", deep)
        self.assertEqual(http.request(run.port, "GET", "/ready").status, 200)
        self.assertTrue((deep / "todo.db").exists())
        run.stop(signal.SIGTERM)


class Readme(RunCase):
    """Its examples, as a reader would type them."""

    def test_examples_succeed(self):
        run = self.start("--data", self.data())
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        block = re.search(r"## Five requests\n\n```sh\n(.*?)```", text, re.DOTALL).group(1)
        commands = [part for part in re.split(r"\n\n", block.replace("8080", str(run.port)))]
        self.assertEqual(len(commands), 5)
        for command in commands:
            self.assertEqual(command.count("curl "), 1)
            ran = subprocess.run(["bash", "-c", command.replace("curl ", "curl -sS --fail ")],
                                 capture_output=True, text=True, check=False)
            self.assertEqual(ran.returncode, 0, (command, ran.stderr))
            self.assertIn("Buy milk", ran.stdout)


class Children(RunCase):
    """With the stand-in."""

    program = RESPONDER

    def test_binds_to_the_loopback_address_only(self):
        run = self.start("--data", self.data())
        lighttpd = self.child(run, "lighttpd")
        with open(f"/proc/{lighttpd}/net/tcp", encoding="ascii") as table:
            bound = [line.split()[1] for line in table if f":{run.port:04X} " in line.split(" rem")[0]
                     and line.split()[3] == "0A"]
        self.assertEqual(bound, [f"0100007F:{run.port:04X}"])

    def test_stops_when_sent_from_a_terminal(self):
        """Ctrl-C goes to the whole foreground process group; the children still stop in order."""
        run = self.start("--data", self.data())
        groups = {os.getpgid(pid) for pid in children(run.pid)}
        self.assertNotIn(os.getpgid(run.pid), {os.getpgid(self.child(run, name))
                                               for name in ("lighttpd", "responder")})
        self.assertGreaterEqual(len(groups), 2)
        run.stop(signal.SIGINT)

    def test_starts_with_sigint_ignored(self):
        """As a background job of a script without job control does."""
        previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            run = self.start("--data", self.data())
        finally:
            signal.signal(signal.SIGINT, previous)
        run.stop(signal.SIGINT)

    def test_leaves_nothing_behind(self):
        run = self.start("--data", self.data())
        pids = list(children(run.pid))
        run.stop(signal.SIGTERM)
        self.assertEqual([pid for pid in pids if pathlib.Path(f"/proc/{pid}").exists()], [])
        self.assertEqual(list(self.folder.glob("todo-app.*")), [])

    def test_access_log_is_on_standard_output(self):
        run = self.start("--data", self.data())
        http.request(run.port, "GET", "/marked-path")
        run.stop(signal.SIGTERM)
        self.assertIn(b'"path":"/marked-path"', run.stdout_path.read_bytes())

    def test_death_of_either_child_stops_the_other(self):
        for victim, other in (("responder", "lighttpd"), ("lighttpd", "responder")):
            run = self.start("--data", self.data(), name="without-" + victim)
            left = self.child(run, other)
            os.kill(self.child(run, victim), signal.SIGKILL)
            self.assertNotEqual(run.wait(), 0)
            self.assertIn("ended unexpectedly", run.stderr())
            self.assertFalse(pathlib.Path(f"/proc/{left}").exists())


class Refusals(RunCase):
    program = RESPONDER

    def assert_refused(self, ran, text, status=1):
        self.assertEqual(ran.returncode, status, ran.stderr)
        self.assertIn(text, ran.stderr)
        self.assertNotIn("ready:", ran.stdout)

    def test_used_port(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            ran = self.run_script("--port", str(port), "--data", self.data())
        self.assert_refused(ran, f"port {port} on 127.0.0.1 is in use")

    def test_port_that_is_none(self):
        for port in ("0", "65536", "-1", "http", "", "8080x", "99999999999999999999"):
            ran = self.run_script("--port", port, "--data", self.data())
            self.assert_refused(ran, "--port takes a number from 1 to 65535", 2)

    def test_data_folder_that_is_a_file(self):
        self.data().write_text("x", encoding="ascii")
        ran = self.run_script("--port", str(free_port()), "--data", self.data())
        self.assert_refused(ran, "cannot create the folder")

    def test_data_folder_that_is_not_writable(self):
        ran = self.run_script("--port", str(free_port()), "--data", "/proc")
        self.assert_refused(ran, "cannot write to the folder /proc")

    def test_program_that_cannot_be_run(self):
        self.program = self.folder / "missing"
        ran = self.run_script("--port", str(free_port()), "--data", self.data())
        self.assert_refused(ran, "cannot run")

    def test_program_that_ends_at_once(self):
        self.program = pathlib.Path("/bin/false")
        ran = self.run_script("--port", str(free_port()), "--data", self.data())
        self.assert_refused(ran, "todo-app ended unexpectedly with status 1")

    def test_missing_tool(self):
        """curl is the tool that is missing."""
        tools = self.folder / "bin"
        tools.mkdir()
        for tool in ("bash", "env", "dirname", "sed", "mktemp", "mkdir", "rm", "id", "flock"):
            (tools / tool).symlink_to(shutil.which(tool))
        ran = subprocess.run(
            [SCRIPT, "--no-install", "--port", str(free_port()), "--data", self.data()],
            env=self.environment() | {"PATH": str(tools)}, capture_output=True, text=True,
            timeout=60, check=False)
        self.assert_refused(ran, "missing: curl")

    def test_unknown_option(self):
        self.assert_refused(self.run_script("--colour"), "unknown option --colour", 2)

    def test_option_without_its_value(self):
        self.assert_refused(self.run_script("--port"), "--port needs a value", 2)

    def test_help(self):
        ran = self.run_script("--help")
        self.assertEqual(ran.returncode, 0)
        for option in ("--port", "--data", "--no-install"):
            self.assertIn(option, ran.stdout)
