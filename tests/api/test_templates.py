# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Templates as things of their own: create, list, read, replace, delete. Their names are in
# test_template_names.py, tasks made from them in test_template_tasks.py.

import sqlite3
import unittest

from apitest import database_rows, in_threads
from templatetest import TemplateTest, template_path

WEEKLY = {"type": "weekly", "interval": 2}


class CreateTest(TemplateTest):
    def test_all_fields(self):
        answer = self.call("POST", "/templates", {
            "name": "Shopping", "description": "  Buy food ", "priority": "high",
            "category": "shopping", "notes": "milk\nbread", "recurring": WEEKLY})
        self.assert_status(answer, 201)
        self.assertEqual(answer.headers["Location"], "/api/v1/templates/Shopping")
        self.assertEqual(answer.headers["ETag"], '"1"')
        self.assertIsNone(answer.headers["X-Today"])
        self.assert_template(answer.json, name="Shopping", description="Buy food", priority="high",
                             category="shopping", notes="milk\nbread", recurring=WEEKLY, version=1)
        self.assertEqual(self.last_change(),
                         ("template_create", "Create template “Shopping”", ["template"]))

    def test_defaults(self):
        template = self.template("plain")
        self.assert_template(template, priority="medium", category="other", notes="",
                             recurring=None, version=1)
        self.assertEqual(template["created_at"], template["updated_at"])

    def test_interval_defaults_to_one(self):
        template = self.template("daily", recurring={"type": "daily"})
        self.assertEqual(template["recurring"], {"type": "daily", "interval": 1})

    def test_null_is_no_recurrence(self):
        self.assertIsNone(self.template("null", recurring=None)["recurring"])

    def test_same_shape_alone_and_in_the_list(self):
        template = self.template("alone", recurring=WEEKLY)
        self.assertEqual(self.read_template("alone"), template)
        self.assertIn(template, self.call("GET", "/templates").json["templates"])

    def test_every_fault_is_told(self):
        answer = self.call("POST", "/templates", {
            "name": "a/b", "description": " ", "priority": "urgent", "category": 3,
            "notes": None, "recurring": {"type": "yearly", "interval": 0, "day": 1}})
        self.assert_faults(answer, "#/name", "#/description", "#/priority", "#/category", "#/notes",
                           "#/recurring/type", "#/recurring/interval", "#/recurring/day")

    def test_name_and_description_are_needed(self):
        self.assert_faults(self.call("POST", "/templates", {}), "#/name", "#/description")
        self.assert_faults(self.call("POST", "/templates", {"name": None, "description": None}),
                           "#/name", "#/description")

    def test_ids_dates_and_state_are_no_fields(self):
        fields = {"id": 1, "completed": False, "due_date": "2026-01-05", "parent_id": None,
                  "depends_on": [], "archived": False, "completed_at": None, "colour": "red"}
        answer = self.call("POST", "/templates", {"name": "n", "description": "d", **fields})
        self.assert_faults(answer, *(f"#/{name}" for name in fields))

    def test_read_only_fields_are_refused(self):
        fields = {"created_at": "2026-01-02T10:11:12.123Z", "updated_at": None, "version": 1}
        answer = self.call("POST", "/templates", {"name": "n", "description": "d", **fields})
        self.assert_faults(answer, *(f"#/{name}" for name in fields))

    def test_body_that_is_no_object(self):
        for body in ([], "text", 1, True):
            with self.subTest(body):
                self.assert_faults(self.call("POST", "/templates", body), "#")

    def test_malformed_bodies(self):
        for raw in (b"", b"{", b'{"name":"a","name":"b"}', b"null null", b'{"name":"\xff"}'):
            with self.subTest(raw):
                answer = self.call("POST", "/templates", raw=raw)
                self.assert_problem(answer, "malformed-json")

    def test_other_media_type(self):
        answer = self.call("POST", "/templates", raw=b"{}", content_type="text/plain")
        self.assert_problem(answer, "unsupported-media-type")

    def test_unknown_parameters(self):
        for method, path, body in (("GET", "/templates", None), ("GET", "/templates/x", None),
                                   ("POST", "/templates", {"name": "n", "description": "d"}),
                                   ("DELETE", "/templates/x", None)):
            with self.subTest(f"{method} {path}"):
                self.assert_faults(self.call(method, path + "?today=2026-01-05&x=1", body),
                                   "parameter today", "parameter x")

    def test_templates_are_not_tasks(self):
        self.template("uncounted", "An uncounted description")
        self.assertEqual(self.listed("q=uncounted"), [])


class ListTest(TemplateTest):
    fresh = True

    def test_empty_list_and_order(self):
        self.assertEqual(self.call("GET", "/templates").json, {"templates": []})
        for name in ("b", "Ä", "C", "a", "ab"):
            self.template(name)
        self.assertEqual(self.names(), ["a", "ab", "b", "C", "Ä"])
        head = self.call("HEAD", "/templates")
        self.assert_status(head, 200)


class LimitTest(TemplateTest):
    fresh = True

    def fill(self, count):
        connection = sqlite3.connect(self.stack.database, timeout=30)
        try:
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            with connection:
                connection.executemany(
                    "INSERT INTO template (name, name_fold, description, priority, category, notes,"
                    " recur_type, recur_interval, created_at, updated_at, version)"
                    " VALUES (?1, ?1, 'd', 2, 4, '', 0, 0, 0, 0, 1)",
                    ((f"filler {number:04}",) for number in range(count)))
        finally:
            connection.close()

    def test_thousand_templates_and_no_more(self):
        self.fill(999)
        task = self.create()
        self.template("the last one")
        self.assertEqual(len(self.names()), 1000)
        answer = self.call("POST", "/templates", {"name": "too many", "description": "d"})
        self.assert_faults(answer, "#")
        answer = self.call("POST", f"/tasks/{task['id']}/template", {"name": "too many"})
        self.assert_faults(answer, "#")
        self.assertNotIn("too many", self.names())
        answer = self.call("POST", "/templates", {"name": "FILLER 0000", "description": "d"})
        self.assert_problem(answer, "name-taken")
        answer = self.call("PUT", template_path("the last one"), {"name": "x", "description": "d"})
        self.assert_status(answer, 200)
        self.assert_status(self.call("DELETE", template_path("x")), 204)
        self.template("there is room again")


class ReadTest(TemplateTest):
    def test_head_and_entity_tags(self):
        self.template("tagged")
        for method in ("GET", "HEAD"):
            answer = self.call(method, "/templates/tagged")
            self.assert_status(answer, 200)
            self.assertEqual(answer.headers["ETag"], '"1"')
            answer = self.call(method, "/templates/TAGGED", headers={"If-None-Match": 'W/"1"'})
            self.assert_status(answer, 304)
            self.assertEqual(answer.headers["ETag"], '"1"')
        answer = self.call("GET", "/templates/tagged", headers={"If-None-Match": '"2"'})
        self.assert_status(answer, 200)

    def test_missing_template(self):
        for method, tail, body in (("GET", "", None), ("HEAD", "", None), ("DELETE", "", None),
                                   ("PUT", "", {"description": "d"}), ("PUT", "", {"x": 1}),
                                   ("POST", "/tasks", None), ("POST", "/tasks", {"x": 1})):
            with self.subTest(f"{method} {tail} {body}"):
                answer = self.call(method, "/templates/missing" + tail, body)
                self.assert_status(answer, 404)
                if method != "HEAD":
                    self.assert_problem(answer, "not-found",
                                        detail="There is no template with this name.")


class ReplaceTest(TemplateTest):
    def put(self, name, body, **rest):
        return self.call("PUT", template_path(name), body, **rest)

    def test_absent_fields_take_their_defaults(self):
        before = self.template("whole", priority="high", category="work", notes="n",
                               recurring=WEEKLY)
        answer = self.put("whole", {"description": "new"})
        self.assert_status(answer, 200)
        self.assertEqual(answer.headers["ETag"], '"2"')
        self.assertIsNone(answer.headers["Location"])
        self.assert_template(answer.json, name="whole", description="new", priority="medium",
                             category="other", notes="", recurring=None, version=2,
                             created_at=before["created_at"])
        self.assertEqual(self.read_template("whole"), answer.json)
        self.assertEqual(self.last_change(),
                         ("template_update", "Edit template “whole”", ["template"]))

    def test_every_field(self):
        self.template("fields")
        fields = {"description": "d2", "priority": "low", "category": "personal", "notes": "n2",
                  "recurring": {"type": "monthly", "interval": 3}}
        self.assert_template(self.put("fields", fields).json, name="fields", **fields)

    def test_what_was_read_can_be_sent_back(self):
        template = self.template("sent back", notes="n", recurring=WEEKLY)
        rows = database_rows(self.stack.database)
        answer = self.put("sent back", template)
        self.assert_status(answer, 200)
        self.assertEqual(answer.json, template)
        self.assertEqual(database_rows(self.stack.database), rows)
        answer = self.put("sent back", {**template, "notes": "changed"})
        self.assert_template(answer.json, notes="changed", recurring=WEEKLY, version=2)

    def test_read_only_fields_that_differ(self):
        template = self.template("read only")
        answer = self.put("read only", {**template, "version": 2, "created_at": None,
                                        "updated_at": "2026-01-02T10:11:12.123Z"})
        self.assert_faults(answer, "#/version", "#/created_at", "#/updated_at")
        self.assertEqual(self.read_template("read only"), template)

    def test_read_only_faults_come_with_all_others(self):
        self.template("all faults")
        answer = self.put("all faults", {"version": 9, "priority": "x", "colour": 1, "name": ""})
        self.assert_faults(answer, "#/version", "#/priority", "#/colour", "#/name",
                           "#/description")

    def test_description_is_needed(self):
        self.template("needed")
        self.assert_faults(self.put("needed", {"notes": "n"}), "#/description")
        self.assert_faults(self.put("needed", []), "#")

    def test_malformed_body(self):
        self.template("malformed")
        answer = self.call("PUT", "/templates/malformed", raw=b"{]")
        self.assert_problem(answer, "malformed-json")

    def test_patch_is_not_allowed(self):
        self.template("patched")
        answer = self.call("PATCH", "/templates/patched", {"notes": "n"})
        self.assert_problem(answer, "method-not-allowed")
        self.assertEqual(answer.tokens("Allow"), {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})


class DeleteTest(TemplateTest):
    def test_delete(self):
        self.template("Gone")
        answer = self.call("DELETE", "/templates/gone")
        self.assert_status(answer, 204)
        self.assertEqual(self.last_change(),
                         ("template_delete", "Delete template “Gone”", ["template"]))
        self.assert_status(self.call("GET", "/templates/Gone"), 404)
        self.assert_status(self.call("DELETE", "/templates/Gone"), 404)
        self.assertNotIn("Gone", self.names())

    def test_tasks_made_from_it_stay(self):
        self.template("source")
        task = self.call("POST", "/templates/source/tasks").json
        self.call("DELETE", "/templates/source")
        self.assert_unchanged(task)


class PreconditionTest(TemplateTest):
    def test_if_match_on_each_write(self):
        writes = (("PUT", "", {"description": "new"}), ("POST", "/tasks", None),
                  ("DELETE", "", None))
        for method, tail, body in writes:
            name = f"matched by {method}"
            path = template_path(name) + tail
            self.template(name)
            before = database_rows(self.stack.database)
            for tag in ('"2"', 'W/"1"', '"1', '"11"'):
                with self.subTest(f"{method} {tag}"):
                    answer = self.call(method, path, body, headers={"If-Match": tag})
                    self.assert_problem(answer, "precondition-failed")
            self.assertEqual(database_rows(self.stack.database), before)
            for tag in ('"7", "1"', "*"):
                query = "?dry_run=true" if tag != "*" else ""
                with self.subTest(f"{method} {tag}"):
                    answer = self.call(method, path + query, body, headers={"If-Match": tag})
                    self.assertIn(answer.status, (200, 201, 204))

    def test_missing_before_stale(self):
        answer = self.call("DELETE", "/templates/missing", headers={"If-Match": '"1"'})
        self.assert_problem(answer, "not-found")

    def test_one_of_many_with_the_same_tag_wins(self):
        self.template("raced")
        answers = in_threads(8, lambda index: self.call(
            "PUT", "/templates/raced", {"description": f"by {index}"},
            headers={"If-Match": '"1"'}))
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [412] * 7)
        self.assertEqual(self.read_template("raced")["version"], 2)


class DryRunTest(TemplateTest):
    def test_nothing_changes(self):
        self.template("dry", notes="n")
        before = database_rows(self.stack.database)
        answer = self.call("POST", "/templates?dry_run=true", {"name": "new", "description": "d"})
        self.assert_status(answer, 200)
        self.assert_template(answer.json, name="new", version=1)
        answer = self.call("PUT", "/templates/dry?dry_run=true", {"name": "x", "description": "d"})
        self.assert_status(answer, 200)
        self.assert_template(answer.json, name="x", notes="", version=2)
        self.assert_status(self.call("DELETE", "/templates/dry?dry_run=true"), 200)
        self.assertEqual(database_rows(self.stack.database), before)

    def test_all_checks_are_made(self):
        self.template("checked")
        answer = self.call("POST", "/templates?dry_run=true",
                           {"name": "CHECKED", "description": "d"})
        self.assert_problem(answer, "name-taken")
        self.assert_status(self.call("DELETE", "/templates/none?dry_run=true"), 404)


class IdempotencyTest(TemplateTest):
    def post(self, body, key):
        return self.call("POST", "/templates", body, headers={"Idempotency-Key": key})

    def test_create_is_replayed(self):
        body = {"name": "once ☕", "description": "d"}
        first, second = (self.post(body, "template-once") for _ in range(2))
        self.assert_status(first, 201)
        self.assertEqual((second.status, second.body), (201, first.body))
        self.assertEqual(second.headers["Idempotency-Replayed"], "true")
        for name in ("Location", "ETag"):
            self.assertEqual(second.headers[name], first.headers[name])
        answer = self.post({**body, "description": "other"}, "template-once")
        self.assert_problem(answer, "idempotency-mismatch")

    def test_refusals_are_replayed(self):
        self.template("taken once")
        for body, slug in (({"name": "TAKEN ONCE", "description": "d"}, "name-taken"),
                           ({"name": ""}, "validation")):
            first, second = (self.post(body, "refused " + slug) for _ in range(2))
            self.assert_problem(first, slug)
            self.assertEqual(second.body, first.body)
            self.assertEqual(second.headers["Idempotency-Replayed"], "true")


if __name__ == "__main__":
    unittest.main()
