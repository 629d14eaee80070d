/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Images read back: what was written comes out; what is no image is refused, whatever it lacks.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../fail_malloc.h"
#include "base/cleanup.h"
#include "base/json_memory.h"
#include "sample.h"
#include "store/sqlite/image_read.h"
#include "store/sqlite/journal.h"
#include "store_suites.h"

static struct arena arena;

static void setup(void)
{
    arena_init(&arena, 4096);
}

static void teardown(void)
{
    arena_close(&arena);
}

static struct text image_of(const struct task *task)
{
    struct buf image CLEANUP_BUF = {0};
    size_t size;
    image_append(&image, task, &size);
    return (struct text){arena_memdup(&arena, image.data, image.size), image.size};
}

static struct text image_of_template(const struct task_template *row)
{
    struct buf image CLEANUP_BUF = {0};
    size_t size;
    template_image_append(&image, row, &size);
    return (struct text){arena_memdup(&arena, image.data, image.size), image.size};
}

static void check_equal(struct text a, struct text b)
{
    ck_assert_uint_eq(a.size, b.size);
    ck_assert_mem_eq(a.data, b.data, a.size);
}

static void full_task(struct task *task)
{
    static int64_t ids[] = {3, 9007199254740991};
    task_init(task);
    task->id = 7;
    task->description = (struct text){"\"x\"\\ \u00e9\U0001f600", 11};
    task->notes = (struct text){"a\nb\tc\u2028", 8};
    task->recurring = (struct recurrence){RECURRENCE_MONTHLY, 1000, 19993, 1};
    task->depends_on = (struct id_list){ids, 2};
    task->due_date = DATE_MAX;
    task->parent_id = 4;
    task->next_id = 5;
    task->created_at = 1;
    task->updated_at = 2;
    task->completed_at = 3;
    task->completed = task->archived = true;
    task->version = 6;
}

START_TEST(test_a_task_comes_back)
{
    struct chance chance = {.state = 17};
    struct task task, back;
    int64_t version;
    full_task(&task);
    for (int i = 0; i < 200; i++) {
        struct text image = image_of(&task);
        ck_assert_int_eq(image_read_task(image, &arena, &back), ERROR_NONE);
        check_equal(image_of(&back), image);
        ck_assert_int_eq(back.recurring.anchor, task.recurring.anchor);
        ck_assert_int_eq(image_read_version(image, &version), ERROR_NONE);
        ck_assert_int_eq(version, task.version);
        sample_task(&chance, &arena, &task);
        task.version = 1 + i;
    }
}
END_TEST

START_TEST(test_a_template_comes_back)
{
    struct task_template row, back;
    template_init(&row);
    row.id = 3;
    row.name = (struct text){"Na\u00efve", 6};
    row.description = (struct text){"d", 1};
    row.notes = (struct text){"n", 1};
    row.recurring = (struct recurrence){.type = RECURRENCE_DAILY, .interval = 2};
    struct text image = image_of_template(&row);
    ck_assert_int_eq(image_read_template(image, &arena, &back), ERROR_NONE);
    check_equal(image_of_template(&back), image);
    row.recurring = (struct recurrence){.type = RECURRENCE_NONE};
    image = image_of_template(&row);
    ck_assert_int_eq(image_read_template(image, &arena, &back), ERROR_NONE);
    check_equal(image_of_template(&back), image);
}
END_TEST

static struct text dumped(const json_t *json)
{
    char *data CLEANUP_FREE = json_dumps(json, JSON_COMPACT);
    return (struct text){arena_strdup(&arena, data), strlen(data)};
}

/* Each member absent, and each with a value of another kind. */
static void check_each_member(json_t *json, enum error_code (*read)(struct text image))
{
    const char *key;
    json_t *value;
    json_t *copy = json_deep_copy(json);
    ck_assert_int_eq(read(dumped(json)), ERROR_NONE);
    json_object_foreach(copy, key, value)
    {
        json_object_del(json, key);
        ck_assert_msg(read(dumped(json)) == ERROR_CORRUPT, "without %s", key);
        json_object_set_new(json, key, json_real(1.5));
        ck_assert_msg(read(dumped(json)) == ERROR_CORRUPT, "with another %s", key);
        json_object_set(json, key, value);
    }
    json_decref(copy);
}

static enum error_code read_task(struct text image)
{
    struct task task = {.id = 77};
    enum error_code code = image_read_task(image, &arena, &task);
    ck_assert(code == ERROR_NONE || task.id == 77);
    return code;
}

static enum error_code read_template(struct text image)
{
    struct task_template row = {.id = 77};
    enum error_code code = image_read_template(image, &arena, &row);
    ck_assert(code == ERROR_NONE || row.id == 77);
    return code;
}

START_TEST(test_each_member_is_needed)
{
    struct task task;
    struct task_template row;
    full_task(&task);
    json_t *json = json_loads(image_of(&task).data, 0, NULL);
    check_each_member(json, read_task);
    json_decref(json);
    template_init(&row);
    row.name = row.description = row.notes = (struct text){"x", 1};
    json = json_loads(image_of_template(&row).data, 0, NULL);
    check_each_member(json, read_template);
    json_decref(json);
}
END_TEST

START_TEST(test_values_that_are_none)
{
    static const struct {
        const char *key, *json;
    } values[] = {
        {"priority", "\"urgent\""},
        {"category", "\"home\""},
        {"due_date", "\"2026-02-30\""},
        {"depends_on", "[1, \"2\"]"},
        {"recurring", "{}"},
        {"recurring", "{\"type\":\"yearly\",\"interval\":1,\"anchor\":null,\"index\":0}"},
        {"recurring", "{\"type\":\"daily\",\"interval\":1,\"anchor\":null}"},
        {"recurring", "{\"type\":\"daily\",\"interval\":1,\"anchor\":\"x\",\"index\":0}"},
    };
    struct task task;
    full_task(&task);
    for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
        json_t *json = json_loads(image_of(&task).data, 0, NULL);
        json_object_set_new(json, values[i].key, json_loads(values[i].json, JSON_DECODE_ANY, NULL));
        ck_assert_msg(read_task(dumped(json)) == ERROR_CORRUPT, "%s: %s", values[i].key,
                      values[i].json);
        json_decref(json);
    }
}
END_TEST

START_TEST(test_what_is_no_image)
{
    static const char *const texts[] = {"", "x", "{", "[]", "7", "{}", "{\"version\":\"1\"}"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        int64_t version = 77;
        struct text image = {texts[i], strlen(texts[i])};
        ck_assert_int_eq(read_task(image), ERROR_CORRUPT);
        ck_assert_int_eq(read_template(image), ERROR_CORRUPT);
        ck_assert_int_eq(image_read_version(image, &version), ERROR_CORRUPT);
        ck_assert_int_eq(version, 77);
    }
}
END_TEST

/* A task without some of its text would be worse than none. */
START_TEST(test_each_allocation_fails)
{
    struct task task, back;
    json_memory_init();
    full_task(&task);
    struct text image = image_of(&task);
    for (long n = 0;; n++) {
        fail_malloc_after(n);
        enum error_code code = image_read_task(image, &arena, &back);
        bool has_failed = fail_malloc_off();
        ck_assert_int_eq(code, has_failed ? ERROR_MEMORY : ERROR_NONE);
        if (!has_failed) {
            ck_assert_int_gt(n, 20);
            break;
        }
    }
    check_equal(image_of(&back), image);
}
END_TEST

Suite *suite_image_read(void)
{
    const TTest *const tests[] = {
        test_a_task_comes_back,    test_a_template_comes_back, test_each_member_is_needed,
        test_values_that_are_none, test_what_is_no_image,      test_each_allocation_fails,
    };
    return store_suite("image_read", setup, teardown, tests, ARRAY_SIZE(tests));
}
