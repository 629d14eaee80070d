# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The bodies of requests and answers."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Priority = Literal["high", "medium", "low"]
Category = Literal["work", "personal", "shopping", "other"]
Description = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1,
                                               max_length=1000)]
Notes = Annotated[str, StringConstraints(max_length=20000)]


class NewTask(BaseModel):
    model_config = ConfigDict(extra="forbid")

    description: Description
    priority: Priority = "medium"
    category: Category = "other"
    due_date: datetime.date | None = None
    notes: Notes = ""


class Recurrence(BaseModel):
    type: Literal["daily", "weekly", "monthly"]
    interval: int


class Progress(BaseModel):
    total: int
    completed: int


class Task(BaseModel):
    id: int
    description: str
    completed: bool
    priority: Priority
    category: Category
    due_date: datetime.date | None
    notes: str
    parent_id: int | None
    depends_on: list[int]
    recurring: Recurrence | None
    archived: bool
    created_at: str
    updated_at: str
    completed_at: str | None
    version: int
    overdue: bool
    days_overdue: int
    blocked: bool
    subtasks: Progress
    dependencies: Progress


class TaskList(BaseModel):
    tasks: list[Task]
    next_cursor: str | None
    today: datetime.date
