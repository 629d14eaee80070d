# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the tests of templates share: their paths, their shape, and the journal's last entry.

import sqlite3
from urllib.parse import quote

from apitest import ApiTest, INSTANT

TEMPLATE_FIELDS = ("name", "description", "priority", "category", "notes", "recurring",
                   "created_at", "updated_at", "version")
# RFC 3986 section 3.3: what a segment may hold as it is, as answers write it.
SEGMENT_SAFE = "-._~!$&'()*+,;=:@"


def template_path(name):
    return "/templates/" + quote(name, safe=SEGMENT_SAFE)


class TemplateTest(ApiTest):
    @classmethod
    def template(cls, name, description="A task", **fields):
        answer = cls.call("POST", "/templates",
                          {"name": name, "description": description, **fields})
        assert answer.status == 201, answer
        return answer.json

    @classmethod
    def read_template(cls, name):
        answer = cls.call("GET", template_path(name))
        assert answer.status == 200, answer
        return answer.json

    @classmethod
    def names(cls):
        answer = cls.call("GET", "/templates")
        assert answer.status == 200, answer
        return [template["name"] for template in answer.json["templates"]]

    @classmethod
    def last_change(cls):
        """Action, summary and the kinds of the rows of the newest change."""
        connection = sqlite3.connect(f"file:{cls.stack.database}?mode=ro", uri=True, timeout=30)
        try:
            seq, action, summary = connection.execute(
                "SELECT seq, action, summary FROM change ORDER BY seq DESC LIMIT 1").fetchone()
            kinds = connection.execute("SELECT kind FROM change_row WHERE seq = ?",
                                       (seq,)).fetchall()
            return action, summary, [kind for kind, in kinds]
        finally:
            connection.close()

    def assert_template(self, template, **expected):
        """Has exactly the members of a template, of the right forms, and these values."""
        self.assertEqual(tuple(template), TEMPLATE_FIELDS)
        self.assertRegex(template["created_at"], f"^{INSTANT.pattern}$")
        self.assertRegex(template["updated_at"], f"^{INSTANT.pattern}$")
        self.assertEqual({name: template[name] for name in expected}, expected)
