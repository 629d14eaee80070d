# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""lighttpd with the project's own configuration, on a free port of 127.0.0.1."""

import json
import os
import pathlib
import shutil
import socket

from support.process import GRACEFUL_PROXY, ROOT, Failure, Process, wait_until

PORT_ATTEMPTS = 10


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def share():
    """The static files of the build that TODO_APP is of, which has generated ones; else the sources."""
    built = pathlib.Path(os.environ.get("TODO_APP", ROOT / "build-test/todo-app")).parent / "share"
    return built if (built / "complete").exists() else ROOT / "proxy"


class Proxy:
    """Starts at once. `settings` replaces variables of the settings file; `configuration` is the
    file included, the project's by default. With the setting `status_socket` the status page too."""

    def __init__(self, folder, app_socket, configuration=ROOT / "proxy/lighttpd.conf", **settings):
        self.folder = pathlib.Path(folder)
        self.access_log_path = self.folder / "access.log"
        self._values = {
            "address": "127.0.0.1",
            "app_socket": str(app_socket),
            "share": str(share()),
            "openapi": str(ROOT / "docs/openapi.yaml"),
            "upload_dir": str(self.folder),
            "access_log": str(self.access_log_path),
            "max_body_kib": 4096,
            "drain_s": 30,
        } | settings
        self._configuration = configuration
        self._start()

    def _settings_file(self, port):
        values = self._values | {"port": port}
        lines = [f"var.{name} = {json.dumps(value)}\n" for name, value in values.items()]
        path = self.folder / "settings.conf"
        lines.append(f'include "{self._configuration}"\n')
        if "status_socket" in values:
            lines.append(f'include "{ROOT / "proxy/status.conf"}"\n')
        path.write_text("".join(lines), encoding="utf-8")
        return path

    def _start(self):
        program = shutil.which("lighttpd", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if program is None:
            raise Failure("lighttpd is not installed")
        for _ in range(PORT_ATTEMPTS):
            self.port = free_port()
            self.process = Process(
                "lighttpd", [program, "-D", "-f", self._settings_file(self.port)], self.folder)
            wait_until(lambda: not self.process.alive() or accepts(self.port), "lighttpd listens")
            if self.process.alive():
                return
            if "Address already in use" not in self.process.stderr():
                break
        self.process.check_alive()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        """Gracefully; fails unless it exits with 0."""
        self.process.stop(GRACEFUL_PROXY)

    def access_log(self):
        """The lines as dicts. Complete only after stop(), since lighttpd buffers them."""
        return [json.loads(line) for line in self.access_log_path.read_bytes().splitlines()]
