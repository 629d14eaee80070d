/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Creating, changing, deleting and using templates.
 */
#include "api/operations_template.h"

#include <string.h>

#include "api/operation_rules.h"

/* --- Rules ------------------------------------------------------------------------------------ */

static enum error_code refuse_missing(struct operation *operation)
{
    return operation_refuse(operation, REFUSAL_NOT_FOUND, (struct id_list){0},
                            "There is no template with this name.");
}

/* The stored template, if the caller accepts its version. */
static enum error_code load(struct operation *operation, struct text name,
                            struct task_template *ret_template)
{
    struct task_template row;
    enum error_code code =
        store_template_get(store_tx_view(operation->tx), name, operation->arena, &row);
    if (code == ERROR_NOT_FOUND)
        return refuse_missing(operation);
    if (code != ERROR_NONE)
        return code;
    if (operation->accepts != NULL && !operation->accepts(operation->accepts_context, row.version))
        return operation_refuse(operation, REFUSAL_STALE, (struct id_list){0}, NULL);
    *ret_template = row;
    return ERROR_NONE;
}

/* Refuses a name that another template than `own_id` has. */
static enum error_code check_name(struct operation *operation, struct text name, int64_t own_id)
{
    struct task_template other;
    enum error_code code =
        store_template_get(store_tx_view(operation->tx), name, operation->arena, &other);
    if (code == ERROR_NOT_FOUND || (code == ERROR_NONE && other.id == own_id))
        return ERROR_NONE;
    if (code != ERROR_NONE)
        return code;
    const char *detail = arena_printf(
        operation->arena, "There is a template \u201c%s\u201d already; case makes no difference.",
        other.name.data);
    return operation_refuse(operation, REFUSAL_NAME_TAKEN, (struct id_list){0}, detail);
}

static enum error_code check_room(struct operation *operation)
{
    struct faults *faults = &operation->refusal.faults;
    int64_t count = 0;
    enum error_code code = store_template_count(store_tx_view(operation->tx), &count);
    if (code != ERROR_NONE || count < TEMPLATE_COUNT_MAX)
        return code;
    faults_init(faults, operation->arena);
    faults_add(faults, FAULT_POINTER, "#", "there may be %d templates; delete one first",
               TEMPLATE_COUNT_MAX);
    operation->refusal.kind = REFUSAL_INVALID;
    return ERROR_NONE;
}

/* The journal's entry: "<verb> “<name>”". */
static enum error_code begin_change(struct operation *operation, enum change_action action,
                                    const char *verb, struct text name)
{
    const struct task named = {.description = name};
    return operation_begin_change(operation, action, verb, &named);
}

/* --- Create ----------------------------------------------------------------------------------- */

static enum error_code insert(struct operation *operation, struct task_template *row)
{
    enum error_code code = check_name(operation, row->name, 0);
    if (code == ERROR_NONE && !operation_refused(operation))
        code = check_room(operation);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    row->created_at = row->updated_at = operation->now;
    code = begin_change(operation, CHANGE_TEMPLATE_CREATE, "Create template", row->name);
    if (code == ERROR_NONE)
        code = store_template_insert(operation->tx, row);
    return code == ERROR_NONE ? store_change_end(operation->tx) : code;
}

enum error_code operation_template_create(struct operation *operation,
                                          const struct template_input *input,
                                          struct task_template *ret_template)
{
    struct task_template row;
    if (!template_input_apply(&operation->refusal.faults, input, NULL, &row))
        return ERROR_MEMORY;
    enum error_code code = insert(operation, &row);
    if (code == ERROR_NONE && !operation_refused(operation))
        *ret_template = row;
    return code;
}

enum error_code operation_template_save(struct operation *operation, int64_t task_id,
                                        struct text name, struct task_template *ret_template)
{
    struct task task;
    struct task_template row;
    enum error_code code = operation_load(operation, task_id, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    template_from_task(&task, operation->now, &row);
    row.name = name;
    code = insert(operation, &row);
    if (code == ERROR_NONE && !operation_refused(operation))
        *ret_template = row;
    return code;
}

/* --- Update and delete ------------------------------------------------------------------------ */

static bool same_text(struct text a, struct text b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static bool same_values(const struct task_template *a, const struct task_template *b)
{
    return same_text(a->name, b->name) && same_text(a->description, b->description) &&
           same_text(a->notes, b->notes) && a->priority == b->priority &&
           a->category == b->category && a->recurring.type == b->recurring.type &&
           a->recurring.interval == b->recurring.interval;
}

static enum error_code apply_input(struct operation *operation, const struct template_input *input,
                                   const struct task_template *present,
                                   struct task_template *ret_template)
{
    struct faults *faults = &operation->refusal.faults;
    faults_init(faults, operation->arena);
    if (!template_input_apply(faults, input, present, ret_template))
        return ERROR_MEMORY;
    if (faults->count > 0)
        operation->refusal.kind = REFUSAL_INVALID;
    return ERROR_NONE;
}

static enum error_code store_update(struct operation *operation,
                                    const struct task_template *present, struct task_template *row)
{
    if (same_values(present, row))
        return ERROR_NONE;
    row->updated_at = operation->now;
    enum error_code code =
        begin_change(operation, CHANGE_TEMPLATE_UPDATE, "Edit template", present->name);
    if (code == ERROR_NONE)
        code = store_template_update(operation->tx, row);
    return code == ERROR_NONE ? store_change_end(operation->tx) : code;
}

enum error_code operation_template_update(struct operation *operation, struct text name,
                                          const struct template_input *input,
                                          struct task_template *ret_template)
{
    struct task_template present, row;
    enum error_code code = load(operation, name, &present);
    if (code == ERROR_NONE && !operation_refused(operation))
        code = apply_input(operation, input, &present, &row);
    if (code == ERROR_NONE && !operation_refused(operation))
        code = check_name(operation, row.name, present.id);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    code = store_update(operation, &present, &row);
    if (code == ERROR_NONE)
        *ret_template = row;
    return code;
}

enum error_code operation_template_delete(struct operation *operation, struct text name)
{
    struct task_template row;
    enum error_code code = load(operation, name, &row);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    code = begin_change(operation, CHANGE_TEMPLATE_DELETE, "Delete template", row.name);
    if (code == ERROR_NONE)
        code = store_template_delete(operation->tx, row.id);
    return code == ERROR_NONE ? store_change_end(operation->tx) : code;
}

/* --- Use -------------------------------------------------------------------------------------- */

static const struct task *make_base(const struct task_template *row, struct arena *arena)
{
    struct task *base = arena_alloc(arena, sizeof(*base));
    if (base != NULL)
        template_to_task(row, base);
    return base;
}

enum error_code template_base(struct store_view *view, struct text name, struct arena *arena,
                              const struct task **ret_base)
{
    struct task_template row;
    enum error_code code = store_template_get(view, name, arena, &row);
    if (code != ERROR_NONE)
        return code;
    const struct task *base = make_base(&row, arena);
    if (base == NULL)
        return ERROR_MEMORY;
    *ret_base = base;
    return ERROR_NONE;
}

enum error_code operation_template_use(struct operation *operation, struct text name,
                                       struct task_input *input, struct task *ret_task)
{
    struct task_template row;
    enum error_code code = load(operation, name, &row);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    input->base = make_base(&row, operation->arena);
    return input->base == NULL ? ERROR_MEMORY : operation_create(operation, input, 0, ret_task);
}
