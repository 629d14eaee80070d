# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Every pod of every combination, those of tests, hooks and jobs included, against the restricted level of
# the Pod Security Standards.

import unittest

from charttest import NEWEST, OLDEST, SWITCHES, VALUES_FILES, ChartTest, containers, pods, render

ALLOWED_VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim",
                   "projected", "secret"}
NOT_RESTRICTED = {"host port"}  # A port of the node is beyond the level, and the value's comment says so.


def everything():
    for version in (OLDEST, NEWEST):
        for switch, values in SWITCHES.items():
            yield f"{switch} on {version}", switch, render(values, version=version)
        for file in VALUES_FILES:
            yield f"{file.name} on {version}", file.name, render(files=[file], version=version)


class RestrictedTest(ChartTest):
    def check_each_pod(self, check):
        for what, switch, objects in everything():
            for name, spec in pods(objects):
                with self.subTest(f"{what}: {name}"):
                    check(switch, spec)

    def test_pods_of_all_kinds_are_looked_at(self):
        kinds = {name.split()[0] for _, _, objects in everything() for name, _ in pods(objects)}
        self.assertEqual(kinds, {"CronJob", "Deployment", "Job", "Pod"})

    def test_no_part_of_the_host(self):
        def check(switch, spec):
            for key in ("hostNetwork", "hostPID", "hostIPC", "hostUsers"):
                self.assertFalse(spec.get(key))
            ports = [port.get("hostPort", 0) for one in containers(spec) for port in one.get("ports", [])]
            if switch not in NOT_RESTRICTED:
                self.assertFalse(any(ports))
        self.check_each_pod(check)

    def test_only_volumes_of_the_allowed_kinds(self):
        def check(_, spec):
            for volume in spec.get("volumes", []):
                self.assertLessEqual(volume.keys() - {"name"}, ALLOWED_VOLUMES)
        self.check_each_pod(check)

    def test_nobody_is_root(self):
        def check(_, spec):
            self.assertTrue(spec["securityContext"]["runAsNonRoot"])
            self.assertGreater(spec["securityContext"]["runAsUser"], 1000)
            self.assertGreater(spec["securityContext"]["runAsGroup"], 1000)
            for one in containers(spec):
                self.assertTrue(one["securityContext"]["runAsNonRoot"])
        self.check_each_pod(check)

    def test_each_container_is_closed(self):
        def check(_, spec):
            for one in containers(spec):
                security = one["securityContext"]
                self.assertIs(security["allowPrivilegeEscalation"], False)
                self.assertFalse(security.get("privileged"))
                self.assertEqual(security["capabilities"], {"drop": ["ALL"]})
                self.assertEqual(security["seccompProfile"], {"type": "RuntimeDefault"})
                self.assertIs(security["readOnlyRootFilesystem"], True)
                self.assertNotIn("procMount", security)
        self.check_each_pod(check)

    def test_no_token_and_no_links_to_services(self):
        def check(_, spec):
            self.assertIs(spec["automountServiceAccountToken"], False)
            self.assertIs(spec["enableServiceLinks"], False)
        self.check_each_pod(check)

    def test_own_containers_have_requests_and_limits(self):
        def check(_, spec):
            for one in containers(spec):
                if one["name"] in ("app", "proxy", "backup", "smoke-test"):
                    for part in ("requests", "limits"):
                        self.assertEqual(set(one["resources"][part]), {"cpu", "memory"})
        self.check_each_pod(check)


class ExtraContainersTest(ChartTest):
    def test_their_own_settings_win(self):
        values = {"extraContainers": [{"name": "a", "image": "b", "securityContext": {
            "readOnlyRootFilesystem": False, "runAsUser": 2000}}]}
        security = self.pod(values)["containers"][1]["securityContext"]
        self.assertEqual((security["readOnlyRootFilesystem"], security["runAsUser"]), (False, 2000))
        self.assertEqual(security["capabilities"], {"drop": ["ALL"]})


if __name__ == "__main__":
    unittest.main()
