/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The body of a request about a task: read from JSON into typed values, and laid over a present
 * task.
 */
#ifndef API_TASK_INPUT_H
#define API_TASK_INPUT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/faults.h"
#include "store/rows.h"
#include "task/task.h"

/* Bits of struct task_input.given. */
enum task_input_field {
    INPUT_DESCRIPTION = 1 << 0,
    INPUT_COMPLETED = 1 << 1,
    INPUT_PRIORITY = 1 << 2,
    INPUT_CATEGORY = 1 << 3,
    INPUT_DUE_DATE = 1 << 4,
    INPUT_NOTES = 1 << 5,
    INPUT_PARENT_ID = 1 << 6,
    INPUT_DEPENDS_ON = 1 << 7,
    INPUT_RECURRENCE_TYPE = 1 << 8,
    INPUT_RECURRENCE_INTERVAL = 1 << 9,
    INPUT_READ_ONLY = 1 << 10, /* some read-only field is in the body */
};

enum task_input_mode {
    TASK_INPUT_CREATE,   /* POST: read-only fields are refused */
    TASK_INPUT_REPLACE,  /* PUT: what is absent takes its default */
    TASK_INPUT_MERGE,    /* PATCH: what is absent stays, null clears (RFC 7396) */
    TASK_INPUT_OVERRIDE, /* POST over a template: as CREATE, but what is absent is the base's */
};

/* Values that passed their field's check; the rest has its default. depends_on is as given, in the
 * order of the body. Everything lives in the arena of the faults, read_only in the body. */
struct task_input {
    enum task_input_mode mode;
    unsigned given;
    struct task values;
    size_t *places;          /* of each id of values.depends_on: its index in the body's array */
    bool due_date_fault;     /* given, and told as a fault already: not missing */
    const json_t *body;      /* borrowed: must outlive the input */
    const struct task *base; /* of TASK_INPUT_OVERRIDE, set by the caller before it is applied */
};

/* Reads a body (any JSON value, or NULL for none) and adds every fault with its pointer. */
void task_input_read(struct faults *faults, const json_t *body, enum task_input_mode mode,
                     struct task_input *ret_input);

/* Lays the input over present (the stored task; NULL when it creates) and checks all that needs the
 * store: references exist, read-only fields equal the present ones, rules over several fields. Adds
 * faults; *ret_task is complete when none was added, its depends_on normalized. */
enum error_code task_input_apply(struct faults *faults, struct store_view *view,
                                 const struct task_input *input, const struct task *present,
                                 date_t today, struct task *ret_task);

/* Appends a reference token to a JSON pointer in a URI fragment (RFC 6901 sections 3 and 6).
 * Returns the new pointer in the arena; NULL without memory. */
const char *json_pointer_append(struct arena *arena, const char *pointer, const char *token,
                                size_t size);

#endif
