# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# A writer that remembers what was acknowledged. It does every kind of change, one after the other,
# each on tasks of its own whose descriptions begin with its name; so what must be in the database
# is known exactly: the state after the last acknowledged change, or, if one was under way when the
# program went away, the state before it or the one after it, and nothing in between.

import collections
import random
import threading

TEMPLATE = "Ledger"
NOTES = "n" * 2000  # so that the log is often moved into the database


class Gone(Exception):
    """The program did not answer to the end."""


def state(found):
    """Of rows (description, notes, completed, archived): how often there is each."""
    return collections.Counter((description, len(notes), bool(completed), bool(archived))
                               for description, notes, completed, archived in found)


STATE_SQL = "SELECT description, notes, completed, archived FROM task"


class Writer(threading.Thread):
    """Writes until the program is gone or stop() is called. `call` sends a request and gives the
    answer, or None when there was none; `refused` are statuses that mean: not done, go on."""

    def __init__(self, name, call, seed, refused=()):
        super().__init__(daemon=True)
        self.name = name
        self.acknowledged = 0
        self.error = None
        self.before = collections.Counter()  # what is certain
        self.after = None  # what is there instead if the change under way was done
        self.retry = None  # how to ask for the change under way once more, by its key
        self._call = call
        self._refused = refused
        self._random = random.Random(seed)
        self._count = 0
        self._open = {}  # id: description, of its open tasks
        self._halt = threading.Event()

    def stop(self):
        self._halt.set()
        self.join()

    def run(self):
        kinds = (self._do_create, self._do_create, self._do_patch, self._do_delete, self._do_complete,
                 self._do_bulk_complete, self._do_bulk_delete, self._do_undo, self._do_from_template,
                 self._do_import, self._do_recurring)
        try:
            while not self._halt.is_set():
                self._random.choice(kinds)()
        except Gone:
            pass
        except BaseException as error:  # the test raises it
            self.error = error

    def settle(self, found):
        """Compares with what is there. Whether it is one of the states that may be."""
        mine = collections.Counter({key: count for key, count in found.items()
                                    if key[0].startswith(self.name + " ")})
        allowed = [self.before] + ([self.after] if self.after is not None else [])
        if mine not in allowed:
            return f"{self.name}: missing {allowed[-1] - mine}, too many {mine - allowed[-1]}"
        self.before, self.after = mine, None
        return None

    # --- Changes: each tells what will be, then asks for it -------------------------------------

    def _key(self, description, notes=NOTES, completed=False, archived=False):
        return (description, len(notes), completed, archived)

    def _change(self, method, path, body, gone=(), come=(), **headers):
        """The answer; None if it was refused. gone, come: the rows that it takes away and adds."""
        self.after = self.before.copy()
        self.after.subtract(collections.Counter(gone))
        self.after.update(collections.Counter(come))
        self.after = +self.after
        answer = self._call(method, path, body, **headers)
        if answer is None:
            self.retry = (method, path, body, headers) if headers else None
            raise Gone
        if answer.status in self._refused:
            self.after = None
            return None
        if answer.status >= 300:
            raise AssertionError(f"{method} {path}: {answer}")
        self.before, self.after = self.after, None
        self.acknowledged += 1
        return answer.json if answer.body else {}

    def _next(self):
        self._count += 1
        return f"{self.name} {self._count}"

    def _do_create(self, method="POST", path="/tasks", **fields):
        name = self._next()
        made = self._change("POST", path, {"description": name, "notes": NOTES, **fields},
                            come=[self._key(name)], HTTP_IDEMPOTENCY_KEY=name.replace(" ", "-"))
        if made:
            self._open[made["id"]] = name
        return made

    def _some(self, count):
        """Ids of open tasks of its own, made if there are too few."""
        while len(self._open) < count and not self._halt.is_set():
            self._do_create()
        chosen = list(self._open)
        self._random.shuffle(chosen)
        return chosen[:count] if len(chosen) >= count else []

    def _do_patch(self):
        for number in self._some(1):
            name = self._open[number]
            if self._change("PATCH", f"/tasks/{number}", {"notes": "patched"}, [self._key(name)],
                            [self._key(name, "patched")]) is not None:
                del self._open[number]

    def _do_undo(self):
        """A change of its own, found in the task's history."""
        for number in self._some(1):
            name = self._open[number]
            if self._change("PATCH", f"/tasks/{number}", {"notes": "to be undone"},
                            [self._key(name)], [self._key(name, "to be undone")]) is None:
                return
            del self._open[number]
            history = self._call("GET", f"/tasks/{number}/history", None)
            if history is None:
                raise Gone
            if history.status == 200:
                seq = history.json["changes"][0]["seq"]
                if self._change("POST", f"/changes/{seq}/undo", {},
                                [self._key(name, "to be undone")], [self._key(name)]) is not None:
                    self._open[number] = name

    def _do_delete(self):
        for number in self._some(1):
            name = self._open[number]
            if self._change("DELETE", f"/tasks/{number}", None, [self._key(name)]) is not None:
                del self._open[number]

    def _do_complete(self):
        for number in self._some(1):
            name = self._open[number]
            if self._change("POST", f"/tasks/{number}/complete", {}, [self._key(name)],
                            [self._key(name, completed=True)]) is not None:
                del self._open[number]

    def _bulk(self, what, completed):
        chosen = self._some(5)
        names = [self._open[number] for number in chosen]
        come = [self._key(name, completed=True) for name in names] if completed else []
        if chosen and self._change("POST", f"/tasks/bulk/{what}", {"ids": chosen, "atomic": True},
                                   [self._key(name) for name in names], come) is not None:
            for number in chosen:
                del self._open[number]

    def _do_bulk_complete(self):
        self._bulk("complete", True)

    def _do_bulk_delete(self):
        self._bulk("delete", False)

    def _do_from_template(self):
        self._do_create(path=f"/templates/{TEMPLATE}/tasks")

    def _do_import(self):
        names = [self._next() for _ in range(4)]
        tasks = [{"id": index + 1, "description": name, "notes": NOTES}
                 for index, name in enumerate(names)]
        self._change("POST", "/import", {"format": "todo-app-export", "version": 1, "tasks": tasks},
                     come=[self._key(name) for name in names])

    def _do_recurring(self):
        """To complete it makes the next one, of the same description: both, or neither."""
        made = self._do_create(due_date="2031-01-31", recurring={"type": "monthly", "interval": 1})
        if made:
            name = self._open.pop(made["id"])
            self._change("POST", f"/tasks/{made['id']}/complete", {}, [self._key(name)],
                         [self._key(name, completed=True), self._key(name)])
