# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Runs the commands of a guide and compares what they print with what the guide shows.

    Guide(ROOT / "docs/api.md").run(folder, {"http://127.0.0.1:8080": stack.url})

A block fenced as `sh` is run; all blocks of a guide share one bash, in order, with `set -eu -o
pipefail`, so that a variable set in one is known in the next. A block of another language that
directly follows, without text between, is what the command prints on standard output:

    json   compared as JSON: equal, but for instants and request ids, whose form is compared
    http   header and body as curl -i prints them; the header fields shown must be there with these
           values, others may be; a body that is JSON is compared as such
    text   line by line; `...` stands for any text, and alone on a line for any lines

A command that a test cannot run stands below a comment `<!-- not run: REASON -->`. Any other block
(yaml, a drawing) carries its own language and does not follow a command directly."""

import dataclasses
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.sameness import Mismatch, same  # noqa: E402

FENCE = re.compile(r"^```(\w*)\s*$")
NOT_RUN = re.compile(r"^<!-- not run: \S.*-->$")
OUTPUTS = ("json", "http", "text")
SECONDS = 300


@dataclasses.dataclass
class Example:
    """A command, and what the guide says that it prints (None: nothing is said)."""

    line: int
    command: str
    kind: str | None = None
    output: str | None = None


def _blocks(text):
    """(line, language, content, line of text before it) of every fenced block."""
    lines = text.splitlines()
    at = 0
    last = ""
    while at < len(lines):
        opened = FENCE.match(lines[at])
        if not opened:
            last = lines[at] if lines[at].strip() else last
            at += 1
            continue
        end = at + 1
        while end < len(lines) and lines[end] != "```":
            end += 1
        if end == len(lines):
            raise Mismatch(f"line {at + 1}: the block is not closed")
        yield at + 1, opened[1], "\n".join(lines[at + 1:end]) + "\n", last
        last = "```"
        at = end + 1


def examples(text):
    """The commands of a guide that are run, in order."""
    found = []
    follows = False
    for line, language, content, before in _blocks(text):
        follows = follows and before == "```"
        if language == "sh":
            follows = not NOT_RUN.match(before)
            if follows:
                found.append(Example(line, content))
        elif follows and language in OUTPUTS:
            found[-1].kind, found[-1].output = language, content
            follows = False
        elif not language:
            raise Mismatch(f"line {line}: a block without a language; a command is `sh`")
    return found


def _pattern(line):
    return "(?s:.*)" if line.strip() == "..." else ".*".join(map(re.escape, line.split("...")))


def _same_text(shown, got):
    pattern = "\n".join(map(_pattern, shown.rstrip("\n").split("\n")))
    if not re.fullmatch(pattern, got.rstrip("\n")):
        raise Mismatch(f"the guide shows:\n{shown}\nbut it printed:\n{got}")


def _same_json(shown, got):
    try:
        same(json.loads(shown), json.loads(got))
    except ValueError as error:
        raise Mismatch(f"no JSON ({error}):\n{shown}\nor\n{got}") from None


def _same_http(shown, got):
    parts = [text.replace("\r", "").rstrip("\n").partition("\n\n") for text in (shown, got)]
    (shown_head, _, shown_body), (got_head, _, got_body) = parts
    wanted, present = shown_head.split("\n"), got_head.split("\n")
    if wanted[0].strip() != present[0].strip():
        raise Mismatch(f"the guide shows {wanted[0]!r}, the answer has {present[0]!r}")
    for field in wanted[1:]:
        if not any(re.fullmatch(_pattern(field), other, re.IGNORECASE) for other in present[1:]):
            raise Mismatch(f"the answer lacks the header field {field!r}:\n{got_head}")
    if shown_body.lstrip().startswith(("{", "[")):
        _same_json(shown_body, got_body)
    else:
        _same_text(shown_body, got_body)


COMPARE = {"json": _same_json, "http": _same_http, "text": _same_text}


class Guide:
    """A guide in Markdown."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.examples = examples(self.path.read_text(encoding="utf-8"))
        if not self.examples:
            raise Mismatch(f"{self.path.name} has no command to run")

    def _script(self, folder, replaced):
        """One script of all commands; the output of each goes into files of its number."""
        parts = ["set -eu -o pipefail\n"]
        for number, example in enumerate(self.examples):
            command = example.command
            for old, new in replaced.items():
                command = command.replace(old, new)
            parts.append(f"exec >{folder}/{number}.out 2>{folder}/{number}.err\n{command}")
        return "".join(parts) + f": >{folder}/done\n"

    def run(self, folder, replaced=None, environment=None):
        """Runs every command with `folder` as the current one. `replaced`: texts of the commands and
        what they become, such as the address of the service. Raises Mismatch at the first command
        that fails or prints something else than the guide shows."""
        results = pathlib.Path(folder, ".results")
        results.mkdir()
        script = results / "script"
        script.write_text(self._script(results, replaced or {}), encoding="utf-8")
        status = subprocess.run(["bash", script], cwd=folder, env=environment, timeout=SECONDS,
                                stdin=subprocess.DEVNULL, check=False).returncode
        for number, example in enumerate(self.examples):
            self._check(example, results, number)
        if status != 0 or not (results / "done").exists():
            raise Mismatch(f"{self.path.name}: the commands ended with status {status}")

    def _check(self, example, results, number):
        where = f"{self.path.name}, line {example.line}"
        out, err = (results / f"{number}.{name}" for name in ("out", "err"))
        last = not (results / f"{number + 1}.out").exists() and not (results / "done").exists()
        if not out.exists() or last:
            seen = err.read_text(encoding="utf-8", errors="replace") if err.exists() else "not reached"
            raise Mismatch(f"{where}: the command failed: {example.command}\n{seen}")
        if example.kind is None:
            return
        try:
            COMPARE[example.kind](example.output, out.read_text(encoding="utf-8"))
        except Mismatch as mismatch:
            raise Mismatch(f"{where}: {mismatch}") from None
