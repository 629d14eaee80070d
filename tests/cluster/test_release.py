# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The life of a release with the default values, in a namespace that enforces restricted Pod Security:
# installation, upgrades and rollbacks under load, and what a cluster does to pods. The load comes in
# by a NodePort on 127.0.0.1: a hostPort would exclude the second pod of an upgrade with surge.

import os
import pathlib
import re
import signal
import tempfile
import time
import unittest

from cluster import NAME, OTHER_TAG, ROOT, ClusterTest, Namespace, create, descriptions, load, request, run
from support.proxy import free_port
from support.process import wait_until

READY_SECONDS = 60  # Far above what it takes: only a stuck start is a failure.


def pids_of(pod, command):
    """Processes of that name in the pod, on this machine."""
    uid, found = pod["metadata"]["uid"], []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            group = (folder / "cgroup").read_text(encoding="ascii").replace("_", "-")
            if uid in group and (folder / "comm").read_text(encoding="utf-8").strip() == command:
                found.append(int(folder.name))
        except OSError:
            pass
    return found


class InstallTest(unittest.TestCase):
    def test_default_values_become_ready_and_pass_their_own_test(self):
        with Namespace() as space:
            start = time.monotonic()
            space.upgrade()
            seconds = time.monotonic() - start
            print(f"installed to ready in {seconds:.1f} s")
            self.assertLess(seconds, READY_SECONDS)
            self.assertTrue(space.ready())
            result = space.helm("test", NAME, "--logs", "--timeout", "120s")
            self.assertIn("Phase:          Succeeded", result.stdout)
            for what in ("POST /api/v1/tasks", "GET /docs/", "GET /metrics"):
                self.assertIn(f"ok: {what}", result.stdout)

    def test_the_commands_of_the_notes_work(self):
        with Namespace() as space:
            port = free_port()
            space.upgrade("backup.enabled=true", f"service.port={port}")
            notes = space.helm("get", "notes", NAME).stdout
            commands = re.findall(r"^    (\S.*)$", notes, re.MULTILINE)
            self.assertEqual(len(commands), 5, notes)
            forward = next(line for line in commands if "port-forward" in line)
            commands[commands.index(forward)] = f"{forward}\ntrap 'kill $!' EXIT"
            result = run("bash", "-e", "-c", "\n".join(commands))
            self.assertIn('"status":"healthy"', result.stdout.replace(" ", ""))


class UpgradeTest(ClusterTest):
    """Surge on the one node: the new pod is ready before the old one is told to stop."""

    def upgrade_under_load(self, *values):
        with load(self.address) as result:
            start = time.monotonic()
            self.space.upgrade(*values)
            print(f"{' '.join(values)}: upgraded in {time.monotonic() - start:.1f} s", end=" ")
            self.space.wait_gone()
        print(f"with {len(result.sent)} requests")
        self.assert_none_failed(result.sent)
        self.assert_kept(result.sent)

    def test_another_image_of_the_program_loses_no_request_nor_its_rollback(self):
        create(self.address, "Before the upgrade")
        number, _ = self.space.revision()
        self.upgrade_under_load(f"app.image.tag={OTHER_TAG}")
        self.assertIn(OTHER_TAG, self.space.app_status()["image"])
        with load(self.address) as result:
            self.space.helm("rollback", NAME, str(number), "--wait", "--timeout", "120s")
            self.space.wait_gone()
        self.assert_none_failed(result.sent)
        self.assertNotIn(OTHER_TAG, self.space.app_status()["image"])
        self.assertEqual(descriptions(self.address, "Before"), ["Before the upgrade"])

    def test_plain_containers_lose_no_request_either(self):
        plain = ("nativeSidecar=never", "proxy.drainSeconds=3")  # The program waits that long for lighttpd.
        self.upgrade_under_load(*plain)
        self.upgrade_under_load(*plain, f"app.image.tag={OTHER_TAG}")
        self.upgrade_under_load()

    def test_nothing_changed_restarts_nothing(self):
        self.space.upgrade()
        before = self.space.pod()["metadata"]["uid"]
        self.space.upgrade()
        self.assertEqual(self.space.pod()["metadata"]["uid"], before)

    def test_a_changed_configuration_restarts_the_pod(self):
        self.space.upgrade()
        before = self.space.pod()["metadata"]["uid"]
        self.upgrade_under_load("app.config.log_level=WARNING")
        self.assertNotEqual(self.space.pod()["metadata"]["uid"], before)

    def test_the_strategy_can_be_changed_both_ways(self):
        for values, strategy in ((("updateStrategy.type=Recreate",), "Recreate"), ((), "RollingUpdate")):
            self.space.upgrade(*values)
            self.assertEqual(self.space.get("deployment", NAME)["spec"]["strategy"]["type"], strategy)
        self.assertTrue(self.space.ready())


class BrokenUpgradeTest(ClusterTest):
    """Each is told by cause and remedy, rolled back by itself, and the old pod serves all the while."""

    def broken(self, *values, cause, remedy):
        before = self.space.pod()["metadata"]["uid"]
        options = [part for value in values for part in ("--set", value)]
        with load(self.address) as result:
            deployed = self.space.script("deploy.sh", "--timeout", "25s", *options, check=False)
        self.assertNotEqual(deployed.returncode, 0)
        self.assertRegex(deployed.stderr, cause)
        self.assertIn(remedy, deployed.stderr)
        self.assert_none_failed(result.sent)
        self.assertEqual(self.space.pod()["metadata"]["uid"], before)
        self.assertEqual(self.space.revision()[1], "deployed")

    def test_a_missing_image(self):
        self.broken("app.image.tag=no-such-tag", cause="ErrImage|ImagePull", remedy="an image is not there")

    def test_a_missing_secret(self):
        self.broken("existingSecret=no-such-secret", cause='secret "no-such-secret" not found',
                    remedy="a Secret is missing")

    def test_a_refused_configuration(self):
        self.broken("app.config.time_zone=Nowhere/City", cause="Nowhere/City", remedy="app.config")


class PodTest(ClusterTest):
    values = ("podLabels.drained=here",)  # Whatever other pods the node has, they are left alone.

    def test_a_killed_program_is_started_again(self):
        create(self.address, "Before the kill")
        pids = pids_of(self.space.pod(), "todo-app")
        if not pids:
            self.skipTest("the node is not this machine")
        restarts = self.space.app_status()["restartCount"]
        os.kill(pids[0], signal.SIGKILL)
        wait_until(lambda: self.space.app_status()["restartCount"] > restarts, "the program is started again", 60)
        self.wait_serving()
        self.assertEqual(descriptions(self.address, "kill"), ["Before the kill"])

    def test_a_deleted_pod_comes_back_with_the_data(self):
        create(self.address, "Before the deletion")
        before = self.space.pod()["metadata"]["name"]
        self.space.kubectl("delete", "pod", before, "--timeout=120s")
        self.wait_serving()
        self.assertNotEqual(self.space.pod()["metadata"]["name"], before)
        self.assertEqual(descriptions(self.address, "deletion"), ["Before the deletion"])

    def test_a_stop_is_graceful_and_fast(self):
        self.space.wait_ready()
        start = time.monotonic()
        self.space.kubectl("delete", "pod", self.space.pod()["metadata"]["name"], "--timeout=120s")
        seconds = time.monotonic() - start
        print(f"a pod stopped in {seconds:.1f} s")
        self.assertLess(seconds, 40, "it must not wait for the end of its grace period")
        self.space.wait_ready()

    def test_a_drained_node_gets_it_back_with_the_data(self):
        create(self.address, "Before the drain")
        node = self.space.pod()["spec"]["nodeName"]
        try:
            run("kubectl", "drain", node, "--pod-selector=drained=here",
                "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=120s")
        finally:
            run("kubectl", "uncordon", node)
        self.wait_serving()
        self.assertEqual(descriptions(self.address, "drain"), ["Before the drain"])

    def test_memory_requested_is_at_most_twice_what_is_used(self):
        """Resident memory of an idle program and of lighttpd."""
        pod = self.space.pod()
        containers = pod["spec"]["initContainers"] + pod["spec"]["containers"]
        for name, command in (("app", "todo-app"), ("proxy", "lighttpd")):
            pids = pids_of(pod, command)
            if not pids:
                self.skipTest("the node is not this machine")
            status = pathlib.Path(f"/proc/{pids[0]}/status").read_text(encoding="utf-8")
            used = int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[1]) / 1024
            requested = next(one for one in containers if one["name"] == name)["resources"]["requests"]["memory"]
            print(f"{name}: {used:.1f} MiB resident, {requested} requested")
            self.assertLessEqual(int(requested.removesuffix("Mi")), 2 * used)


class DataTest(ClusterTest):
    values = ("backup.enabled=true",)

    def test_the_job_of_the_cronjob_makes_a_copy_that_can_be_verified(self):
        create(self.address, "In the copy")
        told = self.space.script("backup.sh", "--job").stdout
        copy = re.search(r"(/var/backups/todo-app/\S+\.db): ", told)[1]
        pod = self.space.pod()["spec"]
        container = next(one for one in pod["initContainers"] if one["name"] == "app")
        self.space.apply({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "verify"},
            "spec": {"restartPolicy": "Never", "enableServiceLinks": False, "securityContext": pod["securityContext"],
                     "volumes": [{"name": "copies", "persistentVolumeClaim": {"claimName": f"{NAME}-backup"}}],
                     "containers": [{"name": "verify", "image": container["image"], "args": ["verify", copy],
                                     "securityContext": container["securityContext"],
                                     "volumeMounts": [{"name": "copies", "mountPath": "/var/backups/todo-app"}]}]}})
        self.space.kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/verify", "--timeout=60s")
        self.assertIn(f"{copy}: ok", self.space.kubectl("logs", "verify").stdout)

    def test_a_copy_goes_out_and_comes_back(self):
        kept, lost = create(self.address, "Kept by the copy"), create(self.address, "Also")
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, "copy.db")
            self.space.script("backup.sh", copy)
            run(os.environ["TODO_APP"], "verify", copy)
            request(self.address, "DELETE", f"/api/v1/tasks/{lost}")
            broken = pathlib.Path(folder, "broken.db")
            broken.write_bytes(copy.read_bytes()[:5000])
            refused = self.space.script("restore.sh", "--yes", broken, check=False)
            self.assertNotEqual(refused.returncode, 0)
            self.wait_serving()
            self.assertEqual(request(self.address, "GET", f"/api/v1/tasks/{lost}").status, 404)
            self.space.script("restore.sh", "--yes", copy)
        self.wait_serving()
        for number in (kept, lost):
            self.assertEqual(request(self.address, "GET", f"/api/v1/tasks/{number}").status, 200)


class UninstallTest(unittest.TestCase):
    def test_the_claim_stays_and_is_found_again_unless_it_is_to_go(self):
        with Namespace() as space:
            space.script("deploy.sh")
            create(space.open_port(), "Before the end")
            self.assertIn("the data stays in", space.script("undeploy.sh").stderr)
            self.assertEqual(space.get("pods", selector="app.kubernetes.io/component=backend"), [])
            space.script("undeploy.sh")
            space.script("deploy.sh")
            self.assertEqual(descriptions(space.open_port(), "end"), ["Before the end"])
            space.script("undeploy.sh", "--delete-data")
            self.assertEqual(space.get("persistentvolumeclaims"), [])

    def test_the_claim_goes_when_so_configured(self):
        with Namespace() as space:
            space.upgrade("persistence.keep=false")
            space.helm("uninstall", NAME, "--wait")
            wait_until(lambda: space.get("persistentvolumeclaims") == [], "the claim is gone")


class ManifestTest(unittest.TestCase):
    def test_kustomize_applies_them_and_they_work(self):
        space = Namespace(name="todo-app")
        if run("kubectl", "get", "namespace", "todo-app", check=False).returncode == 0:
            self.skipTest("the namespace todo-app is somebody's")
        try:
            run("kubectl", "apply", "--kustomize", ROOT / "k8s")
            space.kubectl("rollout", "status", "deployment/todo-app", "--timeout=120s")
            host, port = space.open_port()
            result = run(ROOT / "scripts/smoke-test.sh", "--wait", "30", f"http://{host}:{port}")
            self.assertEqual(result.returncode, 0)
            run("kubectl", "apply", "--kustomize", ROOT / "k8s")
            self.assertTrue(space.ready(), "applying it again changes nothing")
        finally:
            run("kubectl", "delete", "--kustomize", ROOT / "k8s", "--ignore-not-found", "--timeout=120s", check=False)


if __name__ == "__main__":
    unittest.main()
