/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * How each single parameter of a list is read: words, numbers, dates, texts. The comma lists are in
 * query_lists.c.
 */
#include "task/query_values.h"

#include <inttypes.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/utf8.h"

static bool value_is(const struct parameter *parameter, const char *word)
{
    return parameter->size == strlen(word) && memcmp(parameter->value, word, parameter->size) == 0;
}

/* The index of the value among words, or count. */
static unsigned word_index(const struct parameter *parameter, const char *const *words,
                           unsigned count)
{
    unsigned i = 0;
    while (i < count && !value_is(parameter, words[i]))
        i++;
    return i;
}

static void read_bool(struct faults *faults, const struct parameter *parameter,
                      enum tristate *ret_value)
{
    if (value_is(parameter, "true"))
        *ret_value = TRI_TRUE;
    else if (value_is(parameter, "false"))
        *ret_value = TRI_FALSE;
    else
        faults_add(faults, FAULT_PARAMETER, parameter->name, "must be true or false");
}

/* Canonical decimal: digits only, no leading zero. */
static bool read_number(const struct parameter *parameter, int64_t max, int64_t *ret_number)
{
    int64_t number = 0;
    if (parameter->value[0] == '0')
        return false;
    for (size_t i = 0; i < parameter->size; i++) {
        char c = parameter->value[i];
        if (c < '0' || c > '9')
            return false;
        number = number * 10 + (c - '0');
        if (number > max)
            return false;
    }
    *ret_number = number;
    return true;
}

static bool read_date(struct faults *faults, const struct parameter *parameter, date_t *ret_date)
{
    if (date_parse(parameter->value, parameter->size, ret_date))
        return true;
    faults_add(faults, FAULT_PARAMETER, parameter->name,
               "must be a date of the calendar, YYYY-MM-DD, from 1970-01-01 to 9999-12-31");
    return false;
}

void query_read_completed(struct faults *faults, const struct parameter *parameter,
                          struct task_query *query)
{
    read_bool(faults, parameter, &query->completed);
}

void query_read_archived(struct faults *faults, const struct parameter *parameter,
                         struct task_query *query)
{
    static const char *const words[] = {
        [TRI_ANY] = "any", [TRI_FALSE] = "false", [TRI_TRUE] = "true"};
    unsigned value = word_index(parameter, words, ARRAY_SIZE(words));
    if (value < ARRAY_SIZE(words))
        query->archived = (enum tristate)value;
    else
        faults_add(faults, FAULT_PARAMETER, parameter->name, "must be true, false or any");
}

void query_read_due(struct faults *faults, const struct parameter *parameter,
                    struct task_query *query)
{
    static const char *const words[] = {
        [DUE_VIEW_ANY] = "", /* an empty value was refused before */
        [DUE_VIEW_OVERDUE] = "overdue",
        [DUE_VIEW_TODAY] = "today",
        [DUE_VIEW_TOMORROW] = "tomorrow",
        [DUE_VIEW_WEEK] = "week",
        [DUE_VIEW_MONTH] = "month",
        [DUE_VIEW_NONE] = "none",
    };
    _Static_assert(ARRAY_SIZE(words) == DUE_VIEW_END, "every view has a name");
    unsigned value = word_index(parameter, words, ARRAY_SIZE(words));
    if (value < ARRAY_SIZE(words))
        query->due = (enum due_view)value;
    else
        faults_add(faults, FAULT_PARAMETER, parameter->name,
                   "must be one of overdue, today, tomorrow, week, month, none");
}

void query_read_due_before(struct faults *faults, const struct parameter *parameter,
                           struct task_query *query)
{
    read_date(faults, parameter, &query->due_before);
}

void query_read_due_after(struct faults *faults, const struct parameter *parameter,
                          struct task_query *query)
{
    read_date(faults, parameter, &query->due_after);
}

void query_read_today(struct faults *faults, const struct parameter *parameter,
                      struct task_query *query)
{
    query->today_given = read_date(faults, parameter, &query->today);
}

void query_read_parent_id(struct faults *faults, const struct parameter *parameter,
                          struct task_query *query)
{
    if (value_is(parameter, "none"))
        query->has_parent = TRI_FALSE;
    else if (read_number(parameter, TASK_ID_MAX, &query->parent_id))
        query->has_parent = TRI_TRUE;
    else
        faults_add(faults, FAULT_PARAMETER, parameter->name,
                   "must be none or an id from 1 to %" PRId64, TASK_ID_MAX);
}

void query_read_recurring(struct faults *faults, const struct parameter *parameter,
                          struct task_query *query)
{
    read_bool(faults, parameter, &query->recurring);
}

void query_read_blocked(struct faults *faults, const struct parameter *parameter,
                        struct task_query *query)
{
    read_bool(faults, parameter, &query->blocked);
}

/* The search text folded into the arena; NULL without memory. */
static char *fold(struct arena *arena, const struct parameter *parameter, size_t *ret_size)
{
    CLEANUP_BUF struct buf folded = {0};
    utf8_fold(&folded, parameter->value, parameter->size);
    *ret_size = folded.size;
    return folded.failed ? NULL : arena_memdup(arena, folded.data, folded.size);
}

void query_read_q(struct faults *faults, const struct parameter *parameter,
                  struct task_query *query)
{
    size_t count = utf8_count(parameter->value, parameter->size);
    if (count > TASK_SEARCH_MAX) {
        faults_add(faults, FAULT_PARAMETER, parameter->name,
                   "must have at most %d characters, not %zu", TASK_SEARCH_MAX, count);
        return;
    }
    size_t folded_size;
    const char *folded = fold(faults->arena, parameter, &folded_size);
    const char *text = arena_memdup(faults->arena, parameter->value, parameter->size);
    if (folded == NULL || text == NULL) {
        faults->failed = true;
        return;
    }
    query->search = (struct text){text, parameter->size};
    query->search_folded = (struct text){folded, folded_size};
}

void query_read_view(struct faults *faults, const struct parameter *parameter,
                     struct task_query *query)
{
    if (value_is(parameter, "tree"))
        query->view = TASK_VIEW_TREE;
    else if (value_is(parameter, "flat"))
        query->view = TASK_VIEW_FLAT;
    else
        faults_add(faults, FAULT_PARAMETER, parameter->name, "must be flat or tree");
}

void query_read_limit(struct faults *faults, const struct parameter *parameter,
                      struct task_query *query)
{
    int64_t limit;
    if (read_number(parameter, TASK_LIMIT_MAX, &limit))
        query->limit = (int)limit;
    else
        faults_add(faults, FAULT_PARAMETER, parameter->name, "must be a number from 1 to %d",
                   TASK_LIMIT_MAX);
}

void query_read_cursor(struct faults *faults, const struct parameter *parameter,
                       struct task_query *query)
{
    query->cursor = arena_memdup(faults->arena, parameter->value, parameter->size);
    if (query->cursor == NULL)
        faults->failed = true;
}

void query_read_count(struct faults *faults, const struct parameter *parameter,
                      struct task_query *query)
{
    enum tristate value = TRI_ANY;
    read_bool(faults, parameter, &value);
    query->count = value == TRI_TRUE;
}
