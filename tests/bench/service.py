# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Everything that is measured, running side by side: todo-app on a small and on a large database,
the hello, the peers, and one lighttpd in front of them all with a port for each."""

import contextlib
import hashlib
import os
import pathlib
import shutil
import signal
import sqlite3
import tempfile

import load
import peers
from support.process import GRACEFUL_APP, GRACEFUL_PROXY, ROOT, Failure, Process, wait_until
from support.proxy import Proxy, free_port
from support.stack import App, listens

HELLO_THREADS = 4
RAW_WORKS = ("insert", "row", "create")  # of bench-rawcommit
SEED_SECONDS = 1800
SEED_SOURCES = ("fcgi-app/store/migrations/*.sql", "tests/bench/seed.c")
RUNTIME_FOLDERS = ("/dev/shm", "/tmp")  # logs and sockets: off the disk that is measured

FASTCGI = """$SERVER["socket"] == "127.0.0.1:{port}" {{
    fastcgi.server = ( "/" => ((
        "socket" => "{socket}", "check-local" => "disable", "fix-root-scriptname" => "enable",
        "disable-time" => 0, "connect-timeout" => 4, "write-timeout" => 30,
        "read-timeout" => {patience}
    )) )
}}
"""
PATIENCE = 30  # seconds, as in proxy/lighttpd.conf
LATER_PATIENCE = 60  # an import may take longer on a busy machine
HTTP = """$SERVER["socket"] == "127.0.0.1:{port}" {{
    fastcgi.server = ()
    proxy.server = ( "" => (( "host" => "127.0.0.1", "port" => {peer} )) )
}}
"""


def runtime_folder():
    for folder in RUNTIME_FOLDERS:
        if os.access(folder, os.W_OK):
            return pathlib.Path(tempfile.mkdtemp(prefix="todo-bench-", dir=folder))
    raise Failure("no folder for sockets and logs")


def seed_key():
    """Names what a seeded database depends on."""
    digest = hashlib.sha256()
    for pattern in SEED_SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def copy_database(source, target):
    """A copy with what is in the log. No program may have the source open."""
    with contextlib.closing(sqlite3.connect(source)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copyfile(source, target)


class Service:
    """Starts at once; close() ends everything and removes what it wrote."""

    def __init__(self, build, tasks, ready_peers):
        self.build = build
        self.tasks = tasks
        self.peers = {peer.name: peer for peer in ready_peers}
        self.runtime = runtime_folder()
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="data-", dir=build))
        self.apps = {}
        self.ports = {}  # of lighttpd, by name
        self._hello = None
        self._proxy = None

    # --- Databases ----------------------------------------------------------------------------

    def database(self, name):
        return self.data / name / "todo.db"

    def seed(self, name, count):
        """A database with so many tasks; made once for a schema, since a million takes minutes."""
        kept = self.build / f"seeded-{count}-{seed_key()}.db"
        if not kept.exists():
            self._make_seed(kept, count)
        path = self.database(name)
        path.parent.mkdir()
        shutil.copyfile(kept, path)

    def _make_seed(self, kept, count):
        for old in self.build.glob(f"seeded-{count}-*.db"):
            old.unlink()
        path = self.data / "seed" / "todo.db"
        path.parent.mkdir(exist_ok=True)
        load.run([self.build / "bench-seed", path, count], SEED_SECONDS)
        copy_database(path, kept)
        shutil.rmtree(path.parent)

    def copy(self, source, name):
        """A copy of its own for a program that must not share the app's."""
        path = self.database(name)
        path.parent.mkdir()
        copy_database(self.database(source), path)
        return path

    def empty(self, name):
        """A database that is to be made by an app; what was there before is gone."""
        folder = self.database(name).parent
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()

    # --- Programs -----------------------------------------------------------------------------

    def start_app(self, name, options=()):
        self.apps[name] = App(self.runtime, self.database(name), options, name=name)
        return self.apps[name]

    def stop_app(self, name):
        self.apps[name].process.stop(GRACEFUL_APP)

    def _start_hello(self):
        socket = self.runtime / "hello.sock"
        self._hello = Process("hello", [self.build / "bench-hello", socket, HELLO_THREADS],
                              self.runtime)
        wait_until(lambda: not self._hello.alive() or listens(socket), "hello listens")
        self._hello.check_alive()
        return socket

    def _start_peers(self):
        blocks = []
        for name, peer in self.peers.items():
            direct, behind = peers.ports()
            peer.start(self.copy("small", name), self.runtime, direct)
            self.ports[name] = direct
            self.ports[name + " behind lighttpd"] = behind
            blocks.append(HTTP.format(port=behind, peer=direct))
        return blocks

    def _fastcgi(self, name, socket, patience):
        """Gives a port to a program on a socket: lighttpd's block for it."""
        self.ports[name] = free_port()
        return FASTCGI.format(port=self.ports[name], socket=socket, patience=patience)

    def start(self, later=()):
        """All programs, on databases that were seeded. `later`: apps that the parts start when they
        need them; lighttpd waits for them already."""
        for work in RAW_WORKS:
            self.copy("small", "raw-" + work)
        blocks = self._start_peers()
        blocks += [self._fastcgi("hello", self._start_hello(), PATIENCE),
                   self._fastcgi("large", self.start_app("large").socket, PATIENCE)]
        blocks += [self._fastcgi(name, self.runtime / f"{name}.sock", LATER_PATIENCE)
                   for name in later]
        configuration = self.runtime / "lighttpd.conf"
        configuration.write_text(
            f'include "{ROOT}/proxy/lighttpd.conf"\nserver.modules += ( "mod_proxy" )\n'
            + "".join(blocks), encoding="utf-8")
        app = self.start_app("small")
        self._proxy = Proxy(self.runtime, app.socket, configuration=configuration)
        self.ports["small"] = self._proxy.port

    @property
    def proxy(self):
        return self._proxy.process

    def forget_logs(self):
        """Empties the logs, which are all opened to append."""
        for pattern in ("*.err", "*.out", "*.log"):
            for path in self.runtime.glob(pattern):
                os.truncate(path, 0)

    # --- The end ------------------------------------------------------------------------------

    def close(self):
        """Ends every process and removes every file of the run."""
        for peer in self.peers.values():
            peer.stop()
        ends = [(self._proxy and self._proxy.process, GRACEFUL_PROXY),
                (self._hello, signal.SIGKILL)]
        ends += [(app.process, GRACEFUL_APP) for app in self.apps.values()]
        for process, number in ends:
            if process is None or not process.alive():
                continue
            process.send(number)
            with contextlib.suppress(Failure):
                process.wait()
        shutil.rmtree(self.runtime, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
