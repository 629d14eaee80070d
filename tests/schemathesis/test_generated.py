# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Requests that schemathesis generates from the document, in all its phases and with all its checks,
against the running service: with a fixed seed, and with a random one that is printed."""

import os
import pathlib
import random
import subprocess
import sys
import unittest

from support.process import ROOT
from support.stack import Stack

HERE = ROOT / "tests/schemathesis"
FIXED_SEED = 20260102
SECONDS = int(os.environ.get("SCHEMATHESIS_SECONDS", "100"))
EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "12")


class Generated(unittest.TestCase):
    def assert_nothing_found(self, seed):
        print(f"schemathesis: seed {seed}", file=sys.stderr, flush=True)
        program = pathlib.Path(sys.executable).parent / "schemathesis"
        with Stack() as stack:
            ran = subprocess.run(
                [program, "--config-file", HERE / "schemathesis.toml", "run", "--no-color",
                 "--phases", "examples,coverage,fuzzing,stateful",
                 "--seed", str(seed), "--max-examples", EXAMPLES, "--max-time", str(SECONDS),
                 "--continue-on-failure", "--generation-database", "none",
                 stack.url + "/openapi.json"],
                env=os.environ | {"SCHEMATHESIS_HOOKS": str(HERE / "hooks.py")},
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        log = ROOT / f"build-schemathesis/seed-{seed}.log"
        log.parent.mkdir(exist_ok=True)
        log.write_bytes(ran.stdout)
        text = ran.stdout.decode("utf-8", "replace")
        self.assertEqual(ran.returncode, 0, text[-12000:])
        for phase in ("Examples", "Coverage", "Fuzzing", "Stateful"):
            self.assertRegex(text, f"✅  {phase}", f"the phase {phase} did not run")

    def test_with_a_fixed_seed(self):
        self.assert_nothing_found(FIXED_SEED)

    def test_with_a_random_seed(self):
        self.assert_nothing_found(int(os.environ.get("SCHEMATHESIS_SEED", random.randrange(2**32))))


if __name__ == "__main__":
    unittest.main()
