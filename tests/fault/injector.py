# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The test's side of shim.c: builds it, and chooses through a mapped file which call fails, or how
# far the clock is off.

import ctypes
import errno
import mmap
import os
import pathlib
import shutil
import subprocess
import unittest

SOURCE = pathlib.Path(__file__).with_name("shim.c")

# name: (kind in shim.c, errno)
FAULTS = {
    "memory": (1, errno.ENOMEM),
    "write": (2, errno.EIO),
    "full": (2, errno.ENOSPC),
    "sync": (3, errno.EIO),
    "open": (4, errno.EMFILE),
    "read": (5, errno.EIO),
}


# The kernel makes a file system read-only after an error of the disk.
READ_ONLY = {"read-only": (2, errno.EROFS)}


class Control(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_int), ("countdown", ctypes.c_int), ("error", ctypes.c_int),
                ("fired", ctypes.c_int), ("lasting", ctypes.c_int), ("padding", ctypes.c_int),
                ("clock_offset", ctypes.c_int64)]


class Injector:
    """Lives as long as the folder. `environment` is for the program that it is to work in."""

    def __init__(self, folder):
        compiler = shutil.which(os.environ.get("CC", "cc"))
        if compiler is None:
            raise unittest.SkipTest("no C compiler for the shim")
        library, control = pathlib.Path(folder, "shim.so"), pathlib.Path(folder, "control")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-fno-builtin", "-fno-stack-protector",
                        "-U_FORTIFY_SOURCE", "-o", library, SOURCE], check=True)
        control.write_bytes(bytes(ctypes.sizeof(Control)))
        with open(control, "r+b") as file:
            self._map = mmap.mmap(file.fileno(), ctypes.sizeof(Control))
        self._control = Control.from_buffer(self._map)
        self.environment = {"LD_PRELOAD": str(library), "FAULT_CONTROL": str(control)}

    def arm(self, name, countdown, lasting=False):
        """So many calls succeed, the one after them fails; all later ones too if lasting."""
        kind, number = (FAULTS | READ_ONLY)[name]
        self._control.kind = 0
        self._control.countdown, self._control.error = countdown, number
        self._control.fired, self._control.lasting = 0, int(lasting)
        self._control.kind = kind

    def disarm(self):
        """Ends it. Whether a call has failed."""
        self._control.kind = 0
        return self._control.fired > 0

    def step_clock(self, seconds):
        """The program's clock is off by so much from now on."""
        self._control.clock_offset = seconds

    def clock_offset(self):
        return self._control.clock_offset

    def close(self):
        del self._control
        self._map.close()
