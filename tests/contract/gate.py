# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Keys for a service under test, and the scenes of the examples that its gate answers."""

import subprocess

from support.stack import app_program, clean_environment
from world import BY_NAME, Request

RESPONSES = "/components/responses"


def new_key(path, scope):
    """The text of a new key of one scope, in the file at path."""
    return subprocess.run(
        [app_program(), "key", "new", scope, "--scopes", scope, "--api-keys-file", path],
        capture_output=True, text=True, check=True, env=clean_environment()).stdout.strip()


def _with_keys(world):
    """Makes the service ask for keys; one of scope read."""
    path = world.stack.folder / "keys"
    key = new_key(path, "read")
    world.stack.restart_app(["--api-keys-file", str(path)])
    return key


def _unauthorized(world):
    _with_keys(world)
    return "listTasks", Request()


def _forbidden(world):
    key = _with_keys(world)
    return "createTask", Request(body={"description": "x"},
                                 headers={"Authorization": f"Bearer {key}"})


def _limited(world):
    world.stack.restart_app(["--rate-limit-per-s", "1", "--rate-limit-burst", "1"])
    while world.send(BY_NAME["listTasks"], Request()).status != 429:
        pass
    return "listTasks", Request()


SCENES = {
    f"{RESPONSES}/Unauthorized/content/application~1problem+json/examples/unauthorized": _unauthorized,
    f"{RESPONSES}/Forbidden/content/application~1problem+json/examples/forbidden": _forbidden,
    f"{RESPONSES}/RateLimited/content/application~1problem+json/examples/rate-limited": _limited,
}
