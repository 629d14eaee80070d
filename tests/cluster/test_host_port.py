# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Recreate with a port of the node on 127.0.0.1, in a namespace with a quota that allows it. Such a
# port excludes a second pod on the node, so an upgrade with surge cannot have one: test_release.py
# puts its load on a NodePort, by 127.0.0.1 too.

import unittest

from cluster import OTHER_TAG, ClusterTest, accepts, create, descriptions, load
from support.proxy import free_port
from support.process import wait_until


class RecreateTest(ClusterTest):
    level = "privileged"

    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.values = ("updateStrategy.type=Recreate", "proxy.hostPort.enabled=true", f"proxy.hostPort.port={cls.port}",
                      "resourceQuota.enabled=true", "limitRange.enabled=true")
        super().setUpClass()
        cls.address = ("127.0.0.1", cls.port)
        try:
            wait_until(lambda: accepts(*cls.address), "the port of the node answers", 20)
        except AssertionError as error:
            raise unittest.SkipTest("the node is not this machine") from error

    def test_an_upgrade_loses_nothing_beyond_refused_connections(self):
        create(self.address, "Before the upgrade")
        with load(self.address) as result:
            self.space.upgrade(*self.values, f"app.image.tag={OTHER_TAG}")
            self.space.wait_gone()
            wait_until(lambda: accepts(*self.address), "the port of the node answers again")
        answered = [one for one in result.sent if one.status is not None]
        self.assertEqual([one for one in answered if one.broken or one.status >= 500 and one.status != 503], [])
        refused = len(result.sent) - len(answered)
        print(f"{len(answered)} requests answered, {refused} refused while no pod ran")
        self.assertGreater(len(answered), 50)
        self.assert_kept(result.sent)
        self.assertEqual(descriptions(self.address, "Before"), ["Before the upgrade"])

    def test_the_quota_counts_and_says_so(self):
        used = self.space.get("resourcequotas")[0]["status"]["used"]
        self.assertEqual((used["pods"], used["persistentvolumeclaims"]), ("1", "1"))
        values = [part for value in (*self.values, "resourceQuota.hard.pods=0", "app.config.log_level=ERROR")
                  for part in ("--set-string" if "pods" in value else "--set", value)]
        self.assertTrue(values)
        result = self.space.script("deploy.sh", "--timeout", "20s",
                                   *(part.replace("--set-string", "--set") for part in values), check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("the quota of the namespace is used up", result.stderr)
        self.space.wait_ready()

    def test_a_taken_port_is_told(self):
        other = self.space.__class__("privileged")
        with other:
            result = other.script("deploy.sh", "--timeout", "20s", *(
                part for value in self.values for part in ("--set", value)), check=False)
            self.assertNotEqual(result.returncode, 0)
            self.assertIn("the port of the node is taken", result.stderr)


if __name__ == "__main__":
    unittest.main()
