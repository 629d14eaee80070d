# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A small stand-in for the Phase III program: the module src.storage with what the exporter reads,
and a src.main that adds a task when it runs."""

import pathlib
import subprocess
import sys

from support.process import ROOT

EXPORTER = ROOT / "scripts/phase3-export.py"

STORAGE = '''
_tasks = [
    {"id": 1, "description": "Plan the move", "completed": False,
     "created_at": "2025-07-01 08:00:00", "priority": "high", "category": "personal",
     "due_date": "2025-12-31", "notes": "Boxes\\nVan", "parent_id": None, "depends_on": [],
     "recurring": None, "archived": False, "completed_at": None},
    {"id": 2, "description": "Order boxes", "completed": True,
     "created_at": "2025-07-01 08:05:00", "priority": "medium", "category": "shopping",
     "due_date": None, "notes": "", "parent_id": 1, "depends_on": [],
     "recurring": None, "archived": False, "completed_at": "2025-07-02 09:30:00"},
    {"id": 4, "description": "Pay the rent", "completed": False,
     "created_at": "2025-07-03 10:00:00", "priority": "high", "category": "personal",
     "due_date": "2025-08-31", "notes": "", "parent_id": None, "depends_on": [1, 2],
     "recurring": {"type": "monthly", "interval": 1}, "archived": False, "completed_at": None},
    {"id": 5, "description": "Old thing", "completed": True,
     "created_at": "2025-06-01 10:00:00", "priority": "low", "category": "other",
     "due_date": None, "notes": "", "parent_id": None, "depends_on": [],
     "recurring": None, "archived": True, "completed_at": "2025-06-02 10:00:00"},
]
_next_task_id = 8
_task_templates = {
    "weekly report": {"description": "Write the report", "priority": "high", "category": "work",
                      "notes": "", "recurring": {"type": "weekly", "interval": 1}},
}
'''

MAIN = '''
import sys
from src import storage

def main():
    storage._tasks.append({"id": 8, "description": "Added by " + " ".join(sys.argv[1:]),
                           "completed": False, "created_at": "2025-07-04 10:00:00"})
    storage._next_task_id = 9
    raise SystemExit(0)

if __name__ == "__main__":
    main()
'''


def write_program(folder, storage=STORAGE):
    """The program in a folder: what --root names."""
    source = pathlib.Path(folder, "src")
    source.mkdir(parents=True, exist_ok=True)
    (source / "__init__.py").write_text("", encoding="utf-8")
    (source / "storage.py").write_text(storage, encoding="utf-8")
    (source / "main.py").write_text(MAIN, encoding="utf-8")
    return pathlib.Path(folder)


def export(*arguments):
    return subprocess.run([sys.executable, str(EXPORTER), *map(str, arguments)],
                          capture_output=True, text=True, timeout=60, check=False)
