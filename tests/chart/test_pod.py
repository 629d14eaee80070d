# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The pod of the service: order of start and stop, probes, images, volumes, scheduling.

import unittest

from charttest import NAME, SWITCHES, ChartTest, container, find, kinds, render

NAMES_OF_SELECTOR = {"app.kubernetes.io/name": NAME, "app.kubernetes.io/instance": NAME,
                     "app.kubernetes.io/component": "backend"}


class LayoutTest(ChartTest):
    def layout(self, values=None, **rest):
        pod = self.pod(values, **rest)
        return ([one["name"] for one in pod.get("initContainers", [])],
                [one["name"] for one in pod["containers"]])

    def test_native_sidecar_by_version(self):
        for version, expected in (("1.28.15", ([], ["app", "proxy"])), ("1.29.0", (["app"], ["proxy"])),
                                  ("1.34.4-gke.1", (["app"], ["proxy"]))):
            with self.subTest(version):
                self.assertEqual(self.layout(version=version), expected)

    def test_native_sidecar_by_value(self):
        self.assertEqual(self.layout({"nativeSidecar": "never"}), ([], ["app", "proxy"]))
        self.assertEqual(self.layout({"nativeSidecar": "always"}, version="1.29.0"), (["app"], ["proxy"]))

    def test_only_a_native_sidecar_has_a_restart_policy(self):
        self.assertEqual(container(self.pod(), "app")["restartPolicy"], "Always")
        self.assertNotIn("restartPolicy", container(self.pod({"nativeSidecar": "never"}), "app"))

    def test_own_init_containers_come_first_and_own_containers_last(self):
        self.assertEqual(self.layout(SWITCHES["extras"]), (["before", "app"], ["proxy", "beside"]))

    def test_replicas(self):
        self.assertEqual(self.deployment(SWITCHES["two pods"])["spec"]["replicas"], 2)


class StopTest(ChartTest):
    def test_grace_period_is_computed(self):
        self.assertEqual(self.pod()["terminationGracePeriodSeconds"], 5 + 30 + 10 + 5)
        values = {"preStopSeconds": 1, "proxy": {"drainSeconds": 2}, "app": {"drainSeconds": 3}}
        self.assertEqual(self.pod(values)["terminationGracePeriodSeconds"], 11)

    def test_a_longer_grace_period_is_taken(self):
        self.assertEqual(self.pod({"terminationGracePeriodSeconds": 90})["terminationGracePeriodSeconds"], 90)

    def test_drain_times_reach_both_programs(self):
        proxy = container(self.pod({"proxy": {"drainSeconds": 7}}), "proxy")
        self.assertIn({"name": "PROXY_DRAIN_S", "value": "7"}, proxy["env"])

    def test_lighttpd_sleeps_first_and_the_sidecar_has_no_hook(self):
        pod = self.pod()
        self.assertEqual(container(pod, "proxy")["lifecycle"], {"preStop": {"sleep": {"seconds": 5}}})
        self.assertNotIn("lifecycle", container(pod, "app"))

    def test_a_plain_program_outlives_lighttpd(self):
        app = container(self.pod({"nativeSidecar": "never"}), "app")
        self.assertEqual(app["lifecycle"], {"preStop": {"sleep": {"seconds": 35}}})

    def test_the_sleep_needs_its_version_and_more_than_no_time(self):
        self.assertNotIn("lifecycle", container(self.pod(version="1.29.0"), "proxy"))
        self.assertNotIn("lifecycle", container(self.pod({"preStopSeconds": 0}), "proxy"))


class ProbeTest(ChartTest):
    def test_probes(self):
        pod = self.pod()
        app, proxy = container(pod, "app"), container(pod, "proxy")
        healthcheck = {"command": ["/usr/bin/todo-app", "--healthcheck"]}
        self.assertEqual(app["startupProbe"]["exec"], healthcheck)
        self.assertEqual(app["livenessProbe"]["exec"], healthcheck)
        self.assertEqual(proxy["livenessProbe"]["httpGet"], {"path": "/health", "port": "http"})
        self.assertEqual(proxy["readinessProbe"]["httpGet"], {"path": "/ready", "port": "http"})

    def test_a_hanging_program_is_restarted_before_lighttpd_is(self):
        def patience(probe):
            return probe["periodSeconds"] * probe["failureThreshold"]
        pod = self.pod()
        self.assertLess(patience(container(pod, "app")["livenessProbe"]),
                        patience(container(pod, "proxy")["livenessProbe"]))


class ImageTest(ChartTest):
    def images(self, values=None):
        pod = self.pod(values)
        return container(pod, "app")["image"], container(pod, "proxy")["image"]

    def test_tag_digest_and_default(self):
        self.assertEqual(self.images(), ("todo-app:4.0.0", "todo-app-proxy:4.0.0"))
        self.assertEqual(self.images(SWITCHES["images"]),
                         ("registry.example.org/todo-app:v4.0.1", "todo-app-proxy@sha256:" + 64 * "a"))

    def test_another_image_of_the_program_changes_the_pod_and_nothing_of_lighttpd(self):
        self.assertEqual(container(self.pod(), "proxy"),
                         container(self.pod({"app": {"image": {"tag": "v2"}}}), "proxy"))

    def test_pull_secrets(self):
        self.assertEqual(self.pod(SWITCHES["names"])["imagePullSecrets"], [{"name": "registry"}])


class VolumeTest(ChartTest):
    def volumes(self, values=None):
        return {one["name"]: {key: value for key, value in one.items() if key != "name"}
                for one in self.pod(values)["volumes"]}

    def mounts(self, values, name):
        return {one["name"]: one["mountPath"] for one in container(self.pod(values), name)["volumeMounts"]}

    def test_the_socket_is_shared_and_the_data_is_not(self):
        self.assertEqual(self.mounts({}, "app"), {"socket": "/run/todo-app", "data": "/var/lib/todo-app",
                                                  "config": "/etc/todo-app/todo-app.yaml"})
        self.assertEqual(self.mounts({}, "proxy"), {"socket": "/run/todo-app", "uploads": "/tmp"})
        self.assertIn("emptyDir", self.volumes()["socket"])

    def test_the_folder_of_the_database_is_mounted_whole(self):
        data = next(one for one in container(self.pod(), "app")["volumeMounts"] if one["name"] == "data")
        self.assertNotIn("subPath", data)

    def test_data(self):
        for values, claim in (({}, f"{NAME}-data"), (SWITCHES["existing claim"], "mine")):
            self.assertEqual(self.volumes(values)["data"], {"persistentVolumeClaim": {"claimName": claim}})
        self.assertEqual(self.volumes(SWITCHES["no volume"])["data"], {"emptyDir": {}})

    def test_keys_are_mounted_for_the_program_alone(self):
        self.assertNotIn("api-keys", self.volumes())
        secret = self.volumes(SWITCHES["keys with a test"])["api-keys"]["secret"]
        self.assertEqual((secret["secretName"], secret["items"]), ("keys", [{"key": "file", "path": "file"}]))
        self.assertEqual(self.mounts(SWITCHES["keys"], "app")["api-keys"], "/etc/todo-app/api-keys")
        self.assertNotIn("api-keys", self.mounts(SWITCHES["keys"], "proxy"))

    def test_the_test_pod_has_its_key_or_is_not_there(self):
        self.assertNotIn("Pod", kinds(render(SWITCHES["keys"])))
        spec = find(render(SWITCHES["keys with a test"]), "Pod")["spec"]
        self.assertEqual(spec["containers"][0]["args"][:5],
                         ["smoke-test", "--wait", "60", "--key-file", "/etc/todo-app/test/one"])
        self.assertEqual(spec["volumes"][0]["secret"]["items"], [{"key": "one", "path": "one"}])
        self.assertNotIn("volumes", find(render(), "Pod")["spec"])

    def test_secrets_are_mounted_only_when_there_are_any(self):
        self.assertNotIn("secrets", self.volumes())
        for switch, name in (("secret", NAME), ("existing secret", "mine")):
            self.assertEqual(self.volumes(SWITCHES[switch])["secrets"]["secret"]["secretName"], name)
            self.assertEqual(self.mounts(SWITCHES[switch], "app")["secrets"], "/etc/todo-app/secrets")
            self.assertNotIn("secrets", self.mounts(SWITCHES[switch], "proxy"))

    def test_own_volumes_variables_and_metadata(self):
        pod = self.pod(SWITCHES["extras"])
        self.assertIn({"name": "more", "emptyDir": {}}, pod["volumes"])
        for name, variable in (("app", "A"), ("proxy", "B")):
            one = container(pod, name)
            self.assertIn(variable, [entry["name"] for entry in one["env"]])
            self.assertEqual(len(one["envFrom"]), 1)
            self.assertIn({"name": "more", "mountPath": "/more"}, one["volumeMounts"])
        metadata = self.deployment(SWITCHES["extras"])["spec"]["template"]["metadata"]
        self.assertEqual((metadata["labels"]["a"], metadata["annotations"]["example.org/c"]), ("b", "d"))


class SchedulingTest(ChartTest):
    def term(self, values=None):
        affinity = self.pod(values).get("affinity", {})
        return affinity.get("podAffinity", {}).get("requiredDuringSchedulingIgnoredDuringExecution", [])

    def test_pods_share_a_node_while_they_share_a_volume(self):
        self.assertEqual(self.term(), [{"topologyKey": "kubernetes.io/hostname",
                                        "labelSelector": {"matchLabels": NAMES_OF_SELECTOR}}])
        self.assertEqual(self.term(SWITCHES["no volume"]), [])
        self.assertEqual(self.term({"sameNode": False, "updateStrategy": {"type": "Recreate"}}), [])

    def test_own_affinity_stays_beside_it(self):
        pod = self.pod(SWITCHES["scheduling"])
        self.assertIn("nodeAffinity", pod["affinity"])
        self.assertEqual(len(self.term(SWITCHES["scheduling"])), 1)

    def test_own_terms_stay_beside_it(self):
        own = {"topologyKey": "zone", "labelSelector": {"matchLabels": {"a": "b"}}}
        values = {"affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [own]}}}
        self.assertEqual([one["topologyKey"] for one in self.term(values)], ["zone", "kubernetes.io/hostname"])

    def test_the_rest_is_passed_on(self):
        pod, values = self.pod(SWITCHES["scheduling"]), SWITCHES["scheduling"]
        for key in ("nodeSelector", "priorityClassName", "runtimeClassName", "schedulerName", "tolerations",
                    "topologySpreadConstraints"):
            self.assertEqual(pod[key], values[key], key)

    def test_a_rolling_upgrade_adds_a_pod_before_it_takes_one(self):
        self.assertEqual(self.deployment()["spec"]["strategy"],
                         {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}})

    def test_recreate_has_no_rolling_update(self):
        self.assertEqual(self.deployment(SWITCHES["recreate"])["spec"]["strategy"], {"type": "Recreate"})

    def test_host_port(self):
        port = container(self.pod(SWITCHES["host port"]), "proxy")["ports"][0]
        self.assertEqual((port["hostPort"], port["hostIP"]), (8080, "127.0.0.1"))


if __name__ == "__main__":
    unittest.main()
