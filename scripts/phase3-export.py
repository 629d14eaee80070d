#!/usr/bin/env python3
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Writes the tasks and templates of a Phase III (or I, or II) Todo App as a document that the Todo
App 4 imports: `todo-app import FILE`, or POST /api/v1/import.

A Phase III program keeps everything in the memory of its process, so this must run in there:

    phase3-export.py --run src.main -o tasks.json     run the program; export when it ends
    phase3-export.py --module src.storage -o FILE     export what the module holds when imported
    phase3-export.py --state FILE -o tasks.json       export a saved state of the module

or, at a prompt inside the running process,

    import runpy; runpy.run_path("phase3-export.py")["export"]("tasks.json")

A saved state is JSON (an object) or Python (assignments of literals), with the names _tasks,
_next_task_id and _task_templates, with or without the underscore. It is read, never executed.

The standard library is all that is needed. Exit status: 0 done, 1 failed."""

import argparse
import ast
import datetime
import enum
import importlib
import json
import os
import runpy
import sys
import tempfile

FORMAT = "todo-app-phase3"
VERSION = 1
STORAGE = "src.storage"
NAMES = {"tasks": "_tasks", "next_task_id": "_next_task_id", "templates": "_task_templates"}


class ExportError(Exception):
    """The state cannot be exported; the message says what and where."""


def plain(value, where):
    """The value as JSON knows it."""
    if isinstance(value, enum.Enum):
        value = value.value
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise ExportError(f"{where}: the text {value!r} is not valid Unicode") from None
        return str(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, (set, frozenset)):
        return [plain(item, where) for item in sorted(value)]
    raise ExportError(f"{where}: a {type(value).__name__} cannot be exported")


def document(tasks, next_task_id=None, templates=None):
    """The document of a state, with every value checked."""
    if not isinstance(tasks, (list, tuple)):
        raise ExportError(f"_tasks is a {type(tasks).__name__}, not a list")
    if not isinstance(templates or {}, dict):
        raise ExportError(f"_task_templates is a {type(templates).__name__}, not a dictionary")
    return {
        "format": FORMAT,
        "version": VERSION,
        "next_task_id": plain(next_task_id, "_next_task_id"),
        "tasks": plain(tasks, "_tasks"),
        "templates": plain(templates or {}, "_task_templates"),
    }


def from_module(module):
    """The document of a module such as src.storage. Phase I and II have no templates."""
    if not hasattr(module, NAMES["tasks"]):
        raise ExportError(f"the module {module.__name__} has no _tasks: is it the storage module?")
    return document(*(getattr(module, name, None) for name in NAMES.values()))


def assignments(text, name):
    """The literals that a Python file assigns, by name."""
    found = {}
    for statement in ast.parse(text, filename=name).body:
        targets = (statement.targets if isinstance(statement, ast.Assign)
                   else [statement.target] if isinstance(statement, ast.AnnAssign) else [])
        for target in targets:
            if isinstance(target, ast.Name) and statement.value is not None:
                try:
                    found[target.id] = ast.literal_eval(statement.value)
                except ValueError:
                    pass  # something else than a literal: not of the state, or told as missing
    return found


def from_state(path):
    """The document of a saved state."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        state = json.loads(text)
    except ValueError:
        try:
            state = assignments(text, path)
        except SyntaxError as error:
            raise ExportError(f"{path} is neither JSON nor Python: {error}") from None
    if not isinstance(state, dict):
        raise ExportError(f"{path} does not hold an object with _tasks")
    values = {key: state.get(name, state.get(key)) for key, name in NAMES.items()}
    if values["tasks"] is None:
        raise ExportError(f"{path} has no _tasks")
    return document(**values)


def write(made, path):
    """Writes the document; under its name it is complete or not there."""
    text = json.dumps(made, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    if path == "-":
        sys.stdout.write(text)
        return
    folder = os.path.dirname(os.path.abspath(path))
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, delete=False) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def export(path, module=STORAGE):
    """Inside the Phase III process: writes the document of the module's present state."""
    made = from_module(importlib.import_module(module))
    write(made, path)
    return len(made["tasks"])


def run_and_export(program, arguments, path, module):
    """Runs a program as `python3 -m program` would, and exports when it has ended in any way."""
    sys.argv = [program, *arguments]
    try:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    except (SystemExit, KeyboardInterrupt, EOFError):
        pass
    finally:
        count = export(path, module)
    return count


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", default="-", help="file to write; - is standard output")
    parser.add_argument("--module", default=STORAGE, help="the storage module (src.storage)")
    parser.add_argument("--root", default=".", help="folder of the Phase III program")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--run", metavar="PROGRAM", help="module to run before the export")
    source.add_argument("--state", metavar="FILE", help="saved state to read instead")
    parser.add_argument("arguments", nargs="*", help="arguments of the program")
    options = parser.parse_args()
    sys.path.insert(0, os.path.abspath(options.root))
    try:
        if options.state:
            made = from_state(options.state)
            write(made, options.output)
            count = len(made["tasks"])
        elif options.run:
            count = run_and_export(options.run, options.arguments, options.output, options.module)
        else:
            count = export(options.output, options.module)
    except (ExportError, ImportError, OSError, ValueError) as error:
        print(f"phase3-export: {error}", file=sys.stderr)
        return 1
    print(f"phase3-export: {count} tasks", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
