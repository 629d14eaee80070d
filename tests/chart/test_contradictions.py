# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Values that contradict each other end the render, and the message names the values.

import unittest

from charttest import ChartTest, render

RECREATE = {"type": "Recreate"}

# name: (values, words of the message)
CASES = {
    "grace period too short": (
        {"terminationGracePeriodSeconds": 30}, ("terminationGracePeriodSeconds is 30", "need 50")),
    "grace period shorter than a longer drain": (
        {"terminationGracePeriodSeconds": 60, "proxy": {"drainSeconds": 60}}, ("is 60", "need 80")),
    "replicas without a volume": (
        {"replicaCount": 2, "persistence": {"enabled": False}}, ("replicaCount is 2", "persistence.enabled")),
    "backup without a volume": (
        {"backup": {"enabled": True}, "persistence": {"enabled": False}}, ("backup.enabled",)),
    "existing claim without a volume": (
        {"persistence": {"enabled": False, "existingClaim": "a"}}, ("persistence.existingClaim",)),
    "copy before upgrades without backup": ({"backup": {"beforeUpgrade": True}}, ("backup.beforeUpgrade",)),
    "two secrets": ({"existingSecret": "a", "secretFiles": {"b": "c"}}, ("existingSecret", "secretFiles")),
    "no pod can be replaced": (
        {"updateStrategy": {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}}}, ("maxSurge", "maxUnavailable")),
    "no pod can be replaced, in percent": (
        {"updateStrategy": {"rollingUpdate": {"maxSurge": "0%", "maxUnavailable": "0%"}}}, ("maxSurge",)),
    "surge over nodes": ({"sameNode": False}, ("sameNode", "updateStrategy.type: Recreate")),
    "replicas over nodes": (
        {"sameNode": False, "replicaCount": 2, "updateStrategy": RECREATE}, ("sameNode", "replicaCount")),
    "surge on a volume of one pod": (
        {"persistence": {"accessMode": "ReadWriteOncePod"}}, ("persistence.accessMode", "maxSurge")),
    "backup of a volume of one pod": (
        {"persistence": {"accessMode": "ReadWriteOncePod"}, "updateStrategy": RECREATE,
         "backup": {"enabled": True}}, ("backup.enabled", "accessMode")),
    "surge on a port of the node": ({"proxy": {"hostPort": {"enabled": True}}}, ("proxy.hostPort", "Recreate")),
    "budget of one pod": ({"podDisruptionBudget": {"enabled": True}}, ("podDisruptionBudget", "replicaCount 2")),
    "autoscaling of SQLite": ({"autoscaling": {"enabled": True}}, ("autoscaling.enabled", "SQLite")),
    "node port of a cluster address": ({"service": {"nodePort": 30000}}, ("service.nodePort", "NodePort")),
    "traffic policy of a cluster address": (
        {"service": {"externalTrafficPolicy": "Local"}}, ("service.externalTrafficPolicy",)),
    "ingress without keys": ({"ingress": {"enabled": True}}, ("ingress.enabled", "auth.existingSecret")),
    "node port without keys": ({"service": {"type": "NodePort"}}, ("service.type NodePort", "auth.allowAnonymous")),
    "load balancer without keys": ({"service": {"type": "LoadBalancer"}}, ("service.type LoadBalancer",)),
    "public host port without keys": (
        {"updateStrategy": RECREATE, "proxy": {"hostPort": {"enabled": True, "hostIP": "0.0.0.0"}}},
        ("proxy.hostPort", "auth.existingSecret")),
    "keys and nobody's": (
        {"auth": {"existingSecret": "a", "allowAnonymous": True}}, ("auth.existingSecret", "auth.allowAnonymous")),
    "test key of no secret": ({"auth": {"testKey": "a"}}, ("auth.testKey", "auth.existingSecret")),
    "load balancer class without one": ({"service": {"loadBalancerClass": "a"}}, ("LoadBalancer",)),
    "ingress without hosts": ({"ingress": {"enabled": True, "hosts": []}}, ("ingress.hosts",)),
    "certificate of another host": (
        {"ingress": {"enabled": True, "tls": [{"hosts": ["other"], "secretName": "a"}]}}, ("ingress.tls", "other")),
    "bodies that lighttpd refuses": (
        {"app": {"config": {"body_limit_bytes": "4MiB"}}}, ("proxy.maxBodyKib is 2048", "4194304 bytes")),
}


class ContradictionTest(ChartTest):
    def test_each_ends_the_render_and_is_named(self):
        for name, (values, words) in CASES.items():
            with self.subTest(name):
                self.assert_refused(values, *words)

    def test_native_sidecars_need_their_version(self):
        self.assert_refused({"nativeSidecar": "always"}, "nativeSidecar", "1.28.0", "1.29", version="1.28.0")

    def test_what_is_near_a_contradiction_renders(self):
        for values in ({"terminationGracePeriodSeconds": 50},
                       {"persistence": {"accessMode": "ReadWriteOncePod"}, "updateStrategy": RECREATE},
                       {"sameNode": False, "updateStrategy": RECREATE},
                       {"sameNode": False, "updateStrategy": {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}},
                       {"auth": {"existingSecret": "a"}, "ingress": {"enabled": True}},
                       {"auth": {"allowAnonymous": True}, "service": {"type": "NodePort"}},
                       {"updateStrategy": RECREATE, "proxy": {"hostPort": {"enabled": True}}},
                       {"app": {"config": {"body_limit_bytes": "2MiB"}}},
                       {"app": {"config": {"body_limit_bytes": 2097152}}},
                       {"ingress": {"enabled": False, "hosts": []}}):
            with self.subTest(str(values)):
                render(values)


if __name__ == "__main__":
    unittest.main()
