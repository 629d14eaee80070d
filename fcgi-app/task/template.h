/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The template: what is kept of a task to create others from it, under a name of its own. Free of
 * JSON, HTTP and SQL.
 */
#ifndef TASK_TEMPLATE_H
#define TASK_TEMPLATE_H

#include "base/faults.h"
#include "task/task.h"

#define TEMPLATE_NAME_MAX  100  /* code points after trimming */
#define TEMPLATE_COUNT_MAX 1000 /* that a client may create: all are in one answer */

struct task_template {
    int64_t id;       /* 0 before it is stored; no client sees it: names are the key */
    struct text name; /* no two are equal without regard to case, as utf8_fold sees it */
    struct text description;
    struct text notes;
    enum task_priority priority;
    enum task_category category;
    struct recurrence recurring; /* type and interval; no series has begun: no anchor, index 0 */
    int64_t created_at;
    int64_t updated_at;
    int64_t version; /* 1, 2, ... */
};

/* All defaults: those of a task; texts empty; timestamps 0; version 1. */
void template_init(struct task_template *task_template);

/* 1 to TEMPLATE_NAME_MAX code points after trimming white space; no control characters; no "/", and
 * neither "." nor "..": the name is one segment of a path. data need not be terminated; it may hold
 * any bytes. The accepted name is copied into the arena of faults; else a fault at pointer is added
 * and the output is untouched. */
bool validate_template_name(struct faults *faults, const char *pointer, const char *data,
                            size_t size, struct text *ret_name);

/* What a template keeps of a task: description, priority, category, notes, recurrence. Texts are
 * shared with the task. */
void template_from_task(const struct task *task, int64_t now, struct task_template *ret_template);

/* The task that a template describes: open, without dates, not yet stored. Texts are shared with
 * the template. A recurring one needs a due date before it is stored. */
void template_to_task(const struct task_template *task_template, struct task *ret_task);

#endif
