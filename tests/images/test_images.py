# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""What is in the images, and what is not; that a second build gives the same."""

import hashlib
import json
import os
import pathlib
import re
import struct
import subprocess
import tempfile
import unittest

from images.containers import (APP, APP_UID, GID, PREFIX, PROXY, PROXY_UID, TAG, archive, build_command, built,
                               inspect, podman, run)
from support.process import ROOT

MEGABYTE = 1000 * 1000
SIZES = {APP: 10 * MEGABYTE, PROXY: 20 * MEGABYTE}
SHELLS = {"sh", "bash", "dash", "ash", "busybox", "zsh", "ksh", "env", "perl", "python3"}
PACKAGE_MANAGERS = {"apt", "apt-get", "dpkg", "apk", "rpm", "dnf", "pip", "pip3"}
ELF_INTERPRETER = 3  # PT_INTERP


def interpreter_wanted(program):
    """Whether a 64-bit ELF file asks for a loader."""
    offset, = struct.unpack_from("<Q", program, 32)
    size, count = struct.unpack_from("<HH", program, 54)
    kinds = [struct.unpack_from("<I", program, offset + i * size)[0] for i in range(count)]
    return ELF_INTERPRETER in kinds


class Image:
    """Metadata and final files of an image."""

    def __init__(self, name):
        self.name = name
        self.facts = inspect(name)
        self.members, self.contents = {}, {}
        with archive(name) as layers:
            for layer in layers:
                for member in layer.getmembers():
                    path = member.name.rstrip("/")
                    self.members[path] = member
                    if member.isfile():
                        self.contents[path] = layer.extractfile(member).read()

    def executables(self):
        return [path for path, member in self.members.items() if member.isfile() and member.mode & 0o111]


class ImageCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        built()
        cls.images = [Image(APP), Image(PROXY)]
        cls.app, cls.proxy = cls.images


class Content(ImageCase):
    def test_size(self):
        for image in self.images:
            self.assertLess(image.facts["Size"], SIZES[image.name])

    def test_no_setuid_or_setgid_file(self):
        for image in self.images:
            self.assertEqual([path for path, member in image.members.items() if member.mode & 0o6000], [])

    def test_no_file_but_tmp_is_writable_for_all(self):
        for image in self.images:
            writable = [path for path, member in image.members.items()
                        if member.mode & 0o002 and not member.issym()]
            self.assertEqual(writable, ["tmp"] if image is self.proxy else [])

    def test_only_the_data_and_the_socket_belong_to_the_user(self):
        owned = {path for path, member in self.app.members.items() if (member.uid, member.gid) != (0, 0)}
        self.assertEqual(owned, {"run/todo-app", "var/lib/todo-app"})
        for path in owned:
            member = self.app.members[path]
            self.assertEqual((member.uid, member.gid, member.mode & 0o007), (APP_UID, GID, 0))

    def test_no_shell_and_no_package_manager(self):
        for image in self.images:
            names = {pathlib.PurePath(path).name for path in image.members}
            self.assertEqual(names & (SHELLS | PACKAGE_MANAGERS), set())

    def test_the_program_is_the_only_one_and_static(self):
        self.assertEqual(self.app.executables(), ["usr/bin/todo-app"])
        self.assertFalse(interpreter_wanted(self.app.contents["usr/bin/todo-app"]))
        self.assertTrue(interpreter_wanted(self.proxy.contents["usr/sbin/lighttpd"]))

    def test_proxy_has_only_the_modules_that_are_used(self):
        text = (ROOT / "proxy/lighttpd.conf").read_text(encoding="utf-8")
        wanted = set(re.findall(r'"(mod_\w+)"', re.search(r"server\.modules = \((.*?)\)", text,
                                                          re.DOTALL).group(1))) | {"mod_h2"}
        found = {pathlib.PurePath(path).stem for path in self.proxy.members
                 if pathlib.PurePath(path).name.startswith("mod_")}
        self.assertLessEqual(found, wanted)
        self.assertIn("mod_deflate", found)

    def test_proxy_has_the_site_and_the_contract(self):
        for folder in ("site", "errors"):
            for path in (ROOT / "proxy" / folder).rglob("*"):
                if path.is_file():
                    inside = f"usr/share/todo-app/{path.relative_to(ROOT)}"
                    self.assertEqual(self.proxy.contents.get(inside), path.read_bytes(), inside)
        for path in (ROOT / "images/swagger-ui").glob("*"):  # Where npm could fetch it.
            inside = f"usr/share/todo-app/proxy/site/docs/swagger-ui/{path.name}"
            self.assertEqual(self.proxy.contents.get(inside), path.read_bytes(), inside)
        self.assertEqual(self.proxy.contents["usr/share/todo-app/openapi.yaml"],
                         (ROOT / "docs/openapi.yaml").read_bytes())

    def test_licences_of_what_is_inside(self):
        for package in ("todo-app", "libc6-dev", "libfcgi-dev", "libjansson-dev", "libseccomp-dev",
                        "libsqlite3-dev", "libyaml-dev", "tzdata"):
            self.assertIn(f"usr/share/doc/{package}/copyright", self.app.contents)
        self.assertIn("usr/share/doc/lighttpd/copyright", self.proxy.contents)


class Metadata(ImageCase):
    def config(self, image):
        return image.facts["Config"]

    def test_user_is_a_number_above_1000(self):
        self.assertEqual(self.config(self.app)["User"], f"{APP_UID}:{GID}")
        self.assertEqual(self.config(self.proxy)["User"], f"{PROXY_UID}:{GID}")

    def test_health_check_is_the_program_itself(self):
        self.assertEqual(self.app.facts["Healthcheck"]["Test"],
                         ["CMD", "/usr/bin/todo-app", "--healthcheck"])

    def test_stop_signals(self):
        """lighttpd drains on SIGINT and cuts on SIGTERM."""
        self.assertEqual(self.config(self.app).get("StopSignal"), "SIGTERM")
        self.assertEqual(self.config(self.proxy).get("StopSignal"), "SIGINT")

    def test_labels(self):
        revision = run("git", "rev-parse", "--short=12", "HEAD").stdout.strip() or "unknown"
        for image in self.images:
            labels = {key.removeprefix("org.opencontainers.image."): value
                      for key, value in self.config(image)["Labels"].items()}
            self.assertEqual((labels["title"], labels["version"], labels["licenses"]),
                             (image.name, TAG, "MIT"))
            self.assertTrue(labels["revision"].startswith(revision))
            self.assertTrue(labels["source"])
            self.assertTrue(labels["description"])

    def test_environment_is_the_path_alone(self):
        for image in self.images:
            self.assertEqual([entry.split("=")[0] for entry in self.config(image)["Env"]], ["PATH"])

    def test_first_stage_is_the_same_in_both(self):
        stages = [re.search(r"^ARG BASE.*?(?=^FROM build)", (ROOT / "images" / folder / "Containerfile")
                            .read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE).group()
                  for folder in ("app", "proxy")]
        self.assertEqual(stages[0], stages[1])

    def test_docker_ignores_the_same_files(self):
        self.assertEqual(os.readlink(ROOT / ".dockerignore"), ".containerignore")


class BillOfMaterials(ImageCase):
    def bill(self, image):
        return json.loads((built() / f"{image.name}.spdx.json").read_text(encoding="utf-8"))

    def test_is_spdx(self):
        for image in self.images:
            bill = self.bill(image)
            self.assertEqual((bill["spdxVersion"], bill["dataLicense"], bill["SPDXID"]),
                             ("SPDX-2.3", "CC0-1.0", "SPDXRef-DOCUMENT"))
            self.assertRegex(bill["creationInfo"]["created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
            identifiers = [part["SPDXID"] for kind in ("packages", "files") for part in bill[kind]]
            self.assertEqual(len(identifiers), len(set(identifiers)))
            ends = {link["relatedSpdxElement"] for link in bill["relationships"]}
            self.assertEqual(ends, set(identifiers))

    def test_lists_each_file_with_its_digest(self):
        for image in self.images:
            listed = {file["fileName"].removeprefix("./"):
                      {sum_["algorithm"]: sum_["checksumValue"] for sum_ in file["checksums"]}
                      for file in self.bill(image)["files"]}
            regular = {path: {"SHA1": hashlib.sha1(content).hexdigest(),
                              "SHA256": hashlib.sha256(content).hexdigest()}
                       for path, content in image.contents.items()}
            links = {path for path, member in image.members.items() if member.islnk()}
            self.assertEqual({path: sums for path, sums in listed.items() if path not in links}, regular)

    def test_packages_have_a_version_and_a_purl(self):
        for image in self.images:
            debian = [package for package in self.bill(image)["packages"]
                      if package["SPDXID"] != "SPDXRef-Image"]
            for package in debian:
                self.assertTrue(package["versionInfo"])
                self.assertTrue(package["externalRefs"][0]["referenceLocator"].startswith(
                    f"pkg:deb/debian/{package['name']}@"))
        names = {package["name"] for package in self.bill(self.app)["packages"]}
        self.assertLessEqual({"libc6-dev", "libsqlite3-dev", "libfcgi-dev", "tzdata"}, names)


class Reproducible(unittest.TestCase):
    def test_a_second_build_gives_the_same_images(self):
        """Without any layer of the first; both at the same time."""
        first = built()
        with tempfile.TemporaryDirectory() as folder:
            builds = [subprocess.Popen(build_command(f"{folder}/{name}", "--no-cache", name), cwd=ROOT,
                                       stderr=subprocess.PIPE, text=True) for name in (APP, PROXY)]
            for build in builds:
                self.assertEqual((build.communicate()[1] and build.returncode), 0)
            for name in (APP, PROXY):
                second = pathlib.Path(folder, name)
                for file in (f"{name}.digest", f"{name}.spdx.json"):
                    self.assertEqual((second / file).read_bytes(), (first / file).read_bytes(), file)


class Alone(unittest.TestCase):
    """Single containers, without a pod."""

    @classmethod
    def setUpClass(cls):
        built()

    def refusal(self, *arguments):
        return run("podman", "run", "--rm", "--read-only", "--network", "none", "--no-healthcheck", *arguments)

    def test_program_tells_what_is_missing(self):
        ran = self.refusal("--env", "TODO_DATABASE=/nowhere/todo.db", f"{PREFIX}/{APP}:{TAG}")
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn("/nowhere", ran.stderr)

    def test_proxy_names_each_wrong_setting(self):
        ran = self.refusal("--env", "PROXY_PORT=70000", "--env", "PROXY_DRAIN_S=soon",
                           "--env", 'PROXY_SOCKET=/a"b', f"{PREFIX}/{PROXY}:{TAG}")
        self.assertEqual(ran.returncode, 2)
        self.assertIn('PROXY_PORT: "70000" is not allowed; a number from 1 to 65535', ran.stderr)
        self.assertIn('PROXY_DRAIN_S: "soon"', ran.stderr)
        self.assertIn('PROXY_SOCKET: "/a"b"', ran.stderr)

    def test_proxy_lists_its_settings(self):
        text = podman("run", "--rm", f"{PREFIX}/{PROXY}:{TAG}", "--help")
        used = set(re.findall(r"env\.(\w+)", (ROOT / "images/proxy/proxy.conf").read_text("utf-8")))
        self.assertEqual(set(re.findall(r"^  (PROXY_\w+)", text, re.MULTILINE)), used)
