# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Random sequences of all operations on the service and on a plain model of it in memory. What
# test_model.py does with single tasks goes on here with replacement, templates, quick add and undo;
# and every few steps lists, trees and statistics are asked for and compared. The seeds are fixed
# but for one, which is printed; TODO_SEED repeats a run.

import copy
import datetime
import os
import random
import unittest

import listing
import test_model
from model import DEFAULTS, Model

SEEDS = (11, 12)
STEPS = 150
# Beside the due dates: a week and a week and a day before one, the day before, the day, the day after.
TODAYS = ("2031-01-22", "2031-12-23", "2032-02-28", "2031-01-29", "2031-02-01")
TEMPLATE_MEMBERS = ("description", "priority", "category", "notes", "recurring")
LETTERS = {"high": "h", "medium": "m", "low": "l"}


class DifferentialTest(test_model.ModelTest):
    fresh = True

    # --- Further operations: the answer, and the problems that the model has found ---------------

    def do_put(self):
        number, fields = self.some_id(), {"description": "put"} | self.some_fields(0.5)
        answer = self.call("PUT", f"/tasks/{number}", fields)
        return answer, self.model.change(number, DEFAULTS | fields, self.next_number(answer))

    def template_fields(self, share):
        fields = {name: value for name, value in self.some_fields(share).items()
                  if name in TEMPLATE_MEMBERS}
        return {"description": "from a template"} | fields

    def do_template_create(self):
        name, fields = self.random.choice("abcDEF"), self.template_fields(0.5)
        answer = self.call("POST", "/templates", {"name": name, **fields})
        if name.lower() in self.templates:
            return answer, {"name-taken"}
        self.templates[name.lower()] = {
            member: DEFAULTS.get(member) for member in TEMPLATE_MEMBERS} | fields
        return answer, set()

    def do_template_save(self):
        number, name = self.some_id(), self.random.choice("ABCdef")
        answer = self.call("POST", f"/tasks/{number}/template", {"name": name})
        if number not in self.model.tasks:
            return answer, {"not-found"}
        if name.lower() in self.templates:
            return answer, {"name-taken"}
        task = self.model.tasks[number]
        self.templates[name.lower()] = {member: task[member] for member in TEMPLATE_MEMBERS}
        return answer, set()

    def do_template_delete(self):
        name = self.random.choice("abcdef")
        answer = self.call("DELETE", f"/templates/{name.upper()}")
        return answer, set() if self.templates.pop(name, None) else {"not-found"}

    def do_template_use(self):
        name, fields = self.random.choice("abcdef"), self.some_fields(0.3)
        answer = self.call("POST", f"/templates/{name}/tasks", fields)
        if name not in self.templates:
            return answer, {"not-found"}
        return answer, self.model.create(self.templates[name] | fields, answer.json.get("id"))

    def do_quick_add(self):
        chosen = {name: value for name, value in self.some_fields(0.5).items()
                  if name in ("priority", "category", "due_date", "notes") and value}
        words = {"priority": lambda value: "!" + self.random.choice((value, LETTERS[value])),
                 "category": lambda value: f"@{value.upper()}", "due_date": lambda value: f"due:{value}"}
        text = ["quick", *(words[name](value) for name, value in chosen.items() if name in words),
                r"\!h", "@home"]
        self.random.shuffle(text)
        plain = " ".join(word.removeprefix("\\") for word in text
                         if word == "quick" or word[0] == "\\" or word == "@home")
        line = "  ".join(text) + (f" #{chosen['notes']}" if "notes" in chosen else "")
        answer = self.call("POST", "/tasks/quick-add", {"text": line})
        return answer, self.model.create(chosen | {"description": plain}, answer.json.get("id"))

    def do_undo(self):
        answer = self.call("POST", "/undo")
        if not self.history:
            return answer, {"nothing-to-undo"}
        self.model.tasks, self.templates = self.history.pop()
        return answer, set()

    # --- Questions -------------------------------------------------------------------------------

    def some_query(self):
        choose = self.random.choice
        query = {"completed": choose((True, False)), "archived": choose((True, False, "any")),
                 "priority": self.random.sample(listing.PRIORITIES, 2),
                 "category": self.random.sample(listing.CATEGORIES, 2),
                 "due": choose(("overdue", "today", "tomorrow", "week", "month", "none")),
                 "due_before": choose(TODAYS), "due_after": choose(TODAYS),
                 "recurring": choose((True, False)), "blocked": choose((True, False)),
                 "q": choose(("t", "ORE", "task 1", "sub", "Quick"))}
        chosen = {name: value for name, value in query.items() if self.random.random() < 0.2}
        if chosen.get("due") == "none":
            chosen.pop("due_before", None), chosen.pop("due_after", None)
        return chosen

    def as_text(self, query, keys, today):
        def text(value):
            if isinstance(value, bool):
                return str(value).lower()
            return ",".join(value) if isinstance(value, list) else value.replace(" ", "+")
        parts = [f"{name}={text(value)}" for name, value in query.items()]
        return "&".join([*parts, f"sort={','.join(keys)}", f"today={today}"])

    def ask(self):
        views = [self.model.view(number) for number in self.model.tasks]
        today = datetime.date.fromisoformat(self.random.choice(TODAYS))
        keys = [self.random.choice(("", "-")) + name for name in self.random.sample(
            ("priority", "due_date", "description"), self.random.randrange(1, 4))]
        query = self.some_query()
        text = self.as_text(query, keys, today)
        expected = listing.ordered([view for view in views if listing.matches(view, query, today)],
                                   keys)
        found = self.pages(text, self.random.choice((7, 200)))
        self.assertEqual([task["id"] for task in found], [view["id"] for view in expected], text)
        for task, view in zip(found, expected):
            late = listing.days_overdue(view, today)
            self.assertEqual((task["days_overdue"], task["overdue"]), (late, late > 0), text)
        self.assertEqual(self.list(text + "&count=true&limit=1")["count"],
                         {"total": len(expected),
                          "completed": sum(view["completed"] for view in expected)}, text)
        branches = self.pages(text + "&view=tree", 200)
        self.assertEqual([(root["id"], [child["id"] for child in root["children"]])
                          for root in branches], listing.tree(views, query, keys, today), text)
        self.ask_statistics(views, today)

    def ask_statistics(self, views, today):
        found = self.call("GET", f"/stats?today={today}").json
        for name, expected in listing.statistics(views, today).items():
            for member, value in expected.items():
                shown = found[name][member]
                if isinstance(value, dict):
                    shown = {key: shown[key] for key in value}
                self.assertEqual(shown, value, (name, member, today))
        names = [template["name"].lower() for template in self.call("GET", "/templates").json["templates"]]
        self.assertEqual(sorted(names), sorted(self.templates))

    # --- Sequences -------------------------------------------------------------------------------

    def step(self):
        before = copy.deepcopy((self.model.tasks, self.templates))
        name = self.random.choice((
            "create", "create_subtask", "patch", "put", "complete", "reopen", "delete", "archive",
            "unarchive", "bulk", "archive_completed", "template_create", "template_save",
            "template_delete", "template_use", "quick_add", "undo", "undo"))
        self.trail.append(name)
        answer, problems = getattr(self, f"do_{name}")()
        if problems:
            self.assertIn(answer.json.get("type", "").removeprefix("/problems/"), problems,
                          (name, answer))
        else:
            self.assertIn(answer.status, (200, 201, 204), (name, answer))
        if name != "undo" and before != (self.model.tasks, self.templates):
            self.history.append(before)

    def test_service_and_model_agree(self):
        self.model, self.templates, self.history, self.seen = Model(), {}, [], {}
        seed = int(os.environ.get("TODO_SEED", random.SystemRandom().randrange(10**9)))
        print(f"random seed {seed}", end=" ", flush=True)
        for seed in (*SEEDS, seed):
            self.random, self.trail = random.Random(seed), []
            for number in range(STEPS):
                try:
                    self.step()
                    self.compare()
                    if number % 5 == 0:
                        self.ask()
                except AssertionError as error:  # every later step would fail as well
                    raise AssertionError(
                        f"seed {seed}, step {number}, after {self.trail[-8:]}: {error}") from error
        self.check_database()


if __name__ == "__main__":
    unittest.main()
