# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# values.schema.json: strict at every level, in step with values.yaml and with the program's keys.

import json
import os
import pathlib
import subprocess
import unittest

import yaml

from charttest import CHART, SWITCHES, ChartTest, find, render

SCHEMA = json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))
DEFAULTS = yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))
# Objects of Kubernetes whose fields the API server checks: named here, so that no other stays open.
OPEN = {"properties.global", "definitions.volumes.items.properties.downwardAPI",
        "definitions.volumes.items.properties.projected", "definitions.volumes.items.properties.csi",
        "definitions.volumes.items.properties.ephemeral"} | {
    f"definitions.containers.items.properties.{name}" for name in (
        "lifecycle", "livenessProbe", "readinessProbe", "startupProbe", "ports.items",
        "resizePolicy.items", "volumeDevices.items")}
SET_BY_THE_CHART = {"socket", "database", "drain_timeout_s", "backup_keep", "proxy_status", "api_keys_file",
                    "allow_anonymous"}
NOT_IN_THE_IMAGE = {"trace_endpoint", "trace_headers_file", "trace_sample_ppm", "trace_interval_ms"}

# name: (values, words of the message)
REFUSED = {
    "misspelt at the top": ({"replicaCuont": 1}, ("replicaCuont",)),
    "misspelt below": ({"app": {"imgae": {}}}, ("'/app'", "imgae")),
    "misspelt in a resource": ({"app": {"resources": {"limit": {}}}}, ("'/app/resources'", "limit")),
    "misspelt kind of resource": ({"proxy": {"resources": {"limits": {"mem": "1Mi"}}}}, ("mem",)),
    "misspelt in a list": ({"tolerations": [{"efect": "NoSchedule"}]}, ("/tolerations/0", "efect")),
    "misspelt in a probe": ({"proxy": {"readinessProbe": {"period": 1}}}, ("period",)),
    "misspelt key of the program": ({"app": {"config": {"log_levle": "DEBUG"}}}, ("'/app/config'", "log_levle")),
    "misspelt in an affinity": ({"affinity": {"nodeAfinity": {}}}, ("nodeAfinity",)),
    "misspelt in a variable": ({"app": {"extraEnv": [{"name": "A", "vaule": "b"}]}}, ("vaule",)),
    "misspelt in a host": ({"ingress": {"hosts": [{"host": "a", "path": []}]}}, ("path",)),
    "a key that the chart sets": ({"app": {"config": {"database": "/x"}}}, ("database",)),
    "a text for a number": ({"replicaCount": "two"}, ("/replicaCount",)),
    "a value out of its range": ({"app": {"config": {"workers": 257}}}, ("/app/config/workers", "256")),
    "an unknown choice": ({"updateStrategy": {"type": "Rolling"}}, ("/updateStrategy/type",)),
    "many writers": ({"persistence": {"accessMode": "ReadWriteMany"}}, ("/persistence/accessMode",)),
    "root": ({"podSecurity": {"runAsUser": 0}}, ("/podSecurity/runAsUser", "minimum")),
    "a system user": ({"podSecurity": {"runAsUser": 1000}}, ("/podSecurity/runAsUser",)),
    "a privileged port": ({"proxy": {"port": 80}}, ("/proxy/port",)),
    "a folder of the node": ({"extraVolumes": [{"name": "a", "hostPath": {"path": "/"}}]}, ("hostPath",)),
    "a privileged container": (
        {"extraContainers": [{"name": "a", "image": "b", "securityContext": {"privileged": True}}]}, ("privileged",)),
    "no size": ({"persistence": {"size": "5 GB"}}, ("/persistence/size",)),
    "no digest": ({"app": {"image": {"digest": "sha256:abc"}}}, ("/app/image/digest",)),
    "no tag": ({"app": {"image": {"tag": "a b"}}}, ("/app/image/tag",)),
    "no schedule": ({"backup": {"schedule": "daily"}}, ("/backup/schedule",)),
    "no host": ({"ingress": {"hosts": [{"host": "a_b", "paths": [{"path": "/", "pathType": "Exact"}]}]}}, ("host",)),
    "no label": ({"commonLabels": {"a": "b c"}}, ("/commonLabels/a",)),
}


def walk(schema, place=""):
    """Each schema below, with its place."""
    yield place, schema
    for key, value in schema.items():
        if isinstance(value, dict):
            yield from walk(value, f"{place}.{key}".lstrip("."))
        elif isinstance(value, list):
            for index, one in enumerate(value):
                if isinstance(one, dict):
                    yield from walk(one, f"{place}.{key}.{index}")


class SchemaTest(ChartTest):
    def test_it_is_draft_07(self):
        self.assertEqual(SCHEMA["$schema"], "http://json-schema.org/draft-07/schema#")

    def test_every_object_is_strict(self):
        for place, schema in walk(SCHEMA):
            if schema.get("type") == "object" and place not in OPEN:
                with self.subTest(place):
                    self.assertIn("additionalProperties", schema)
                    self.assertIsNot(schema["additionalProperties"], True)

    def test_every_default_is_in_the_schema_and_every_key_of_it_has_a_default(self):
        def compare(values, schema, place):
            if "$ref" in schema:
                schema = SCHEMA["definitions"][schema["$ref"].rpartition("/")[2]]
            if isinstance(values, dict) and schema.get("properties"):
                given, known = set(values), set(schema["properties"]) - {"global"}
                self.assertLessEqual(given, known, place)
                if place in ("", ".app", ".proxy", ".backup", ".service", ".persistence", ".ingress", ".metrics",
                             ".podSecurity", ".serviceAccount", ".networkPolicy", ".app.image"):
                    self.assertEqual(known, given, place)
                for key in given:
                    compare(values[key], schema["properties"][key], f"{place}.{key}")
        compare(DEFAULTS, SCHEMA, "")

    def test_each_wrong_value_is_refused_by_name(self):
        for name, (values, words) in REFUSED.items():
            with self.subTest(name):
                self.assert_refused(values, "values don't meet the specifications of the schema", *words)

    def test_a_parent_chart_may_pass_global_values(self):
        self.deployment({"global": {"anything": True}})

    def test_every_switch_of_the_tests_is_allowed(self):
        for values in SWITCHES.values():
            self.deployment(values)


class ProgramTest(ChartTest):
    """The schema's keys of todo-app.yaml are the program's."""

    def setUp(self):
        program = os.environ.get("TODO_APP")
        if not program:
            self.skipTest("TODO_APP names no program")
        self.program = program

    def print_config(self, text=""):
        path = pathlib.Path(os.environ.get("TMPDIR", "/tmp"), f"todo-app-chart-{os.getpid()}.yaml")
        path.write_text(text, encoding="utf-8")
        self.addCleanup(path.unlink, missing_ok=True)
        return subprocess.run([self.program, "--config", str(path), "--print-config"], capture_output=True,
                              text=True, check=False, env={"PATH": os.environ["PATH"]})

    def test_the_keys_are_the_programs(self):
        keys = set(yaml.safe_load(self.print_config().stdout))
        self.assertEqual(set(SCHEMA["properties"]["app"]["properties"]["config"]["properties"]),
                         keys - SET_BY_THE_CHART - NOT_IN_THE_IMAGE)

    def test_the_program_reads_what_the_chart_writes(self):
        config = {"socket_mode": "0660", "socket_backlog": 1, "workers": 3, "queue_limit": 5, "log_level": "DEBUG",
                  "body_limit_bytes": "2MiB", "cors_origins": ["https://example.org"], "time_zone": "Europe/Berlin"}
        text = find(render({"app": {"config": config}}), "ConfigMap")["data"]["todo-app.yaml"]
        result = self.print_config(text)
        self.assertEqual(result.returncode, 0, result.stderr)
        printed = yaml.safe_load(result.stdout)
        self.assertEqual((printed["workers"], printed["queue_limit"], printed["cors_origins"]),
                         (3, 5, ["https://example.org"]))


if __name__ == "__main__":
    unittest.main()
