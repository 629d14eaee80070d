# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""What a measurement depends on, in words: the machine and the versions of the programs."""

import os
import platform
import re
import subprocess


def output(*arguments):
    """What a program prints, or nothing if it is not there."""
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=10, check=False)
    except OSError:
        return ""
    return done.stdout + done.stderr


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} x {names[0] if names else platform.machine()}"


def file_system(folder):
    """The type of the file system that a folder lies on."""
    return (output("df", "--output=fstype", str(folder)).split() or ["unknown"])[-1]


def version(text):
    found = re.search(r"\d+(?:\.\d+)+", text)
    return found[0] if found else "none"


def facts(folder, app):
    """{name: value} for the head of the report."""
    return {
        "processor": processor() + ", shared with the load generator",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "kernel": platform.release().split("-")[0],
        "file system": file_system(folder),
        "todo-app": version(output(str(app), "--version")),
        "lighttpd": version(output("lighttpd", "-v")),
        "wrk": version(output("wrk", "-v")),
        "Python": platform.python_version(),
        "Go": version(output("go", "version")),
    }
