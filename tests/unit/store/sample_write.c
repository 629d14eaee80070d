/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Random writes of the tests: tasks that come, change and go, with their relations.
 */
#include "sample.h"

#define IDS_MAX 4096

/* --- One write ---------------------------------------------------------------------------------
 */

struct write {
    sample_fn run;
    void *arg;
};

static bool run_write(struct store_tx *tx, void *arg)
{
    struct write *write = arg;
    struct change change = {.at = 1, .action = CHANGE_UPDATE, .summary = "A random change"};
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    write->run(tx, write->arg);
    ck_assert_int_eq(store_change_end(tx), ERROR_NONE);
    return true;
}

void sample_write(struct store *store, sample_fn run, void *arg)
{
    struct write write = {run, arg};
    ck_assert_int_eq(store_write(store, run_write, &write), ERROR_NONE);
}

/* --- Random ones -------------------------------------------------------------------------------
 */

struct random_write {
    struct chance *chance;
    unsigned count;
    struct arena arena;
    int64_t ids[IDS_MAX]; /* of the tasks there are */
    size_t id_count;
};

static bool load_ids(struct store_tx *tx, struct random_write *write)
{
    /* Ids are dense enough in the tests to be asked for one by one. */
    struct task task;
    unsigned missing = 0;
    for (int64_t id = 1; missing < 500 && write->id_count < IDS_MAX; id++) {
        if (store_task_get(store_tx_view(tx), id, &write->arena, &task) == ERROR_NONE) {
            write->ids[write->id_count++] = id;
            missing = 0;
        } else {
            missing++;
        }
    }
    return write->id_count > 0;
}

static int64_t pick_id(struct random_write *write)
{
    return write->ids[chance_below(write->chance, (unsigned)write->id_count)];
}

static void get(struct store_tx *tx, struct random_write *write, int64_t id, struct task *task)
{
    ck_assert_int_eq(store_task_get(store_tx_view(tx), id, &write->arena, task), ERROR_NONE);
}

/* A root task may be a parent, if the child has no children itself. */
static void give_parent(struct store_tx *tx, struct random_write *write, struct task *task)
{
    struct task parent;
    int64_t few = chance_in(write->chance, 2)
                      ? write->ids[chance_below(write->chance, 3) % write->id_count]
                      : pick_id(write);
    get(tx, write, few, &parent);
    if (parent.parent_id == 0 && parent.id != task->id && task->subtasks.total == 0)
        task->parent_id = parent.id;
}

/* Only on older tasks, so that there are no cycles; a new task is the newest. */
static void give_dependencies(struct random_write *write, struct task *task)
{
    int64_t *ids = arena_calloc(&write->arena, 3, sizeof(*ids));
    size_t count = 0;
    for (int i = 0; i < 3; i++) {
        int64_t id = pick_id(write);
        if ((task->id == 0 || id < task->id) && (count == 0 || id > ids[count - 1]))
            ids[count++] = id;
    }
    task->depends_on = (struct id_list){ids, count};
}

static void insert_one(struct store_tx *tx, struct random_write *write)
{
    struct task task;
    sample_task(write->chance, &write->arena, &task);
    if (write->id_count > 0 && chance_in(write->chance, 3))
        give_parent(tx, write, &task);
    if (write->id_count > 0 && chance_in(write->chance, 5))
        give_dependencies(write, &task);
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    ck_assert_int_eq(task.version, 1);
    ck_assert(write->id_count < IDS_MAX);
    write->ids[write->id_count++] = task.id;
}

static void update_one(struct store_tx *tx, struct random_write *write)
{
    struct task task, other;
    get(tx, write, pick_id(write), &task);
    sample_task(write->chance, &write->arena, &other);
    int64_t version = task.version;
    switch (chance_below(write->chance, 5)) {
    case 0:
        task.completed = !task.completed;
        break;
    case 1:
        task.description = other.description;
        task.notes = other.notes;
        break;
    case 2:
        task.parent_id = 0;
        if (chance_in(write->chance, 2))
            give_parent(tx, write, &task);
        break;
    case 3:
        give_dependencies(write, &task);
        break;
    default:
        task.priority = other.priority;
        task.due_date = other.due_date;
        task.archived = other.archived;
        task.updated_at = other.updated_at;
        break;
    }
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NONE);
    ck_assert_int_eq(task.version, version + 1);
}

static void delete_one(struct store_tx *tx, struct random_write *write)
{
    unsigned place = chance_below(write->chance, (unsigned)write->id_count);
    struct task task;
    get(tx, write, write->ids[place], &task);
    if (task.subtasks.total > 0)
        return;
    ck_assert_int_eq(store_task_delete(tx, task.id, 1700000000099), ERROR_NONE);
    write->ids[place] = write->ids[--write->id_count];
}

static void run_insert(struct store_tx *tx, void *arg)
{
    struct random_write *write = arg;
    load_ids(tx, write);
    for (unsigned i = 0; i < write->count; i++)
        insert_one(tx, write);
}

static void run_change(struct store_tx *tx, void *arg)
{
    struct random_write *write = arg;
    ck_assert(load_ids(tx, write));
    for (unsigned i = 0; i < write->count; i++) {
        switch (chance_below(write->chance, 4)) {
        case 0:
            insert_one(tx, write);
            break;
        case 1:
            delete_one(tx, write);
            break;
        default:
            update_one(tx, write);
            break;
        }
    }
}

static void run_random(struct store *store, struct chance *chance, unsigned count, sample_fn run)
{
    static struct random_write write;
    write = (struct random_write){.chance = chance, .count = count};
    arena_init(&write.arena, 65536);
    sample_write(store, run, &write);
    arena_close(&write.arena);
}

void sample_insert(struct store *store, struct chance *chance, unsigned count)
{
    run_random(store, chance, count, run_insert);
}

void sample_change(struct store *store, struct chance *chance, unsigned count)
{
    run_random(store, chance, count, run_change);
}
