# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A peer for the benchmark: three of the service's endpoints on the same schema, written as one
writes a small service with FastAPI. The database is that of the environment variable DATABASE."""

import base64
import binascii
import os
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Response

import store
from models import NewTask, Task, TaskList

app = FastAPI(title="Todo App peer")
database = store.Store(os.environ["DATABASE"])


def decode_cursor(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise HTTPException(400, "cursor: is damaged") from None


def encode_cursor(last: int) -> str:
    return base64.urlsafe_b64encode(str(last).encode()).rstrip(b"=").decode()


# The reads are coroutines: a query on an index takes microseconds, a hop to a thread takes more.
@app.get("/api/v1/tasks/{task_id}")
async def read_task(task_id: int, response: Response) -> Task:
    task = database.get(task_id)
    if task is None:
        raise HTTPException(404, "there is no task with this id")
    response.headers["ETag"] = f'"{task.version}"'
    return task


@app.get("/api/v1/tasks")
async def list_tasks(limit: Annotated[int, Query(ge=1, le=200)] = 50,
                     cursor: str | None = None) -> TaskList:
    tasks, more = database.page(decode_cursor(cursor), limit)
    return TaskList(tasks=tasks, next_cursor=encode_cursor(tasks[-1].id) if more else None,
                    today=store.today())


# A commit waits for the disk, so this one runs in a thread.
@app.post("/api/v1/tasks", status_code=201)
def create_task(body: NewTask, response: Response) -> Task:
    task = database.create(body)
    response.headers["ETag"] = f'"{task.version}"'
    response.headers["Location"] = f"/api/v1/tasks/{task.id}"
    return task
