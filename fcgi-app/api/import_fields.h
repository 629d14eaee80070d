/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The values in the records of an imported document. Private to the import's files.
 */
#ifndef API_IMPORT_FIELDS_H
#define API_IMPORT_FIELDS_H

#include "api/import.h"

#define IMPORT_POINTER_SIZE 320

/* One record on its way: where it is, what it becomes. */
struct import_reading {
    struct faults *faults;
    char pointer[IMPORT_POINTER_SIZE]; /* of the record, and of the field while that is read */
    size_t prefix;                     /* the length of the record's */
    int64_t now;
    struct task *task;
    bool is_named;                   /* a template whose name stands before it */
    struct task_template *template_; /* NULL for a task */
    const json_t *completed_at;      /* read when it is known whether the task is completed */
    unsigned given;                  /* IMPORT_GIVEN bits */
};

enum import_given {
    IMPORT_GIVEN_ID = 1 << 0,
    IMPORT_GIVEN_DESCRIPTION = 1 << 1,
    IMPORT_GIVEN_CREATED_AT = 1 << 2,
    IMPORT_GIVEN_UPDATED_AT = 1 << 3,
    IMPORT_GIVEN_ANCHOR = 1 << 4,
    IMPORT_GIVEN_INDEX = 1 << 5,
    IMPORT_GIVEN_NAME = 1 << 6,
    IMPORT_GIVEN_TYPE = 1 << 7,
};

/* Reads every member of an object that is not null, of a task or of a template. */
void import_read_fields(struct import_reading *reading, const json_t *object);

/* Reads a task from a value that should be an object. reading->pointer is the record's; the task is
 * initialised here. False: it has a fault. */
bool import_read_task(struct import_reading *reading, const json_t *value);

/* The same for a template: the fields description, priority, category, notes, recurring, created_at
 * and updated_at, and name unless it is set already. */
bool import_read_template(struct import_reading *reading, const json_t *value);

/* An instant: RFC 3339, or a local time as Phase III wrote it, "2026-01-05 10:11:12". */
bool import_instant(const char *text, size_t size, int64_t *ret_instant);

#endif
