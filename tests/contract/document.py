# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The OpenAPI document, with its references followed and its schemas ready to validate."""

import dataclasses
import pathlib
import sys

import jsonschema
import referencing
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.process import ROOT  # noqa: E402

PATH = ROOT / "docs/openapi.yaml"
BASE = "urn:contract"
METHODS = ("get", "put", "post", "patch", "delete")


class NoDuplicates(yaml.SafeLoader):
    """As SafeLoader, but a key that stands twice in a mapping is an error."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.YAMLError(f"a key stands twice: {node.start_mark}")
        return super().construct_mapping(node, deep)


@dataclasses.dataclass
class Node:
    """A part of the document: its JSON pointer after every reference, and its value."""

    pointer: str
    value: object

    def child(self, *names):
        pointer, value = self.pointer, self.value
        for name in names:
            pointer += "/" + str(name).replace("~", "~0").replace("/", "~1")
            value = value[name]
        return DOCUMENT.follow(pointer, value)

    def children(self, name):
        """The members of a mapping that may be missing, references followed."""
        return {key: self.child(name, key) for key in self.value.get(name, {})}

    def get(self, name, default=None):
        return self.value.get(name, default)


@dataclasses.dataclass
class Operation:
    method: str
    path: str
    node: Node
    parameters: dict  # (in, name): Node
    responses: dict  # status as int: Node

    @property
    def name(self):
        return self.node.value["operationId"]

    @property
    def body(self):
        return self.node.child("requestBody") if "requestBody" in self.node.value else None

    def names(self, place):
        return {name for where, name in self.parameters if where == place}


class Document:
    def __init__(self, path=PATH):
        self.tree = yaml.load(path.read_text(encoding="utf-8"), NoDuplicates)
        resource = referencing.Resource.from_contents(
            self.tree, default_specification=referencing.jsonschema.DRAFT202012)
        self._registry = referencing.Registry().with_resource(BASE, resource)

    def follow(self, pointer, value):
        while isinstance(value, dict) and str(value.get("$ref", "")).startswith("#/components/"):
            if pointer.startswith("/components/schemas/") or set(value) != {"$ref"}:
                break  # A schema's own reference, which its validator follows.
            pointer = value["$ref"][1:]
            value = self.at(pointer)
        return Node(pointer, value)

    def at(self, pointer):
        value = self.tree
        for part in pointer.split("/")[1:]:
            part = part.replace("~1", "/").replace("~0", "~")
            value = value[int(part)] if isinstance(value, list) else value[part]
        return value

    def validator(self, node):
        """A JSON Schema validator for the schema at this node."""
        return jsonschema.Draft202012Validator(
            {"$ref": f"{BASE}#{node.pointer}"}, registry=self._registry,
            format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)

    def operations(self):
        for path, item in self.tree["paths"].items():
            shared = item.get("parameters", [])
            for method in METHODS:
                if method in item:
                    yield self._operation(path, method, shared)

    def _operation(self, path, method, shared):
        item = Node("", self.tree).child("paths", path)
        node = item.child(method)
        parameters = [item.child("parameters", index) for index in range(len(shared))]
        parameters += [node.child("parameters", index)
                       for index in range(len(node.get("parameters", [])))]
        named = {(found.value["in"], found.value["name"]): found for found in parameters}
        assert len(named) == len(parameters), f"{method} {path} has a parameter twice"
        responses = {int(status): found for status, found in node.children("responses").items()}
        return Operation(method.upper(), path, node, named, responses)


DOCUMENT = Document()
OPERATIONS = list(DOCUMENT.operations())


def walk(value, pointer=""):
    """Every (pointer, mapping) of the document."""
    if isinstance(value, dict):
        yield pointer, value
        for key, inner in value.items():
            yield from walk(inner, pointer + "/" + str(key).replace("~", "~0").replace("/", "~1"))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, f"{pointer}/{index}")
