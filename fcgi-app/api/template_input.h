/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The body of a request about a template: read from JSON into typed values, and laid over a present
 * template.
 */
#ifndef API_TEMPLATE_INPUT_H
#define API_TEMPLATE_INPUT_H

#include "api/task_input.h"
#include "task/template.h"

/* Values that passed their field's check. Everything lives in the arena of the faults. */
struct template_input {
    bool named;
    struct text name;
    struct task_input fields; /* those that a template shares with a task */
    const json_t *body;       /* borrowed: must outlive the input */
};

/* Reads a body (any JSON value) and adds every fault with its pointer. mode TASK_INPUT_CREATE: the
 * name is required and read-only fields are refused; TASK_INPUT_REPLACE: without a name it keeps
 * the present one. */
void template_input_read(struct faults *faults, const json_t *body, enum task_input_mode mode,
                         struct template_input *ret_input);

/* Lays the input over present (NULL when it creates). Adds a fault for each read-only field that
 * differs from its present value. False: without memory. Timestamps are the caller's. */
bool template_input_apply(struct faults *faults, const struct template_input *input,
                          const struct task_template *present, struct task_template *ret_template);

#endif
