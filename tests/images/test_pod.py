# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A real pod of both containers: its rules, its data, and replacements under load."""

import datetime
import json
import os
import pathlib
import re
import signal
import tempfile
import urllib.parse
import zoneinfo

from images.containers import APP, APP_UID, GID, PREFIX, PROXY_UID, TAG, PodCase, podman, run
from support.load import Load
from support.process import ROOT, wait_until

NEXT_TAG = "test-next"
LOAD_ENOUGH = 300
RUN_TIMEOUT = 120


def process_facts(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return dict(re.findall(r"^(\w+):\s*(.*)$", text, re.MULTILINE))


def smoke_test(port):
    return run(ROOT / "scripts/smoke-test.sh", f"http://127.0.0.1:{port}")


class Service(PodCase):
    def test_works_from_outside(self):
        pod = self.pod()
        ran = smoke_test(pod.port)
        self.assertEqual(ran.returncode, 0, ran.stdout)

    def test_keeps_the_rules(self):
        """Neither process is root or can become it; none can write to its root file system."""
        pod = self.pod()
        for part, uid in (("app", APP_UID), ("proxy", PROXY_UID)):
            facts = process_facts(pod.pid(part))
            self.assertEqual(facts["Uid"].split(), [str(uid)] * 4)
            self.assertEqual(facts["Gid"].split(), [str(GID)] * 4)
            self.assertEqual({facts[name] for name in ("CapEff", "CapPrm", "CapBnd", "CapAmb")},
                             {"0" * 16})
            self.assertEqual(facts["NoNewPrivs"], "1")
            mounts = pathlib.Path(f"/proc/{pod.pid(part)}/mountinfo").read_text(encoding="utf-8")
            root = next(line.split() for line in mounts.splitlines() if line.split()[4] == "/")
            self.assertIn("ro", root[5].split(","))

    def test_logs_are_json_on_the_right_streams(self):
        pod = self.pod()
        pod.request("GET", "/api/v1/tasks?limit=7")
        podman("stop", "--time", "30", pod.container("proxy"))
        out, _ = pod.logs("proxy")
        self.assertIn("limit=7", [json.loads(line)["query"] for line in out.splitlines()])
        _, err = pod.logs("app")
        lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
        self.assertTrue(lines)
        self.assertEqual({line["service"] for line in lines}, {"todo-app"})

    def test_large_body_needs_the_temporary_folder(self):
        """Over 64 KiB lighttpd keeps it in a file."""
        made = self.pod().request("POST", "/api/v1/tasks",
                                  {"description": "Large", "notes": "\u00e4" * 20000, "category": "work"},)
        self.assertEqual(made.status, 201)

    def test_search_ignores_the_case_of_letters_beyond_ascii(self):
        pod = self.pod()
        made = pod.request("POST", "/api/v1/tasks", {"description": "\u00c4PFEL und \u00d6L"})
        self.assertEqual(made.status, 201)
        for text in ("\u00e4pfel", "\u00f6l", "\u00c4pfel"):
            found = pod.request("GET", "/api/v1/tasks?q=" + urllib.parse.quote(text)).json()
            self.assertEqual([task["id"] for task in found["tasks"]], [made.json()["id"]], text)

    def test_time_zones_are_there(self):
        """At any moment one of these two has another date than UTC."""
        for name in ("Pacific/Kiritimati", "Etc/GMT+12"):
            pod = self.pod(environment={"TODO_TIME_ZONE": name})
            zone = zoneinfo.ZoneInfo(name)
            before = datetime.datetime.now(zone).date().isoformat()
            told = pod.request("GET", "/api/v1/tasks").json()["today"]
            self.assertIn(told, {before, datetime.datetime.now(zone).date().isoformat()})
            pod.remove()


class Replacement(PodCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "Containerfile").write_text(
                f"FROM {PREFIX}/{APP}:{TAG}\nLABEL test=next\n", encoding="ascii")
            podman("build", "--quiet", "--format", "docker", "--tag", f"{PREFIX}/{APP}:{NEXT_TAG}", folder)
        cls.addClassCleanup(run, "podman", "rmi", "--force", f"{PREFIX}/{APP}:{NEXT_TAG}")

    def descriptions(self, pod):
        found, path = set(), "/api/v1/tasks?limit=100"
        while path:
            page = pod.request("GET", path).json()
            found |= {task["description"] for task in page["tasks"]}
            path = page["next_cursor"] and f"/api/v1/tasks?limit=100&cursor={page['next_cursor']}"
        return found

    def check_kept(self, pod, sent):
        acknowledged = {one.description for one in sent if one.acknowledged}
        self.assertGreater(len(acknowledged), LOAD_ENOUGH // 4)
        self.assertEqual(acknowledged - self.descriptions(pod), set())

    def test_data_outlive_the_pod(self):
        pod = self.pod()
        made = pod.request("POST", "/api/v1/tasks", {"description": "Buy milk"})
        pod.stop()
        again = self.pod(name="todo-again")
        self.assertEqual(again.request("GET", made.headers["Location"]).json(), made.json())

    def test_killed_program_comes_back(self):
        pod = self.pod()
        made = pod.request("POST", "/api/v1/tasks", {"description": "Buy milk"})
        killed = pod.pid("app")
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: pod.pid("app") not in (0, killed), "podman starts the program again")
        wait_until(pod.ready, "the pod is ready again")
        self.assertEqual(pod.request("GET", made.headers["Location"]).status, 200)

    def test_second_pod_on_the_same_data_takes_over_under_load(self):
        """As a rolling upgrade on one node: no request fails."""
        old = self.pod()
        load = Load(old.port, threads=6)
        wait_until(lambda: load.answered() > LOAD_ENOUGH, "the load runs")
        new = self.pod(name="todo-new", app_tag=NEXT_TAG)
        load.port = new.port
        taken = load.answered()
        wait_until(lambda: load.answered() > taken + 50, "the new pod has the load")
        old.stop()
        taken = load.answered()
        wait_until(lambda: load.answered() > taken + LOAD_ENOUGH, "the load runs on")
        sent = load.stop()
        self.assertEqual([one for one in sent if one.status not in (200, 201) or one.broken], [])
        self.check_kept(new, sent)

    def start_next_program(self, pod):
        """The next image in the place of the program's container, with its volumes."""
        facts = json.loads(podman("inspect", pod.container("app")))[0]
        volumes = [f"--volume={mount['Name']}:{mount['Destination']}" for mount in facts["Mounts"]
                   if mount["Type"] == "volume"]
        self.assertEqual(len(volumes), 2)
        podman("rm", "--force", pod.container("app"))
        podman("run", "--detach", "--pod", pod.name, "--name", pod.container("app"), "--read-only",
               "--cap-drop=all", "--security-opt=no-new-privileges", "--no-healthcheck", *volumes,
               f"{PREFIX}/{APP}:{NEXT_TAG}")

    def test_program_is_replaced_in_the_pod_under_load(self):
        """No request is lost: each is answered, if not otherwise then with 503 as a problem document,
        with Retry-After where the program could still say so."""
        pod = self.pod()
        load = Load(pod.port, threads=6)
        wait_until(lambda: load.answered() > LOAD_ENOUGH, "the load runs")
        podman("stop", "--time", "30", pod.container("app"))
        self.start_next_program(pod)
        wait_until(pod.ready, "the next program is ready")
        taken = load.answered()
        wait_until(lambda: load.answered() > taken + LOAD_ENOUGH, "the load runs on")
        sent = load.stop()
        self.assertEqual([one for one in sent if one.status is None or one.broken], [])
        refused = [one for one in sent if one.status not in (200, 201)]
        self.assertEqual({one.status for one in refused} - {503}, set())
        self.assertEqual({json.loads(one.body)["type"] for one in refused} - {"/problems/unavailable"}, set())
        by_program = [one for one in refused if "X-Request-ID" in one.headers]
        self.assertEqual([one for one in by_program if not one.headers["Retry-After"]], [])
        self.check_kept(pod, sent)


class Volumes(PodCase):
    def test_data_of_another_user_are_refused_with_the_cause(self):
        with tempfile.TemporaryDirectory() as folder:  # Root's, for root alone.
            ran = run("podman", "run", "--rm", "--read-only", "--network=none", "--no-healthcheck",
                      f"--volume={folder}:/var/lib/todo-app", f"{PREFIX}/{APP}:{TAG}", timeout=RUN_TIMEOUT)
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn("/var/lib/todo-app", ran.stderr)
        self.assertIn("Permission denied", ran.stderr)

    def test_read_only_data_are_refused_with_the_cause(self):
        ran = run("podman", "run", "--rm", "--read-only", "--network=none", "--no-healthcheck",
                  f"--volume={self.volume}:/var/lib/todo-app:ro", f"{PREFIX}/{APP}:{TAG}", timeout=RUN_TIMEOUT)
        self.assertNotEqual(ran.returncode, 0)
        self.assertRegex(ran.stderr, r"[Rr]ead-only")
