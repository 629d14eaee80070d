/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The parameters of a list whose value is a list itself, separated by commas: sets of priorities
 * and categories, and the sort keys.
 */
#include <string.h>

#include "base/cleanup.h"
#include "task/query_values.h"

#define ECHO_MAX 40 /* bytes of a bad element that are repeated in its fault */

/* Takes the next element off the list; false when there is none left. */
static bool next_element(struct text *rest, struct text *ret_element)
{
    if (rest->data == NULL)
        return false;
    const char *comma = memchr(rest->data, ',', rest->size);
    if (comma == NULL) {
        *ret_element = *rest;
        *rest = (struct text){NULL, 0};
        return true;
    }
    *ret_element = (struct text){rest->data, (size_t)(comma - rest->data)};
    *rest = (struct text){comma + 1, rest->size - ret_element->size - 1};
    return true;
}

/* The element's size, cut to ECHO_MAX between two code points. */
static int echo_size(struct text element)
{
    if (element.size <= ECHO_MAX)
        return (int)element.size;
    int size = ECHO_MAX;
    while (((unsigned char)element.data[size] & 0xC0) == 0x80)
        size--;
    return size;
}

static void fault_empty(struct faults *faults, const char *name)
{
    faults_add(faults, FAULT_PARAMETER, name, "has an empty element");
}

static void fault_unknown(struct faults *faults, const char *name, struct text element,
                          const char *allowed)
{
    faults_add(faults, FAULT_PARAMETER, name, "\"%.*s\" is not one of %s", echo_size(element),
               element.data, allowed);
}

static void fault_repeated(struct faults *faults, const char *name, struct text element)
{
    faults_add(faults, FAULT_PARAMETER, name, "\"%.*s\" is given twice", echo_size(element),
               element.data);
}

static unsigned parse_priority(const char *name, size_t size)
{
    return (unsigned)task_priority_parse(name, size);
}

static unsigned parse_category(const char *name, size_t size)
{
    return (unsigned)task_category_parse(name, size);
}

static void read_set(struct faults *faults, const struct parameter *parameter,
                     unsigned (*parse)(const char *, size_t), const char *allowed,
                     value_set *ret_set)
{
    struct text rest = {parameter->value, parameter->size}, element;
    value_set set = 0;
    while (next_element(&rest, &element)) {
        unsigned value = parse(element.data, element.size);
        if (element.size == 0)
            fault_empty(faults, parameter->name);
        else if (value == 0)
            fault_unknown(faults, parameter->name, element, allowed);
        else if (set & 1U << value)
            fault_repeated(faults, parameter->name, element);
        else
            set |= 1U << value;
    }
    *ret_set = set;
}

void query_read_priority(struct faults *faults, const struct parameter *parameter,
                         struct task_query *query)
{
    read_set(faults, parameter, parse_priority, "high, medium, low", &query->priorities);
}

void query_read_category(struct faults *faults, const struct parameter *parameter,
                         struct task_query *query)
{
    read_set(faults, parameter, parse_category, "work, personal, shopping, other",
             &query->categories);
}

static unsigned parse_sort_key(struct text name)
{
    static const char *const names[] = {
        [TASK_SORT_ID] = "id",
        [TASK_SORT_PRIORITY] = "priority",
        [TASK_SORT_DUE_DATE] = "due_date",
        [TASK_SORT_CREATED_AT] = "created_at",
        [TASK_SORT_UPDATED_AT] = "updated_at",
        [TASK_SORT_DESCRIPTION] = "description",
    };
    _Static_assert(ARRAY_SIZE(names) == TASK_SORT_KEY_COUNT, "every sort key has a name");
    unsigned key = 0;
    while (key < TASK_SORT_KEY_COUNT &&
           (strlen(names[key]) != name.size || memcmp(names[key], name.data, name.size) != 0))
        key++;
    return key;
}

/* Adds a key to the order; no two rows have the same id, so that one closes it. */
static void add_sort_key(struct task_query *query, unsigned key, bool descending, bool *closed)
{
    if (!*closed)
        query->sort[query->sort_count++] = (struct task_sort){(enum task_sort_key)key, descending};
    *closed |= key == TASK_SORT_ID;
}

void query_read_sort(struct faults *faults, const struct parameter *parameter,
                     struct task_query *query)
{
    struct text rest = {parameter->value, parameter->size}, element;
    unsigned seen = 0;
    bool closed = false;
    query->sort_count = 0;
    while (next_element(&rest, &element)) {
        bool descending = element.size > 0 && element.data[0] == '-';
        struct text name = {element.data + descending, element.size - descending};
        unsigned key = parse_sort_key(name);
        if (name.size == 0)
            fault_empty(faults, parameter->name);
        else if (key == TASK_SORT_KEY_COUNT)
            fault_unknown(faults, parameter->name, name,
                          "id, priority, due_date, created_at, updated_at, description");
        else if (seen & 1U << key)
            fault_repeated(faults, parameter->name, name);
        else
            add_sort_key(query, key, descending, &closed);
        seen |= 1U << key;
    }
    add_sort_key(query, TASK_SORT_ID, false, &closed);
}
