# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Rendering the chart, and finding things in what it renders to. Objects are parsed, never searched
as text."""

import functools
import json
import os
import pathlib
import subprocess
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHART = ROOT / "helm/todo-app-chart"
HELM = os.environ.get("HELM") or str(ROOT / "build-tools/helm")
RELEASE, NAMESPACE, NAME = "todo-app", "tasks", "todo-app"
VALUES_FILES = sorted(CHART.glob("values-*.yaml"))
NEWEST, OLDEST = "1.37.0", "1.25.0"

ANONYMOUS = {"allowAnonymous": True}

# Every switch that adds or removes an object or changes the pod, each against the defaults.
SWITCHES = {
    "defaults": {},
    "plain containers": {"nativeSidecar": "never"},
    "recreate": {"updateStrategy": {"type": "Recreate"}},
    "host port": {"updateStrategy": {"type": "Recreate"}, "proxy": {"hostPort": {"enabled": True}}},
    "no volume": {"persistence": {"enabled": False}},
    "existing claim": {"persistence": {"existingClaim": "mine"}},
    "no class": {"persistence": {"storageClass": "-"}},
    "two pods": {"replicaCount": 2, "podDisruptionBudget": {"enabled": True}},
    "secret": {"secretFiles": {"key": "one"}},
    "existing secret": {"existingSecret": "mine"},
    "keys": {"auth": {"existingSecret": "keys"}, "backup": {"enabled": True}},
    "keys with a test": {"auth": {"existingSecret": "keys", "secretKey": "file", "testKey": "one"}},
    "backup": {"backup": {"enabled": True, "beforeUpgrade": True, "timeZone": "Europe/Berlin"}},
    "ingress": {"auth": ANONYMOUS,
                "ingress": {"enabled": True, "className": "nginx",
                            "tls": [{"secretName": "tls", "hosts": ["todo-app.local"]}]}},
    "node port": {"auth": ANONYMOUS,
                  "service": {"type": "NodePort", "nodePort": 30080, "externalTrafficPolicy": "Local"}},
    "load balancer": {"auth": ANONYMOUS,
                      "service": {"type": "LoadBalancer", "loadBalancerClass": "example.org/lb",
                                  "loadBalancerSourceRanges": ["192.0.2.0/24"],
                                  "ipFamilyPolicy": "PreferDualStack"}},
    "network policy": {"networkPolicy": {
        "enabled": True, "ingressFrom": [{"namespaceSelector": {"matchLabels": {"name": "web"}}}],
        "extraEgress": [{"to": [{"ipBlock": {"cidr": "192.0.2.0/24"}}], "ports": [{"port": 4318}]}]},
        "backup": {"enabled": True}},
    "quota": {"resourceQuota": {"enabled": True}, "limitRange": {"enabled": True}},
    "observability": {"metrics": {name: {"enabled": True}
                                  for name in ("serviceMonitor", "prometheusRule", "dashboard")}},
    "no account": {"serviceAccount": {"create": False}, "rbac": {"create": False}},
    "names": {"fullnameOverride": "tasks", "commonLabels": {"team": "a"},
              "commonAnnotations": {"example.org/owner": "a"}, "imagePullSecrets": [{"name": "registry"}]},
    "images": {"app": {"image": {"repository": "registry.example.org/todo-app", "tag": "v4.0.1",
                                 "pullPolicy": "Always"}},
               "proxy": {"image": {"digest": "sha256:" + 64 * "a"}}},
    "scheduling": {
        "nodeSelector": {"disk": "ssd"}, "priorityClassName": "high", "runtimeClassName": "gvisor",
        "schedulerName": "other", "tolerations": [{"key": "a", "operator": "Exists"}],
        "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [{"matchExpressions": [{"key": "a", "operator": "Exists"}]}]}}},
        "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "zone",
                                       "whenUnsatisfiable": "ScheduleAnyway"}]},
    "extras": {
        "extraVolumes": [{"name": "more", "emptyDir": {}}],
        "extraContainers": [{"name": "beside", "image": "example.org/beside:1"}],
        "extraInitContainers": [{"name": "before", "image": "example.org/before:1"}],
        "podLabels": {"a": "b"}, "podAnnotations": {"example.org/c": "d"},
        "app": {"extraEnv": [{"name": "A", "value": "b"}],
                "extraEnvFrom": [{"secretRef": {"name": "s"}}],
                "extraVolumeMounts": [{"name": "more", "mountPath": "/more"}],
                "config": {"log_level": "DEBUG", "cors_origins": ["https://example.org"]}},
        "proxy": {"extraEnv": [{"name": "B", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}],
                  "extraEnvFrom": [{"configMapRef": {"name": "c"}}],
                  "extraVolumeMounts": [{"name": "more", "mountPath": "/more"}]}},
}


class RenderError(Exception):
    """What helm said when it refused."""


@functools.lru_cache(maxsize=None)
def _render(values, files, version, release, extra):
    command = [HELM, "template", release, str(CHART), "--namespace", NAMESPACE,
               "--kube-version", version, *extra]
    for file in files:
        command += ["--values", str(file)]
    result = subprocess.run(command + ["--values", "-"], input=values, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise RenderError(result.stderr)
    return result.stdout


def render(values=None, files=(), version=NEWEST, release=RELEASE, extra=()):
    """The objects of the release, test pods and hooks included."""
    text = _render(json.dumps(values or {}), tuple(files), version, release, tuple(extra))
    return [item for item in yaml.safe_load_all(text) if item is not None]


def find(objects, kind, name=None):
    """The one object of that kind (and name)."""
    found = [item for item in objects if item["kind"] == kind and name in (None, item["metadata"]["name"])]
    assert len(found) == 1, f"{len(found)} objects {kind} {name or ''}"
    return found[0]


def kinds(objects):
    return sorted(item["kind"] for item in objects)


def pod_spec(item):
    """The spec of the pods that an object makes, or None."""
    spec = item.get("spec") or {}
    if item["kind"] == "Pod":
        return spec
    if item["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    return spec["template"]["spec"] if "template" in spec else None


def pods(objects):
    return [(f"{item['kind']} {item['metadata']['name']}", pod_spec(item))
            for item in objects if pod_spec(item)]


def containers(spec):
    return spec.get("initContainers", []) + spec["containers"]


def container(spec, name):
    found = [one for one in containers(spec) if one["name"] == name]
    assert len(found) == 1, f"{len(found)} containers {name}"
    return found[0]


class ChartTest(unittest.TestCase):
    maxDiff = 4000

    def deployment(self, values=None, **rest):
        return find(render(values, **rest), "Deployment")

    def pod(self, values=None, **rest):
        return self.deployment(values, **rest)["spec"]["template"]["spec"]

    def assert_refused(self, values, *words, **rest):
        """The render ends, and its message has each of the words."""
        with self.assertRaises(RenderError) as caught:
            render(values, **rest)
        for word in words:
            self.assertIn(word, str(caught.exception))
