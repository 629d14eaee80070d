/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The task and other domain values as JSON: one shape for single answers and lists.
 */
#ifndef API_TASK_JSON_H
#define API_TASK_JSON_H

#include "base/json_writer.h"
#include "task/task.h"

#define TASK_TAG_SIZE 40

/* Writes the task's object without its closing brace, so that a list can add `children`. */
void task_json_open(struct json_writer *w, const struct task *task, date_t today);
void task_json(struct json_writer *w, const struct task *task, date_t today);

/* A member that is null for DATE_NONE, INSTANT_NONE and RECURRENCE_NONE. */
void json_member_date(struct json_writer *w, const char *key, date_t date);
void json_member_instant(struct json_writer *w, const char *key, int64_t instant);
void json_member_recurrence(struct json_writer *w, const struct recurrence *recurrence);

void json_id_array(struct json_writer *w, struct id_list ids);

/* The entity tag, without quotes: version, and the days overdue while it is overdue, since the
 * answer changes with the date, too. */
void task_tag(const struct task *task, date_t today, char out[static TASK_TAG_SIZE]);

#endif
