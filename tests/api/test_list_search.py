# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks?q=: substring search without regard to case, of any length, in any script.

import unittest
import urllib.parse

import fastcgi
from apitest import ApiTest


class ListSearchTest(ApiTest):
    def search(self, text):
        return self.listed("limit=200&q=" + urllib.parse.quote(text, safe=""))

    def expect(self, description, *queries, notes=""):
        task = self.create(description, notes=notes)["id"]
        for query in queries:
            with self.subTest(query):
                self.assertIn(task, self.search(query))

    def test_substring_anywhere(self):
        self.expect("Write the Documentation", "doc", "DOC", "Documentation", "ment", "tion",
                    "the doc", "e d", "write the documentation")

    def test_one_and_two_characters(self):
        self.expect("Xylophone 7", "x", "X", "7", "xy", "ph", "e ", " 7")

    def test_notes_over_several_lines(self):
        self.expect("plain", "second line", "nd li", notes="first line\nsecond line")

    def test_across_a_line_break(self):
        """Not through lighttpd, which refuses control characters in a target."""
        task = self.create("plain", notes="first part\nsecond part")["id"]
        answer = fastcgi.request(self.stack.app.socket, "GET", "/api/v1/tasks?q=part%0Asecond")
        self.assertEqual([one["id"] for one in answer.json["tasks"]], [task])

    def test_what_is_not_there(self):
        self.create("Something else")
        for query in ("zzqq", "else Something", "qz", "\u2603"):
            with self.subTest(query):
                self.assertEqual(self.search(query), [])

    def test_its_trigrams_elsewhere_are_not_the_text(self):
        """The search index knows which trigrams a text has, not where."""
        apart = self.create("bananarama nasal", notes="rambling", parent_id=self.create("p")["id"])
        for query in ("nanas", "namal", "ramananarama", "banananana"):
            with self.subTest(query):
                self.assertNotIn(apart["id"], self.search(query))
                self.assertEqual(self.call("GET", f"/tasks?count=true&q={query}").json["count"]["total"],
                                 0)
                self.assertEqual(self.listed(f"q={query}&view=tree"), [])
        together = self.create("Ban an ananas")["id"]
        self.assertEqual(self.search("nanas"), [together])

    def test_every_letter_case(self):
        self.expect("\u00c4rger in Z\u00fcrich", "\u00e4rger", "\u00c4RGER", "z\u00dcrich",
                    "\u00fc")
        self.expect("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c3", "\u03b4\u03bf")
        self.expect("\u041f\u0440\u0438\u0432\u0435\u0442", "\u043f\u0440\u0438\u0432\u0435\u0442",
                    "\u041f\u0420")

    def test_scripts_and_symbols(self):
        self.expect("\u8cb7\u3044\u7269\u30ea\u30b9\u30c8", "\u8cb7", "\u3044\u7269",
                    "\u8cb7\u3044\u7269\u30ea")
        self.expect("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", "\u05dc\u05d5",
                    "\u05dd \u05e2")
        self.expect("party \U0001f389\U0001f389", "\U0001f389", "\U0001f389\U0001f389",
                    "y \U0001f389")
        self.expect("e\u0301tude", "\u0301", "e\u0301t")

    def test_characters_that_mean_something_elsewhere(self):
        for text in ("100%", "under_score", 'say "hi"', "it's", "a*b", "a AND b", "a OR b", "NOT c",
                     "NEAR(a b)", "col:umn", "(paren", "-minus", "^caret", "back\\slash", "a;b--",
                     "\u00a0nbsp\u00a0x", "{brace}", "[a-z]", "?mark"):
            with self.subTest(text):
                task = self.create(f"<{text}> special")["id"]
                self.assertIn(task, self.search(text))

    def test_wildcards_match_only_themselves(self):
        plain = self.create("wildcards ab axb a.b")["id"]
        for query in ("a_b", "a%b", "a*b axb", "a?b axb", "wild%", "wild*"):
            with self.subTest(query):
                self.assertNotIn(plain, self.search(query))

    def test_found_after_a_change_and_no_more_by_the_old_text(self):
        task = self.create("before the change", notes="oldnotes")["id"]
        self.call("PATCH", f"/tasks/{task}", {"description": "afterwards", "notes": "newnotes"})
        for query, found in (("afterwards", True), ("newnotes", True), ("before the", False),
                             ("oldnotes", False), ("af", True)):
            with self.subTest(query):
                self.assertEqual(task in self.search(query), found)

    def test_not_found_after_deletion(self):
        task = self.create("short lived thing")["id"]
        self.call("DELETE", f"/tasks/{task}")
        self.assertEqual(self.search("short lived"), [])

    def test_pages_of_a_search(self):
        ids = [self.create(f"searchable {number}")["id"] for number in range(25)]
        for query in ("q=searchable", "q=se&sort=-id", "q=searchable&sort=description"):
            with self.subTest(query):
                found = {task["id"] for task in self.pages(query, 10)}
                self.assertLessEqual(set(ids), found)

    def test_white_space_is_searched_as_it_is(self):
        one = self.create("two  spaces")["id"]
        self.assertIn(one, self.search("o  s"))
        self.assertNotIn(one, self.search("o s"))

    def test_limits_of_a_search_text(self):
        self.assertEqual(self.search("\u00e9" * 1000), [])
        for text in ("", "x" * 1001):
            with self.subTest(len(text)):
                self.assert_faults(self.call("GET", f"/tasks?q={text}"), "parameter q")

    def test_invalid_utf8(self):
        for text in ("%FF", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "a%E2%82"):
            with self.subTest(text):
                answer = self.call("GET", f"/tasks?q={text}", proxy=True)
                self.assert_status(answer, 400)


if __name__ == "__main__":
    unittest.main()
