# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks?view=tree: root tasks with their children.

import unittest

from apitest import ApiTest


class ListTreeTest(ApiTest):
    fresh = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        create = cls.create
        cls.house = create("house", priority="low", category="personal")["id"]
        cls.trip = create("trip", priority="high", category="work")["id"]
        cls.milk = create("milk", priority="medium", category="shopping")["id"]
        cls.roof = create("roof", parent_id=cls.house, priority="high")["id"]
        cls.door = create("door", parent_id=cls.house, priority="low", completed=True)["id"]
        cls.hotel = create("hotel", parent_id=cls.trip, priority="low")["id"]
        cls.flight = create("flight", parent_id=cls.trip, priority="medium")["id"]

    def tree(self, query=""):
        """[(root id, [child ids])] of one page."""
        return [(task["id"], [child["id"] for child in task["children"]])
                for task in self.list(f"view=tree&{query}".rstrip("&"))["tasks"]]

    def test_roots_with_their_children(self):
        self.assertEqual(self.tree(), [(self.house, [self.roof, self.door]),
                                       (self.trip, [self.hotel, self.flight]), (self.milk, [])])

    def test_shapes(self):
        for root in self.list("view=tree")["tasks"]:
            self.assert_task(root, parent_id=None)
            self.assertIn("children", root)
            for child in root["children"]:
                self.assert_task(child, parent_id=root["id"])
                self.assertNotIn("children", child)

    def test_flat_view_has_no_children(self):
        for task in self.list("view=flat")["tasks"]:
            self.assertNotIn("children", task)

    def test_sort_orders_roots_and_keeps_children_under_them(self):
        self.assertEqual([root for root, _ in self.tree("sort=priority")],
                         [self.trip, self.milk, self.house])
        trees = dict(self.tree("sort=-id"))
        self.assertEqual(list(trees), [self.milk, self.trip, self.house])
        self.assertEqual({root: set(children) for root, children in trees.items()},
                         {self.house: {self.roof, self.door}, self.trip: {self.hotel, self.flight},
                          self.milk: set()})

    def test_filter_keeps_a_parent_for_its_child(self):
        self.assertEqual(self.tree("q=roof"), [(self.house, [self.roof])])
        self.assertEqual(self.tree("completed=true"), [(self.house, [self.door])])

    def test_parent_that_matches_shows_only_matching_children(self):
        self.assertEqual(self.tree("priority=low"),
                         [(self.house, [self.door]), (self.trip, [self.hotel])])
        self.assertEqual(self.tree("q=house"), [(self.house, [])])

    def test_nothing_matches(self):
        self.assertEqual(self.tree("q=nothing+of+this"), [])

    def test_pages_count_roots(self):
        first = self.list("view=tree&limit=2")
        self.assertEqual([task["id"] for task in first["tasks"]], [self.house, self.trip])
        self.assertEqual(len(first["tasks"][0]["children"]), 2)
        second = self.list(f"view=tree&limit=2&cursor={first['next_cursor']}")
        self.assertEqual([task["id"] for task in second["tasks"]], [self.milk])
        self.assertIsNone(second["next_cursor"])

    def test_of_one_parent(self):
        for sort in ("", "&sort=-id", "&sort=due_date", "&sort=description,priority"):
            with self.subTest(sort):
                (root, children), = self.tree(f"parent_id={self.house}{sort}")
                self.assertEqual((root, set(children)), (self.house, {self.roof, self.door}))
        self.assertEqual(self.tree(f"parent_id={self.house}&q=roof"), [(self.house, [self.roof])])
        self.assertEqual(self.tree(f"parent_id={self.house}&due=none&q=nothing"), [])
        self.assertEqual(self.tree(f"parent_id={self.milk}"), [])
        self.assertEqual(self.tree("parent_id=none"),
                         [(self.house, []), (self.trip, []), (self.milk, [])])

    def test_pages_of_a_filtered_and_sorted_tree(self):
        for query in ("sort=priority", "sort=-priority", "priority=low", "q=o&sort=description"):
            with self.subTest(query):
                whole = self.list(f"view=tree&{query}")["tasks"]
                self.assertEqual(self.pages(f"view=tree&{query}", 1), whole)

    def test_count_counts_every_match(self):
        page = self.list("view=tree&count=true")
        self.assertEqual(page["count"], {"total": 7, "completed": 1})
        self.assertEqual(self.list("view=tree&count=true&priority=low")["count"],
                         {"total": 3, "completed": 1})


if __name__ == "__main__":
    unittest.main()
