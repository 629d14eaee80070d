# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Names of templates: their form, unique whatever the case, and found again by the path.

import string
import unittest
import unicodedata
from urllib.parse import quote

from apitest import in_threads
from templatetest import TemplateTest, template_path


class NameTest(TemplateTest):
    def post(self, name):
        return self.call("POST", "/templates", {"name": name, "description": "d"})

    def test_white_space_at_the_ends_is_dropped(self):
        self.assertEqual(self.template(" \t trimmed  name\u3000\n")["name"], "trimmed  name")
        self.read_template("trimmed  name")

    def test_white_space_at_the_ends_of_the_path_too(self):
        template = self.template("path trimmed")
        for path in ("%20path%20trimmed", "path%20trimmed%E3%80%80%20", "%20Path%20TRIMMED%20"):
            with self.subTest(path):
                self.assertEqual(self.call("GET", "/templates/" + path).json, template)
                self.assert_status(self.call("POST", f"/templates/{path}/tasks"), 201)
        self.assert_status(self.call("GET", "/templates/%20"), 404)

    def test_length_counts_code_points(self):
        name = "😀" * 100
        self.assertEqual(self.template(name)["name"], name)
        self.assertEqual(self.read_template(name)["name"], name)
        self.assert_faults(self.post("a" * 101), "#/name")
        self.template(" " + "b" * 100 + " ")

    def test_names_that_are_refused(self):
        for name in ("", " ", "\u3000", "a/b", "/", "a\nb", "a\tb", "a\x00b", "\x7f", "a\x85b",
                     ".", "..", " . ", 5, True, ["a"], {"a": 1}, None):
            with self.subTest(repr(name)):
                self.assert_faults(self.post(name), "#/name")

    def test_a_slash_divides_the_path(self):
        for path in ("/templates/a%2Fb", "/templates/a/b", "/templates/", "/templates//"):
            with self.subTest(path):
                self.assert_status(self.call("GET", path), 404)

    def test_every_printable_character(self):
        for character in (string.ascii_lowercase + string.digits + string.punctuation).replace("/", ""):
            name = f"printable {character}{character} end"
            with self.subTest(name):
                template = self.template(name)
                for path in (template_path(name), "/templates/" + quote(name, safe="")):
                    answer = self.call("GET", path)
                    self.assert_status(answer, 200)
                    self.assertEqual(answer.json, template)

    def test_names_of_one_character(self):
        for name in ("?", "#", "%", "+", "&", "\\", "~", "...", "....", "%2F", "%00", "tasks"):
            with self.subTest(name):
                self.template(name)
                answer = self.call("GET", "/templates/" + quote(name, safe=""))
                self.assert_status(answer, 200)
                self.assertEqual(answer.json["name"], name)

    def test_location_leads_to_it(self):
        for name in ("Jedes Jahr ☕", "100%", "a;b=c", "who?", "e\u0301", "שלום עולם", "日本語"):
            with self.subTest(name):
                answer = self.post(name)
                self.assert_status(answer, 201)
                location = answer.headers["Location"]
                self.assertRegex(location, r"^/api/v1/templates/[!-~]+$")
                self.assertEqual(self.send("GET", location).json["name"], name)

    def test_path_that_is_no_name(self):
        for path in ("/templates/%FF", "/templates/%C0%AF", "/templates/%00"):
            with self.subTest(path):
                answer = self.call("GET", path, proxy=True)
                self.assertIn(answer.status, (400, 404))
        self.assert_status(self.call("GET", "/templates/" + "a" * 300), 404)


class UniqueTest(TemplateTest):
    def test_case_makes_no_difference(self):
        for name, same in (("Weekly", "wEEKLY"), ("straße", "STRAßE"), ("ΣΊΣΥΦΟΣ", "σίσυφος"),
                           ("école", "ÉCOLE"), ("жук", "ЖУК")):
            with self.subTest(name):
                template = self.template(name)
                answer = self.call("POST", "/templates", {"name": same, "description": "d"})
                problem = self.assert_problem(answer, "name-taken")
                self.assertIn(name, problem["detail"])
                self.assertEqual(self.read_template(same), template)

    def test_white_space_makes_no_name_of_its_own(self):
        self.template("spaced")
        answer = self.call("POST", "/templates", {"name": "  Spaced ", "description": "d"})
        self.assert_problem(answer, "name-taken")

    def test_composed_and_decomposed_are_two_names(self):
        for form in ("NFC", "NFD"):
            self.template(unicodedata.normalize(form, "Näher"))

    def test_one_of_many_at_the_same_time(self):
        answers = in_threads(8, lambda index: self.call(
            "POST", "/templates", {"name": "rAcE" if index % 2 else "RaCe", "description": "d"}))
        self.assertEqual(sorted(answer.status for answer in answers), [201] + [409] * 7)


class RenameTest(TemplateTest):
    def put(self, name, body):
        return self.call("PUT", template_path(name), body)

    def test_rename(self):
        before = self.template("old name")
        answer = self.put("OLD NAME", {"name": "New name", "description": "d"})
        self.assert_status(answer, 200)
        self.assert_template(answer.json, name="New name", version=2,
                             created_at=before["created_at"])
        self.assert_status(self.call("GET", template_path("old name")), 404)
        self.assertEqual(self.read_template("new NAME"), answer.json)
        self.template("old name")

    def test_only_the_case(self):
        self.template("case")
        answer = self.put("case", {"name": "CASE", "description": "A task"})
        self.assert_template(answer.json, name="CASE", version=2)
        self.assertEqual(self.names().count("CASE"), 1)

    def test_name_of_another(self):
        self.template("first")
        before = self.template("second")
        answer = self.put("second", {"name": "First", "description": "new"})
        self.assert_problem(answer, "name-taken")
        self.assertEqual(self.read_template("second"), before)

    def test_path_in_another_case_does_not_rename(self):
        before = self.template("Kept")
        answer = self.put("KEPT", {"description": before["description"]})
        self.assertEqual(answer.json, before)

    def test_name_that_is_refused(self):
        self.template("stays")
        for name in ("", "a/b", "..", None, 5):
            with self.subTest(repr(name)):
                answer = self.put("stays", {"name": name, "description": "d"})
                self.assert_faults(answer, "#/name")


if __name__ == "__main__":
    unittest.main()
