/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules of a set of tasks that is imported, record by record, and its new numbers. Cycles are
 * in import_cycles.c.
 */
#include "task/import.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "task/dependencies.h"
#include "task/import_cycles.h"
#include "task/recurrence.h"

#define POINTER_SIZE 64

void import_refuse(struct faults *faults, struct import_set *set, size_t place, const char *member,
                   const char *format, ...)
{
    char pointer[POINTER_SIZE];
    char detail[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof(detail), format, arguments);
    va_end(arguments);
    snprintf(pointer, sizeof(pointer), "#/tasks/%zu/%s", place, member);
    faults_add(faults, FAULT_POINTER, pointer, "%s", detail);
    set->records[place].refused = true;
}

/* --- Finding records -------------------------------------------------------------------------- */

struct numbered {
    int64_t id;
    size_t place;
};

static int compare_numbered(const void *a, const void *b)
{
    const struct numbered *left = a, *right = b;
    int by_id = (left->id > right->id) - (left->id < right->id);
    int by_place = (left->place > right->place) - (left->place < right->place);
    return by_id != 0 ? by_id : by_place;
}

static bool order_records(struct arena *arena, struct import_set *set)
{
    struct numbered *all = arena_calloc(arena, set->count, sizeof(*all));
    set->order = arena_calloc(arena, set->count, sizeof(*set->order));
    if (all == NULL || set->order == NULL)
        return false;
    set->ordered = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (set->records[i].task.id != 0)
            all[set->ordered++] = (struct numbered){set->records[i].task.id, i};
        set->records[i].source_id = set->records[i].task.id;
    }
    qsort(all, set->ordered, sizeof(*all), compare_numbered);
    for (size_t i = 0; i < set->ordered; i++)
        set->order[i] = all[i].place;
    return true;
}

size_t import_place(const struct import_set *set, int64_t source_id)
{
    size_t low = 0, high = set->ordered;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->records[set->order[middle]].source_id < source_id)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < set->ordered && set->records[set->order[low]].source_id == source_id;
    return found ? set->order[low] : IMPORT_NOWHERE;
}

const struct import_record *import_find(const struct import_set *set, int64_t source_id)
{
    size_t place = import_place(set, source_id);
    return place == IMPORT_NOWHERE ? NULL : &set->records[place];
}

static void check_unique(struct faults *faults, struct import_set *set)
{
    for (size_t i = 1; i < set->ordered; i++) {
        size_t place = set->order[i], before = set->order[i - 1];
        if (set->records[place].source_id == set->records[before].source_id)
            import_refuse(faults, set, place, "id", "is the id of #/tasks/%zu, too", before);
    }
}

/* --- One record ------------------------------------------------------------------------------- */

static void check_parent(struct faults *faults, struct import_set *set, size_t place)
{
    const struct task *task = &set->records[place].task;
    if (task->parent_id == 0)
        return;
    const struct import_record *parent = import_find(set, task->parent_id);
    if (task->parent_id == task->id)
        import_refuse(faults, set, place, "parent_id", "a task cannot be its own parent");
    else if (parent == NULL)
        import_refuse(faults, set, place, "parent_id",
                      "there is no task %" PRId64 " in the document", task->parent_id);
    else if (parent->task.parent_id != 0)
        import_refuse(faults, set, place, "parent_id",
                      "task %" PRId64 " is a subtask itself; subtasks go one level deep",
                      task->parent_id);
    else if (parent->task.archived && !task->archived)
        import_refuse(faults, set, place, "archived",
                      "must be true, as that of its parent %" PRId64 " is", task->parent_id);
}

static void check_dependency(struct faults *faults, struct import_set *set, size_t place,
                             size_t index)
{
    char member[40];
    const struct task *task = &set->records[place].task;
    int64_t id = task->depends_on.ids[index];
    snprintf(member, sizeof(member), "depends_on/%zu", index);
    if (id == task->id) {
        import_refuse(faults, set, place, member, "a task cannot depend on itself");
        return;
    }
    if (import_find(set, id) == NULL)
        import_refuse(faults, set, place, member, "there is no task %" PRId64 " in the document",
                      id);
    for (size_t i = 0; i < index; i++) {
        if (task->depends_on.ids[i] == id) {
            import_refuse(faults, set, place, member, "is given twice");
            return;
        }
    }
}

static void check_state(struct faults *faults, struct import_set *set, size_t place)
{
    const struct task *task = &set->records[place].task;
    if (!task->completed && task->completed_at != INSTANT_NONE)
        import_refuse(faults, set, place, "completed_at",
                      "must be null, since the task is not completed");
    if (task->next_id != 0 && task->next_id == task->id)
        import_refuse(faults, set, place, "next_id", "a task cannot follow itself");
}

static void check_recurrence(struct faults *faults, struct import_set *set, size_t place)
{
    const struct task *task = &set->records[place].task;
    date_t date;
    if (task->recurring.type == RECURRENCE_NONE)
        return;
    if (task->due_date == DATE_NONE)
        import_refuse(faults, set, place, "recurring", "a recurring task needs a due_date");
    else if (!recurrence_date(&task->recurring, task->recurring.index, &date) ||
             date != task->due_date)
        import_refuse(faults, set, place, "recurring",
                      "due_date is not the occurrence that anchor, interval and index lead to");
}

static void check_record(struct faults *faults, struct import_set *set, size_t place)
{
    const struct task *task = &set->records[place].task;
    check_parent(faults, set, place);
    for (size_t i = 0; i < task->depends_on.count; i++)
        check_dependency(faults, set, place, i);
    check_state(faults, set, place);
    check_recurrence(faults, set, place);
}

/* --- The whole -------------------------------------------------------------------------------- */

static void count_links(struct import_set *set, const struct task *task)
{
    struct import_record *records = set->records;
    size_t parent = import_place(set, task->parent_id);
    if (parent != IMPORT_NOWHERE) {
        records[parent].task.subtasks.total++;
        records[parent].task.subtasks.completed += task->completed;
    }
}

static void set_counters(struct import_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        struct task *task = &set->records[i].task;
        id_list_normalize(&task->depends_on);
        count_links(set, task);
        task->dependencies = (struct progress){.total = (int64_t)task->depends_on.count};
        for (size_t j = 0; j < task->depends_on.count; j++)
            task->dependencies.completed +=
                import_find(set, task->depends_on.ids[j])->task.completed;
    }
}

enum error_code import_check(struct faults *faults, struct import_set *set)
{
    if (!order_records(faults->arena, set))
        return ERROR_MEMORY;
    check_unique(faults, set);
    for (size_t i = 0; i < set->count; i++)
        check_record(faults, set, i);
    enum error_code code = import_check_cycles(faults, set);
    if (code == ERROR_NONE && faults->count == 0)
        set_counters(set);
    return code;
}

int64_t import_highest_id(const struct import_set *set)
{
    int64_t highest = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct task *task = &set->records[i].task;
        if (task->id > highest)
            highest = task->id;
        if (task->next_id > highest)
            highest = task->next_id;
    }
    return highest;
}

/* --- New numbers ------------------------------------------------------------------------------ */

static int64_t new_id(const struct import_set *set, int64_t source_id)
{
    return import_find(set, source_id)->task.id;
}

int64_t import_renumber(struct import_set *set, int64_t first_id)
{
    int64_t last = first_id - 1;
    for (size_t i = 0; i < set->ordered; i++)
        set->records[set->order[i]].task.id = ++last;
    for (size_t i = 0; i < set->ordered; i++) {
        struct task *task = &set->records[set->order[i]].task;
        if (task->parent_id != 0)
            task->parent_id = new_id(set, task->parent_id);
        /* The order of ids is kept, so the list stays ascending. */
        for (size_t j = 0; j < task->depends_on.count; j++)
            task->depends_on.ids[j] = new_id(set, task->depends_on.ids[j]);
        if (task->next_id == 0)
            continue;
        const struct import_record *next = import_find(set, task->next_id);
        task->next_id = next != NULL ? next->task.id : ++last;
    }
    return last;
}
