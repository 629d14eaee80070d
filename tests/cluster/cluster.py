# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A real cluster: namespaces of our own in it, releases of the chart, and ways to reach them."""

import collections
import contextlib
import http.client
import itertools
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import unittest
import uuid

from support import http as client
from support.load import Load
from support.process import ROOT, wait_until

HELM = os.environ.get("HELM") or str(ROOT / "build-tools/helm")
CHART = ROOT / "helm/todo-app-chart"
NAME = "todo-app"  # of the release, and so of its objects
TAG, OTHER_TAG = "4.0.0", "upgraded"  # the second is the same program in an image of its own
TIMEOUT = 180
PODS = "app.kubernetes.io/component=backend"
PROBE_PORTS = itertools.cycle(range(20000, 30000))  # Below those that clients get and those of nodes.


class CommandFailed(AssertionError):
    pass


def run(*arguments, check=True, timeout=600, **keywords):
    """A command with its output as texts."""
    environment = os.environ | {"PATH": f"{pathlib.Path(HELM).parent}:{os.environ['PATH']}"}
    environment.pop("TODO_APP", None)  # The program would refuse it as an unknown key.
    result = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, check=False,
                            timeout=timeout, cwd=ROOT, env=environment, **keywords)
    if check and result.returncode != 0:
        raise CommandFailed(f"{' '.join(map(str, arguments))}: {result.returncode}\n{result.stdout}{result.stderr}")
    return result


def accepts(host, port):
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((host, port)) == 0


class Namespace:
    """A namespace of our own, removed at the end. `level`: of Pod Security, enforced."""

    def __init__(self, level="restricted", name=None):
        self.name = name or f"todo-{uuid.uuid4().hex[:8]}"
        self.level = level
        self._folder = tempfile.TemporaryDirectory(prefix="todo-")

    def __enter__(self):
        run("kubectl", "create", "namespace", self.name)
        run("kubectl", "label", "namespace", self.name, f"pod-security.kubernetes.io/enforce={self.level}")
        return self

    def __exit__(self, *_):
        run("kubectl", "delete", "namespace", self.name, "--ignore-not-found", "--timeout=120s", check=False)
        self._folder.cleanup()

    def kubectl(self, *arguments, **keywords):
        return run("kubectl", "--namespace", self.name, *arguments, **keywords)

    def apply(self, item):
        self.kubectl("apply", "-f", "-", input=json.dumps(item))

    def get(self, kind, name=None, selector=None):
        arguments = ["get", kind, "--output", "json"]
        arguments += [name] if name else ["--selector", selector] if selector else []
        answer = json.loads(self.kubectl(*arguments).stdout)
        return answer if name else answer["items"]

    # --- The release ---------------------------------------------------------------------------

    def upgrade(self, *options, timeout="120s", check=True):
        """Installs or upgrades as scripts/deploy.sh does, values as --set options; none are the defaults, whereas
        helm would keep those of the upgrade before."""
        arguments = [HELM, "upgrade", "--install", NAME, CHART, "--namespace", self.name, "--wait", "--atomic",
                     "--reset-values", "--timeout", timeout]
        for option in options:
            arguments += ["--set", option]
        return run(*arguments, check=check)

    def helm(self, *arguments, **keywords):
        return run(HELM, *arguments, "--namespace", self.name, **keywords)

    def script(self, name, *arguments, check=True):
        return run(ROOT / "scripts" / name, "--namespace", self.name, "--release", NAME, *arguments, check=check)

    def revision(self):
        """(number, status) of the newest."""
        newest = json.loads(self.helm("history", NAME, "--output", "json").stdout)[-1]
        return newest["revision"], newest["status"]

    # --- Its pods ------------------------------------------------------------------------------

    def pods(self):
        """Those that are not on their way out."""
        return [pod for pod in self.get("pods", selector=PODS) if "deletionTimestamp" not in pod["metadata"]]

    def pod(self):
        pods = self.pods()
        assert len(pods) == 1, [pod["metadata"]["name"] for pod in pods]
        return pods[0]

    def ready(self):
        pods = self.pods()
        return pods and all(any(one["type"] == "Ready" and one["status"] == "True"
                                for one in pod["status"].get("conditions", [])) for pod in pods)

    def wait_ready(self):
        wait_until(self.ready, f"the pods in {self.name} are ready", TIMEOUT)

    def app_status(self):
        status = self.pod()["status"]
        return next(one for one in status.get("initContainerStatuses", []) + status["containerStatuses"]
                    if one["name"] == "app")

    def wait_gone(self):
        """The pods before an upgrade have stopped: one is left."""
        wait_until(lambda: len(self.get("pods", selector=PODS)) == 1, "old pods are gone", TIMEOUT)

    # --- Ways in -------------------------------------------------------------------------------

    def open_port(self):
        """A Service of the tests with a port on the node, beside the release's own: its address."""
        labels = {"app.kubernetes.io/instance": NAME, "app.kubernetes.io/component": "backend"}
        self.apply({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "way-in"},
                    "spec": {"type": "NodePort", "selector": labels,
                             "ports": [{"port": 8080, "targetPort": "http"}]}})
        port = self.get("service", "way-in")["spec"]["ports"][0]["nodePort"]
        addresses = ["127.0.0.1"]
        for node in json.loads(run("kubectl", "get", "nodes", "--output", "json").stdout)["items"]:
            addresses += [one["address"] for one in node["status"]["addresses"] if one["type"] == "InternalIP"]
        end = time.monotonic() + 30
        while time.monotonic() < end:
            for address in addresses:
                if serving((address, port)):
                    return address, port
            time.sleep(0.1)
        raise unittest.SkipTest(f"no node lets this machine reach port {port}: {addresses}")


def request(address, method, path, body=None):
    return client.request(address[1], method, path, body, host=address[0])


def serving(address):
    """Whether /ready says so, asked from a port that no other client has. While a Service has no endpoint the
    node rejects a connection of its own only after having tracked it, untranslated, for two minutes: the next
    one from the same port would be refused although pods serve. The clients of the load must get no such port."""
    connection = http.client.HTTPConnection(*address, timeout=10, source_address=("", next(PROBE_PORTS)))
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def create(address, description):
    answer = request(address, "POST", "/api/v1/tasks", {"description": description})
    assert answer.status == 201, answer
    return answer.json()["id"]


def descriptions(address, text):
    answer = request(address, "GET", f"/api/v1/tasks?q={text}&limit=200")
    assert answer.status == 200, answer
    return [task["description"] for task in answer.json()["tasks"]]


@contextlib.contextmanager
def load(address, threads=4):
    """Requests without pause around a block; `result` has them after it."""
    class Result:
        sent = ()
    source = Load(address[1], threads, address[0])
    try:
        wait_until(lambda: source.answered() > 20, "requests are answered")
        yield Result
        before = source.answered()
        wait_until(lambda: source.answered() > before + 20, "requests are still answered")
    finally:
        Result.sent = source.stop()


class ClusterTest(unittest.TestCase):
    """A class has a namespace with a release of these values, for all its tests."""

    level = "restricted"
    values = ()

    @classmethod
    def setUpClass(cls):
        cls.space = Namespace(cls.level)
        cls.enterClassContext(cls.space)
        cls.space.upgrade(*cls.values)
        cls.address = cls.space.open_port()

    def setUp(self):
        self.wait_serving()

    def wait_serving(self):
        """The pods are ready, and the way to them leads there."""
        self.space.wait_ready()
        wait_until(lambda: serving(self.address), "requests arrive", TIMEOUT)

    def assert_none_failed(self, sent):
        """Every request was answered, and none with a server error."""
        bad = [one for one in sent if one.status is None or one.broken or one.status >= 500]
        kinds = collections.Counter((one.status, one.broken, one.error) for one in bad)
        self.assertEqual(dict(kinds), {}, f"of {len(sent)} requests")
        self.assertGreater(len(sent), 50)

    def assert_kept(self, sent):
        """Every task that was acknowledged is there."""
        acknowledged = {one.description for one in sent if one.acknowledged}
        found, cursor = set(), ""
        while cursor is not None:
            page = request(self.address, "GET", f"/api/v1/tasks?limit=200{cursor}").json()
            found |= {task["description"] for task in page["tasks"]}
            cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
        self.assertEqual(acknowledged - found, set())
