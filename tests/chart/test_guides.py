# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The commands of the guides, as far as they can be checked without a cluster: the scripts and files that they
# name exist, the scripts and helm know the options, the chart knows the values.

import functools
import re
import subprocess
import unittest

import yaml

from charttest import CHART, HELM, ROOT, ChartTest, render

GUIDES = ("docs/deployment.md", "docs/upgrade.md", "helm/todo-app-chart/README.md")
NOT_HERE = {"mine.yaml", "todo.db", "todo-before.db"}  # What the reader has or makes.
OPTION = re.compile(r"(?<=\s)--[a-z][a-z-]*")


def commands():
    """(guide, command) of each command in a block of shell."""
    for guide in GUIDES:
        text = (ROOT / guide).read_text(encoding="utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            for line in block.replace("\\\n", " ").splitlines():
                if line.strip():
                    yield guide, line.partition("  #")[0].strip()


@functools.cache
def known_options(*program):
    result = subprocess.run([*program, "--help"], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(OPTION.findall(result.stdout))


class GuideTest(ChartTest):
    def assert_options_known(self, beginning, program):
        """program: of a command, what to ask for its options."""
        found = [one for one in commands() if one[1].startswith(beginning)]
        self.assertTrue(found)
        for guide, command in found:
            with self.subTest(f"{guide}: {command}"):
                own = re.sub(r"\$\(.*?\)", "", command)  # Not those of a command within.
                self.assertLessEqual(set(OPTION.findall(own)), known_options(*program(command)))

    def test_scripts_exist_and_know_their_options(self):
        self.assert_options_known("scripts/", lambda command: [str(ROOT / command.split()[0])])

    def test_helm_knows_its_commands_and_options(self):
        self.assert_options_known("helm ", lambda command: [HELM, command.split()[1]])

    def test_files_exist(self):
        for _, command in commands():
            for word in command.split():
                if re.fullmatch(r"[A-Za-z0-9./-]+\.(yaml|sh|db)|k8s|helm/\S+", word) and word not in NOT_HERE:
                    self.assertTrue((ROOT / word).exists(), command)

    def test_the_chart_knows_the_values_of_the_commands_and_examples(self):
        for _, command in commands():
            values = re.findall(r"--set (\S+)", command)
            if values:
                render(extra=tuple(part for value in values for part in ("--set", value)))
        text = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
        for block in re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            render(yaml.safe_load(block), files=[CHART / "values-prod.yaml"])


if __name__ == "__main__":
    unittest.main()
