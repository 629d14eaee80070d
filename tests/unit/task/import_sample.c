/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Sets of tasks for the tests of the import.
 */
#include "import_sample.h"

#include <string.h>

struct import_record records[RECORDS_MAX];
struct import_set set;
static int64_t links[RECORDS_MAX][8];

void make_set(size_t count)
{
    memset(records, 0, sizeof(records));
    set = (struct import_set){.records = records, .count = count};
    for (size_t i = 0; i < count; i++) {
        task_init(&records[i].task);
        records[i].task.id = (int64_t)i + 1;
        records[i].task.depends_on.ids = links[i];
    }
}

struct task *task(size_t place)
{
    return &records[place].task;
}

void depend(size_t place, int64_t id)
{
    struct id_list *ids = &task(place)->depends_on;
    ids->ids[ids->count++] = id;
}

void complete(size_t place)
{
    task(place)->completed = true;
    task(place)->completed_at = 1;
}

void expect_refused(size_t place, const char *where, const char *detail)
{
    ck_assert_int_eq(import_check(&faults, &set), ERROR_NONE);
    support_expect_fault(FAULT_POINTER, where, detail);
    for (size_t i = 0; i < set.count; i++)
        ck_assert_int_eq(records[i].refused, i == place);
}
