/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What is done to templates, and with them. As the operations on tasks: see operations.h.
 */
#ifndef API_OPERATIONS_TEMPLATE_H
#define API_OPERATIONS_TEMPLATE_H

#include "api/operations.h"
#include "api/template_input.h"

/* REFUSAL_NAME_TAKEN; REFUSAL_INVALID when there are TEMPLATE_COUNT_MAX already. */
enum error_code operation_template_create(struct operation *operation,
                                          const struct template_input *input,
                                          struct task_template *ret_template);

/* The template `name` (in any case) becomes what the input says, with a new name if that has one.
 * Changing nothing keeps the version. */
enum error_code operation_template_update(struct operation *operation, struct text name,
                                          const struct template_input *input,
                                          struct task_template *ret_template);

enum error_code operation_template_delete(struct operation *operation, struct text name);

/* Saves a stored task as a template. */
enum error_code operation_template_save(struct operation *operation, int64_t task_id,
                                        struct text name, struct task_template *ret_template);

/* Creates a task from the template `name`. input: of mode TASK_INPUT_OVERRIDE; its base is set. */
enum error_code operation_template_use(struct operation *operation, struct text name,
                                       struct task_input *input, struct task *ret_task);

/* The task that a template is the base of, in the arena. ERROR_NOT_FOUND. */
enum error_code template_base(struct store_view *view, struct text name, struct arena *arena,
                              const struct task **ret_base);

#endif
