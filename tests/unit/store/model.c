/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The model: lists and counts made in memory from task_query_match and a plain sort.
 */
#define _GNU_SOURCE /* qsort_r */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sample.h"

void model_load(struct model *model, struct store_view *view)
{
    arena_init(&model->arena, 65536);
    model->count = 0;
    size_t capacity = 4096;
    model->tasks = calloc(capacity, sizeof(*model->tasks));
    ck_assert_ptr_nonnull(model->tasks);
    unsigned missing = 0;
    for (int64_t id = 1; missing < 500; id++) {
        ck_assert(model->count < capacity);
        struct task *task = &model->tasks[model->count];
        bool found = store_task_get(view, id, &model->arena, task) == ERROR_NONE;
        model->count += found;
        missing = found ? 0 : missing + 1;
    }
}

void model_close(struct model *model)
{
    free(model->tasks);
    arena_close(&model->arena);
}

/* --- The order ---------------------------------------------------------------------------------
 */

static int compare_folded(struct text a, struct text b)
{
    CLEANUP_BUF struct buf fa = {0};
    CLEANUP_BUF struct buf fb = {0};
    utf8_fold(&fa, a.data, a.size);
    utf8_fold(&fb, b.data, b.size);
    int order = memcmp(fa.data, fb.data, fa.size < fb.size ? fa.size : fb.size);
    return order != 0 ? order : (fa.size > fb.size) - (fa.size < fb.size);
}

static int compare_key(enum task_sort_key key, const struct task *a, const struct task *b)
{
    switch (key) {
    case TASK_SORT_PRIORITY:
        return (a->priority > b->priority) - (a->priority < b->priority);
    case TASK_SORT_DUE_DATE:
        return (a->due_date > b->due_date) - (a->due_date < b->due_date);
    case TASK_SORT_CREATED_AT:
        return (a->created_at > b->created_at) - (a->created_at < b->created_at);
    case TASK_SORT_UPDATED_AT:
        return (a->updated_at > b->updated_at) - (a->updated_at < b->updated_at);
    case TASK_SORT_DESCRIPTION:
        return compare_folded(a->description, b->description);
    default:
        return (a->id > b->id) - (a->id < b->id);
    }
}

int model_compare(const struct task_query *query, const struct task *a, const struct task *b)
{
    for (size_t i = 0; i < query->sort_count; i++) {
        int order = compare_key(query->sort[i].key, a, b);
        if (order != 0)
            return query->sort[i].descending ? -order : order;
    }
    return 0;
}

static int compare_expected(const void *a, const void *b, void *query)
{
    const struct expected *x = a, *y = b;
    const struct task *root_x = x->parent != NULL ? x->parent : x->task;
    const struct task *root_y = y->parent != NULL ? y->parent : y->task;
    int order = model_compare(query, root_x, root_y);
    if (order != 0)
        return order;
    if (x->parent == NULL || y->parent == NULL)
        return (x->parent != NULL) - (y->parent != NULL);
    return model_compare(query, x->task, y->task);
}

/* --- Lists -------------------------------------------------------------------------------------
 */

static const struct task *find(const struct model *model, int64_t id)
{
    for (size_t i = 0; i < model->count; i++) {
        if (model->tasks[i].id == id)
            return &model->tasks[i];
    }
    ck_abort_msg("no task %lld", (long long)id);
}

static bool has_matching_child(const struct model *model, const struct task_query *query,
                               const struct task *task)
{
    for (size_t i = 0; i < model->count; i++) {
        if (model->tasks[i].parent_id == task->id && task_query_match(query, &model->tasks[i]))
            return true;
    }
    return false;
}

static bool is_listed(const struct model *model, const struct task_query *query,
                      const struct task *task)
{
    bool matches = task_query_match(query, task);
    if (query->view == TASK_VIEW_FLAT || task->parent_id != 0)
        return matches;
    return matches || has_matching_child(model, query, task);
}

struct expected *model_list(const struct model *model, const struct task_query *query,
                            size_t *ret_count)
{
    struct expected *list = calloc(model->count + 1, sizeof(*list));
    ck_assert_ptr_nonnull(list);
    size_t count = 0;
    for (size_t i = 0; i < model->count; i++) {
        const struct task *task = &model->tasks[i];
        if (!is_listed(model, query, task))
            continue;
        bool is_child = query->view == TASK_VIEW_TREE && task->parent_id != 0;
        list[count++] = (struct expected){task, is_child ? find(model, task->parent_id) : NULL};
    }
    qsort_r(list, count, sizeof(*list), compare_expected, (void *)query);
    *ret_count = count;
    return list;
}

struct progress model_count(const struct model *model, const struct task_query *query)
{
    struct progress count = {0};
    for (size_t i = 0; i < model->count; i++) {
        if (task_query_match(query, &model->tasks[i])) {
            count.total++;
            count.completed += model->tasks[i].completed;
        }
    }
    return count;
}

void cursor_after(struct arena *arena, const struct task *task, struct task_cursor *ret_cursor)
{
    CLEANUP_BUF struct buf folded = {0};
    utf8_fold(&folded, task->description.data, task->description.size);
    *ret_cursor = (struct task_cursor){
        .id = task->id,
        .priority = task->priority,
        .due_date = task->due_date,
        .created_at = task->created_at,
        .updated_at = task->updated_at,
        .description_folded = {arena_memdup(arena, folded.data, folded.size), folded.size},
    };
}
