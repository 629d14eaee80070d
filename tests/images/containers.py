# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The images, built once for all tests, and pods of them that podman runs on the host's network.

TODO_IMAGE_BASE names the Debian base; tests/images/setup.sh makes one and prints its name."""

import contextlib
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import tempfile
import unittest

from support import http
from support.process import ROOT, wait_until
from support.proxy import free_port

BASE = os.environ.get("TODO_IMAGE_BASE", "localhost/debian:trixie-slim")
PREFIX = os.environ.get("TODO_IMAGE_PREFIX", "localhost/test")  # Other builds have other names.
APP, PROXY = "todo-app", "todo-app-proxy"
TAG = re.search(r"^AC_INIT\(\[todo-app\], \[(.*?)\]", (ROOT / "configure.ac").read_text(encoding="utf-8"),
                re.MULTILINE).group(1)
POD = pathlib.Path(__file__).with_name("pod.yaml")
APP_UID, PROXY_UID, GID = 10001, 10002, 10001
STOP_SECONDS = "30"


def run(*arguments, **keywords):
    return subprocess.run(list(map(str, arguments)), capture_output=True, text=True, check=False, cwd=ROOT,
                          **keywords)


def podman(*arguments):
    ran = run("podman", *arguments)
    if ran.returncode != 0:
        raise AssertionError(f"podman {arguments}: {ran.stderr}")
    return ran.stdout


def need_podman():
    if shutil.which("podman") is None or run("podman", "image", "exists", BASE).returncode != 0:
        raise unittest.SkipTest(f"no podman with the image {BASE}; run tests/images/setup.sh")


def build_command(output, *options):
    return [str(ROOT / "scripts/build-images.sh"), "--engine", "podman", "--base", BASE,
            "--prefix", PREFIX, "--output", str(output), *options]


@functools.cache
def built():
    """The folder of the bills of materials and digests of both images."""
    need_podman()
    output = ROOT / "build-images"
    ran = run(*build_command(output))
    if ran.returncode != 0:
        raise AssertionError(ran.stderr)
    return output


def inspect(name, tag=TAG):
    return json.loads(podman("image", "inspect", f"{PREFIX}/{name}:{tag}"))[0]


@contextlib.contextmanager
def archive(name):
    """The layers of an image, lowest first, as open tar files."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as opened:
        podman("save", "--quiet", "--format", "docker-archive", "-o", f"{folder}/image.tar",
               f"{PREFIX}/{name}:{TAG}")
        image = opened.enter_context(tarfile.open(f"{folder}/image.tar"))
        manifest = json.load(image.extractfile("manifest.json"))[0]
        yield [opened.enter_context(tarfile.open(fileobj=image.extractfile(layer)))
               for layer in manifest["Layers"]]


class Pod:
    """A pod of both images on a port of 127.0.0.1, with the data in a named volume."""

    def __init__(self, volume, name="todo-test", app_tag=TAG, environment=None):
        self.name = f"{name}-{os.getpid()}"
        self.volume = volume
        self.port = free_port()
        text = POD.read_text(encoding="utf-8")
        for mark, value in (("NAME", self.name), ("VOLUME", volume), ("PREFIX", PREFIX), ("APP_TAG", app_tag),
                            ("PROXY_TAG", TAG), ("8080", self.port),
                            ("TIME_ZONE", (environment or {}).get("TODO_TIME_ZONE", "UTC"))):
            text = text.replace(mark if mark.isdigit() else f"@{mark}@", str(value))
        self.text = text

    def start(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(self.text)
            file.flush()
            podman("play", "kube", file.name)
        wait_until(lambda: self.ready(), f"{self.name} is ready")
        return self

    def ready(self):
        try:
            return self.request("GET", "/ready").status == 200
        except OSError:
            return False

    def request(self, *arguments):
        return http.request(self.port, *arguments)

    def container(self, part):
        return f"{self.name}-{part}"

    def pid(self, part):
        return int(podman("inspect", "--format", "{{.State.Pid}}", self.container(part)))

    def stop(self):
        """Proxy first, as a cluster does with a native sidecar."""
        podman("stop", "--time", STOP_SECONDS, self.container("proxy"))
        podman("stop", "--time", STOP_SECONDS, self.container("app"))
        self.remove()

    def remove(self):
        run("podman", "pod", "rm", "--force", "--time", "1", self.name)
        run("podman", "volume", "rm", "--force", f"{self.name}-socket", f"{self.name}-tmp")

    def logs(self, part):
        ran = run("podman", "logs", self.container(part))
        return ran.stdout, ran.stderr


class PodCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        built()

    def setUp(self):
        self.volume = f"todo-data-{os.getpid()}"
        self.addCleanup(run, "podman", "volume", "rm", "--force", self.volume)

    def pod(self, **keywords):
        pod = Pod(self.volume, **keywords)
        self.addCleanup(pod.remove)
        return pod.start()
