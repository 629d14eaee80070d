# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks: pages and their cursors; what happens to them while rows come and go.

import random
import re
import unittest
import urllib.parse

from apitest import ApiTest, in_threads


class ListCursorTest(ApiTest):
    fresh = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        in_threads(8, lambda worker: [
            cls.create(f"page {worker} {number}", priority=("high", "low")[number % 2],
                       due_date=None if number % 3 == 0 else f"2031-01-{number % 28 + 1:02}")
            for number in range(40)])

    def cursor(self, query="limit=5"):
        return self.list(query)["next_cursor"]

    def test_pages_join_to_the_whole(self):
        whole = self.listed("q=page&limit=200")
        for limit in (1, 50, 199, 200):
            with self.subTest(limit):
                paged = [task["id"] for task in self.pages("q=page", limit)]
                self.assertEqual(len(paged), 320)
                self.assertEqual(paged[:200], whole)
                self.assertEqual(paged, sorted(set(paged)))

    def test_default_page_is_fifty(self):
        self.assertEqual(len(self.listed()), 50)

    def test_no_cursor_on_the_last_page(self):
        page = self.list("q=page+0&limit=40")
        self.assertEqual(len(page["tasks"]), 40)
        self.assertIsNone(page["next_cursor"], "a last page that is exactly full")
        self.assertIsNone(self.list("q=nothing+like+this")["next_cursor"])

    def test_cursor_is_safe_in_a_url(self):
        self.assertRegex(self.cursor("limit=5&sort=description"), r"^[A-Za-z0-9_-]+$")

    def test_link_header_leads_to_the_next_page(self):
        answer = self.call("GET", "/tasks?sort=-id&limit=7&completed=false")
        target = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers["Link"]).group(1)
        path, _, query = target.partition("?")
        self.assertEqual(path, "/api/v1/tasks")
        parameters = dict(urllib.parse.parse_qsl(query, strict_parsing=True))
        self.assertEqual(parameters, {"sort": "-id", "limit": "7", "completed": "false",
                                      "cursor": answer.json["next_cursor"]})
        following = self.send("GET", target)
        self.assert_status(following, 200)
        self.assertLess(following.json["tasks"][0]["id"], answer.json["tasks"][-1]["id"])

    def test_link_header_keeps_what_needs_escapes(self):
        for number in range(2):
            self.create(f'a&b=c +% "<\u00e9>" {number}')
        answer = self.call("GET", "/tasks?limit=1&q=" + urllib.parse.quote('a&b=c +% "<\u00e9>"'))
        target = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers["Link"]).group(1)
        following = self.send("GET", target)
        self.assert_status(following, 200)
        self.assertEqual(len(following.json["tasks"]), 1)

    def test_no_link_on_the_last_page(self):
        answer = self.call("GET", "/tasks?q=page+0&limit=200")
        self.assertIsNone(answer.headers["Link"])

    def test_other_limit_and_count_may_be_used_with_it(self):
        cursor = self.cursor("limit=5&sort=priority")
        page = self.list(f"limit=9&count=true&sort=priority&cursor={cursor}")
        self.assertEqual([task["id"] for task in page["tasks"]],
                         self.listed("limit=200&sort=priority")[5:14])
        self.assertEqual(page["count"]["total"], self.list("limit=1&count=true")["count"]["total"])

    def test_cursor_of_another_query(self):
        cursor = self.cursor("limit=5&sort=priority&priority=high&q=page")
        same = "sort=priority&priority=high&q=page"
        self.assertEqual(len(self.listed(f"{same}&limit=5&cursor={cursor}")), 5)
        for other in ("", "sort=-priority&priority=high&q=page", "sort=priority&q=page",
                      "sort=priority&priority=high", "sort=priority&priority=high&q=pag",
                      f"{same}&completed=false", f"{same}&view=tree", f"{same}&archived=any",
                      f"{same}&due=none", f"{same}&due_before=2040-01-01", f"{same}&blocked=false",
                      f"{same}&recurring=false", f"{same}&parent_id=none",
                      f"{same}&category=other"):
            with self.subTest(other):
                answer = self.call("GET", f"/tasks?{other}&cursor={cursor}".replace("?&", "?"))
                self.assert_faults(answer, "parameter cursor")

    def test_same_query_written_otherwise_is_the_same_query(self):
        cursor = self.cursor("limit=5&priority=high,low&sort=priority")
        self.listed(f"cursor={cursor}&priority=low,high&sort=priority,id&archived=false")

    def test_cursor_of_another_today(self):
        cursor = self.cursor("limit=5&due=month&today=2031-01-01")
        answer = self.call("GET", f"/tasks?due=month&today=2031-02-01&cursor={cursor}")
        self.assert_faults(answer, "parameter cursor")

    def test_damaged_cursor(self):
        cursor = self.cursor("limit=5&sort=description")
        generator = random.Random(4)
        damaged = {"x", "====", cursor[:-1], cursor[1:], cursor + "A", cursor + "=", cursor * 2,
                   cursor[:len(cursor) // 2], "A" * len(cursor), "%00", "%F0%9F%98%80", "A" * 3000}
        for _ in range(60):
            at = generator.randrange(len(cursor))
            other = generator.choice([c for c in "ABCXYZabcxyz0189-_" if c != cursor[at]])
            damaged.add(cursor[:at] + other + cursor[at + 1:])
        for text in sorted(damaged):
            with self.subTest(text[:80]):
                answer = self.call("GET", f"/tasks?sort=description&cursor={text}", proxy=True)
                if text == "%00":  # lighttpd or the app: refused in any case
                    self.assert_status(answer, 400)
                else:
                    self.assert_faults(answer, "parameter cursor")

    def test_empty_cursor(self):
        self.assert_faults(self.call("GET", "/tasks?cursor="), "parameter cursor")

    def test_cursor_of_the_longest_description(self):
        ids = [self.create("\U0001f600" * 1000)["id"] for _ in range(2)]
        query = "q=%F0%9F%98%80%F0%9F%98%80&limit=1&sort=description"
        page = self.list(query)
        self.assertEqual(page["tasks"][0]["id"], ids[0])
        following = self.listed(f"{query}&cursor={page['next_cursor']}")
        self.assertEqual(following, ids[1:])

    def test_cursor_survives_the_deletion_of_its_row(self):
        ids = [self.create(f"vanish {number}")["id"] for number in range(6)]
        page = self.list("q=vanish&limit=3")
        self.call("DELETE", f"/tasks/{ids[2]}")
        self.assertEqual(self.listed(f"q=vanish&limit=3&cursor={page['next_cursor']}"), ids[3:])

    def test_two_followers_of_one_cursor_see_the_same(self):
        cursor = self.cursor("limit=5&sort=due_date")
        query = f"limit=5&sort=due_date&cursor={cursor}"
        self.assertEqual(self.listed(query), self.listed(query))


class StabilityTest(ApiTest):
    """A row that does not move is never skipped and never repeated, whatever happens around it."""

    fresh = True
    ORDERS = ("id", "-id", "priority", "-due_date", "description", "-created_at")

    def stable_rows(self, sort):
        mark = f"stable{self.ORDERS.index(sort)}"
        names = [f"{mark} {index:02}" for index in range(30)]
        generator = random.Random(sort)
        generator.shuffle(names)
        return mark, {
            self.create(name, priority=generator.choice(("high", "medium", "low")),
                        due_date=generator.choice((None, "2031-01-01", "2031-02-01")))["id"]
            for name in names}

    def test_rows_inserted_and_deleted_between_pages(self):
        for sort in self.ORDERS:
            with self.subTest(sort):
                mark, stable = self.stable_rows(sort)
                extra = [self.create(f"{mark} passing {index}")["id"] for index in range(12)]

                def disturb():
                    if extra:
                        self.call("DELETE", f"/tasks/{extra.pop()}")
                    for priority in ("high", "low"):
                        self.create(f"{mark} {priority}", priority=priority, due_date="2031-01-15")

                query = f"q={mark}&sort={sort}"
                # new rows may go on for ever ahead of an ascending reader: bounded by the pages
                seen, cursor = [], ""
                for _ in range(60):
                    page = self.list(f"{query}&limit=4{cursor}")
                    seen += [task["id"] for task in page["tasks"]]
                    if page["next_cursor"] is None:
                        break
                    if len(extra) > 6:
                        disturb()
                    cursor = f"&cursor={page['next_cursor']}"
                else:
                    self.fail("the list does not end")
                self.assertEqual(len(seen), len(set(seen)), "a row was repeated")
                self.assertLessEqual(stable, set(seen), "a row was skipped")

    def test_rows_inserted_and_deleted_at_the_same_time(self):
        ids = {self.create(f"steady {number}")["id"] for number in range(60)}
        stop = []

        def work(index):
            if index == 0:
                try:
                    return [[task["id"] for task in self.pages("q=steady", 5)] for _ in range(4)]
                finally:
                    stop.append(True)
            while not stop:
                task = self.create("steady, but passing")
                self.call("DELETE", f"/tasks/{task['id']}")

        for seen in in_threads(3, work)[0]:
            self.assertEqual(len(seen), len(set(seen)))
            self.assertLessEqual(ids, set(seen))


if __name__ == "__main__":
    unittest.main()
