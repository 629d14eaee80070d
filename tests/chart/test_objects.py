# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the rendered objects say: everything but the pod itself, which is in test_pod.py.

import base64
import json
import unittest

import yaml

from charttest import CHART, NAME, NAMESPACE, SWITCHES, VALUES_FILES, ChartTest, find, kinds, render

DEFAULT_KINDS = sorted(("ConfigMap", "Deployment", "PersistentVolumeClaim", "Pod", "Role", "RoleBinding",
                        "Service", "ServiceAccount"))
LABELS = {"app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version",
          "app.kubernetes.io/component", "app.kubernetes.io/managed-by", "app.kubernetes.io/part-of",
          "helm.sh/chart"}


class ObjectsTest(ChartTest):
    def test_the_defaults_make_these_objects_and_no_others(self):
        self.assertEqual(kinds(render()), DEFAULT_KINDS)

    def test_each_switch_adds_its_objects(self):
        for switch, more in (("backup", ["CronJob", "Job", "PersistentVolumeClaim"]),
                             ("ingress", ["Ingress"]), ("secret", ["Secret"]),
                             ("two pods", ["PodDisruptionBudget"]),
                             ("quota", ["LimitRange", "ResourceQuota"]),
                             ("observability", ["ConfigMap", "PrometheusRule", "ServiceMonitor"]),
                             ("network policy", ["CronJob", "NetworkPolicy", "NetworkPolicy",
                                                 "PersistentVolumeClaim"])):
            with self.subTest(switch):
                self.assertEqual(kinds(render(SWITCHES[switch])), sorted(DEFAULT_KINDS + more))

    def test_each_switch_removes_its_objects(self):
        for switch, less in (("no account", {"Role", "RoleBinding", "ServiceAccount"}),
                             ("no volume", {"PersistentVolumeClaim"}),
                             ("existing claim", {"PersistentVolumeClaim"})):
            with self.subTest(switch):
                self.assertEqual(kinds(render(SWITCHES[switch])),
                                 [kind for kind in DEFAULT_KINDS if kind not in less])

    def test_every_object_has_the_labels_and_no_namespace(self):
        for switch, values in SWITCHES.items():
            for item in render(values):
                with self.subTest(f"{switch}: {item['kind']}"):
                    metadata = item["metadata"]
                    self.assertLessEqual(LABELS, set(metadata["labels"]))
                    self.assertEqual(metadata["labels"]["app.kubernetes.io/name"], "todo-app")
                    self.assertNotIn("namespace", metadata)

    def test_common_labels_and_annotations_are_on_everything(self):
        for item in render(SWITCHES["names"] | {"backup": {"enabled": True}}):
            with self.subTest(item["kind"]):
                self.assertEqual(item["metadata"]["labels"]["team"], "a")
                self.assertEqual(item["metadata"]["annotations"]["example.org/owner"], "a")

    def test_names_stay_short_enough_for_their_suffixes(self):
        objects = render({"backup": {"enabled": True}}, release="a" * 53)
        for item in objects:
            self.assertLessEqual(len(item["metadata"]["name"]), 52 if item["kind"] == "CronJob" else 63)

    def test_every_values_file_renders(self):
        self.assertEqual([file.name for file in VALUES_FILES],
                         [f"values-{name}.yaml" for name in ("dev", "minikube", "prod", "staging")])
        for file in VALUES_FILES:
            with self.subTest(file.name):
                find(render(files=[file]), "Deployment")

    def test_render_is_the_same_each_time(self):
        one, two = (render(SWITCHES["secret"], extra=("--set", f"podLabels.n={n}")) for n in "aa")
        self.assertEqual(one, two)


class ConfigTest(ChartTest):
    def config(self, values=None):
        return yaml.safe_load(find(render(values), "ConfigMap")["data"]["todo-app.yaml"])

    def test_the_chart_sets_paths_and_drain_time(self):
        self.assertEqual(self.config(), {"socket": "/run/todo-app/todo-app.sock",
                                         "database": "/var/lib/todo-app/todo.db", "drain_timeout_s": 10,
                                         "proxy_status": "/run/todo-app/proxy-status.sock",
                                         "allow_anonymous": "yes"})

    def test_keys_take_the_place_of_anybody(self):
        config = self.config(SWITCHES["keys with a test"])
        self.assertEqual(config["api_keys_file"], "/etc/todo-app/api-keys/file")
        self.assertNotIn("allow_anonymous", config)

    def test_keys_of_the_user_are_added(self):
        config = self.config(SWITCHES["extras"])
        self.assertEqual(config["log_level"], "DEBUG")
        self.assertEqual(config["cors_origins"], ["https://example.org"])

    def test_only_a_changed_configuration_changes_its_checksum(self):
        def checksum(values):
            return self.deployment(values)["spec"]["template"]["metadata"]["annotations"]["checksum/config"]
        self.assertNotEqual(checksum({}), checksum({"app": {"config": {"workers": 8}}}))
        self.assertEqual(checksum({}), checksum(SWITCHES["images"]))

    def test_a_changed_secret_changes_its_checksum(self):
        def checksum(content):
            template = self.deployment({"secretFiles": {"key": content}})["spec"]["template"]
            return template["metadata"]["annotations"]["checksum/secret"]
        self.assertNotEqual(checksum("one"), checksum("two"))

    def test_secret_files_are_encoded(self):
        secret = find(render(SWITCHES["secret"]), "Secret")
        self.assertEqual({name: base64.b64decode(text) for name, text in secret["data"].items()}, {"key": b"one"})


class ClaimTest(ChartTest):
    def claim(self, **persistence):
        return find(render({"persistence": persistence}), "PersistentVolumeClaim")

    def test_defaults(self):
        claim = self.claim()
        self.assertEqual(claim["metadata"]["name"], f"{NAME}-data")
        self.assertEqual(claim["spec"], {"accessModes": ["ReadWriteOnce"],
                                         "resources": {"requests": {"storage": "5Gi"}}})

    def test_the_claim_is_kept_by_default_and_deleted_when_so_asked(self):
        self.assertEqual(self.claim()["metadata"]["annotations"], {"helm.sh/resource-policy": "keep"})
        self.assertNotIn("annotations", self.claim(keep=False)["metadata"])

    def test_storage_class(self):
        self.assertEqual(self.claim(storageClass="fast")["spec"]["storageClassName"], "fast")
        self.assertEqual(self.claim(storageClass="-")["spec"]["storageClassName"], "")

    def test_volume_and_selector(self):
        spec = self.claim(volumeName="v", selector={"matchLabels": {"a": "b"}})["spec"]
        self.assertEqual((spec["volumeName"], spec["selector"]), ("v", {"matchLabels": {"a": "b"}}))


class ServiceTest(ChartTest):
    def test_service_leads_to_lighttpd(self):
        service = find(render(), "Service")
        template = self.deployment()["spec"]["template"]
        self.assertEqual(service["spec"]["type"], "ClusterIP")
        self.assertEqual(service["spec"]["ports"], [{"name": "http", "port": 8080, "targetPort": "http",
                                                     "protocol": "TCP", "appProtocol": "http"}])
        self.assertLessEqual(service["spec"]["selector"].items(), template["metadata"]["labels"].items())

    def test_the_selector_takes_no_pod_of_a_job_or_test(self):
        selector = find(render(), "Service")["spec"]["selector"].items()
        objects = render(SWITCHES["backup"])
        job = find(objects, "CronJob")["spec"]["jobTemplate"]["spec"]["template"]
        for labels in (find(objects, "Pod")["metadata"]["labels"], job["metadata"]["labels"]):
            self.assertFalse(selector <= labels.items())

    def test_types(self):
        self.assertEqual(find(render(SWITCHES["node port"]), "Service")["spec"]["ports"][0]["nodePort"], 30080)
        spec = find(render(SWITCHES["load balancer"]), "Service")["spec"]
        self.assertEqual((spec["type"], spec["loadBalancerClass"], spec["loadBalancerSourceRanges"]),
                         ("LoadBalancer", "example.org/lb", ["192.0.2.0/24"]))

    def test_ingress(self):
        spec = find(render(SWITCHES["ingress"]), "Ingress")["spec"]
        self.assertEqual(spec["ingressClassName"], "nginx")
        self.assertEqual(spec["tls"], [{"secretName": "tls", "hosts": ["todo-app.local"]}])
        path = spec["rules"][0]["http"]["paths"][0]
        self.assertEqual((spec["rules"][0]["host"], path["path"], path["pathType"], path["backend"]),
                         ("todo-app.local", "/", "Prefix",
                          {"service": {"name": NAME, "port": {"name": "http"}}}))

    def test_network_policy_lets_in_only_who_is_named_and_nobody_out(self):
        objects = render(SWITCHES["network policy"])
        spec = find(objects, "NetworkPolicy", NAME)["spec"]
        self.assertEqual(spec["policyTypes"], ["Ingress", "Egress"])
        self.assertEqual(spec["ingress"][0]["ports"], [{"port": "http", "protocol": "TCP"}])
        self.assertEqual(len(spec["ingress"][0]["from"]), 2, "the web's namespace and the test pod")
        self.assertLessEqual(spec["ingress"][0]["from"][1]["podSelector"]["matchLabels"].items(),
                             find(objects, "Pod")["metadata"]["labels"].items())
        self.assertEqual(len(spec["egress"]), 1)
        self.assertEqual(find(render({"networkPolicy": {"enabled": True}}), "NetworkPolicy")["spec"]["egress"], [])
        backup = find(objects, "NetworkPolicy", f"{NAME}-backup")["spec"]
        self.assertEqual((backup["ingress"], backup["egress"]), ([], []))


class AccountTest(ChartTest):
    def test_no_permissions_and_no_token(self):
        objects = render()
        self.assertEqual(find(objects, "Role")["rules"], [])
        self.assertIs(find(objects, "ServiceAccount")["automountServiceAccountToken"], False)
        self.assertEqual(find(objects, "RoleBinding")["subjects"],
                         [{"kind": "ServiceAccount", "name": NAME, "namespace": NAMESPACE}])

    def test_an_existing_account_is_used(self):
        pod = self.pod({"serviceAccount": {"create": False, "name": "mine"}})
        self.assertEqual(pod["serviceAccountName"], "mine")


class BackupTest(ChartTest):
    def test_the_job_writes_a_file_of_its_own_into_the_other_claim(self):
        cron = find(render(SWITCHES["backup"]), "CronJob")["spec"]
        self.assertEqual((cron["schedule"], cron["timeZone"], cron["concurrencyPolicy"]),
                         ("17 2 * * *", "Europe/Berlin", "Forbid"))
        spec = cron["jobTemplate"]["spec"]["template"]["spec"]
        claims = {volume["name"]: volume["persistentVolumeClaim"]["claimName"]
                  for volume in spec["volumes"] if "persistentVolumeClaim" in volume}
        self.assertEqual(claims, {"data": f"{NAME}-data", "backup": f"{NAME}-backup"})
        self.assertEqual(spec["containers"][0]["args"][0], "backup")
        self.assertIn("/var/backups/todo-app/$(JOB_NAME).db", spec["containers"][0]["args"])
        self.assertIn({"name": "TODO_BACKUP_KEEP", "value": "14"}, spec["containers"][0]["env"])

    def test_the_job_runs_on_the_node_of_the_volume(self):
        spec = find(render(SWITCHES["backup"]), "CronJob")["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        term = spec["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"][0]
        labels = self.deployment()["spec"]["template"]["metadata"]["labels"]
        self.assertLessEqual(term["labelSelector"]["matchLabels"].items(), labels.items())

    def test_a_time_zone_needs_its_version(self):
        self.assertNotIn("timeZone", find(render(SWITCHES["backup"], version="1.26.0"), "CronJob")["spec"])

    def test_a_copy_before_each_upgrade(self):
        job = find(render(SWITCHES["backup"]), "Job")
        self.assertEqual(job["metadata"]["annotations"]["helm.sh/hook"], "pre-upgrade")


class ObservabilityTest(ChartTest):
    def test_monitor_scrapes_metrics_of_the_service(self):
        objects = render(SWITCHES["observability"])
        spec = find(objects, "ServiceMonitor")["spec"]
        self.assertEqual((spec["endpoints"][0]["port"], spec["endpoints"][0]["path"]), ("http", "/metrics"))
        self.assertLessEqual(spec["selector"]["matchLabels"].items(),
                             find(objects, "Service")["metadata"]["labels"].items())

    def rules(self):
        """The groups of all files of rules."""
        return [group for path in sorted((CHART / "files/rules").glob("*.yaml"))
                for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]]

    def test_rules_and_dashboard_are_those_of_the_files(self):
        objects = render(SWITCHES["observability"])
        self.assertEqual(find(objects, "PrometheusRule")["spec"], {"groups": self.rules()})
        config = find(objects, "ConfigMap", f"{NAME}-dashboard")
        self.assertEqual(json.loads(config["data"]["todo-app.json"]),
                         json.loads((CHART / "files/dashboard.json").read_text(encoding="utf-8")))
        self.assertEqual(config["metadata"]["labels"]["grafana_dashboard"], "1")

    def test_links_to_runbooks_have_the_base(self):
        base = "https://example.org/todo-app/"
        objects = render({"metrics": {"prometheusRule": {"enabled": True, "runbookBase": base}}})
        groups = find(objects, "PrometheusRule")["spec"]["groups"]
        links = [rule["annotations"]["runbook_url"] for group in groups for rule in group["rules"]
                 if "alert" in rule]
        self.assertEqual(links, [f"{base}docs/runbooks/{rule['alert']}.md" for group in self.rules()
                                 for rule in group["rules"] if "alert" in rule])


if __name__ == "__main__":
    unittest.main()
