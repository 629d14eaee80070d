/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading an imported document, its digest and its reports; every allocation fails in turn. Which
 * values are refused is tested through the API.
 */
#include <check.h>
#include <string.h>

#include "../fail_malloc.h"
#include "api/export.h"
#include "api/import.h"
#include "http/body.h"

#define NOW INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */

static struct arena arena;
static struct faults faults;
static struct import_document document;

static void setup(void)
{
    arena_init(&arena, 1); /* asks malloc for every object */
    faults_init(&faults, &arena);
}

static void teardown(void)
{
    arena_close(&arena);
}

static void reset(void)
{
    arena_reset(&arena);
    faults_init(&faults, &arena);
}

static enum error_code read_text(const char *text)
{
    json_error_t error;
    json_t *json CLEANUP_JSON = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(json != NULL, "%s", error.text);
    return import_read(&faults, json, NOW, &document);
}

#define GOOD                                                                                       \
    "{\"format\":\"todo-app-export\",\"version\":1,\"tasks\":["                                    \
    "{\"id\":7,\"description\":\" A \",\"completed\":true,\"notes\":\"n\",\"priority\":\"low\","   \
    "\"category\":\"work\",\"created_at\":\"2025-01-01 10:00:00\",\"next_id\":9},"                 \
    "{\"id\":9,\"description\":\"B\",\"parent_id\":7,\"depends_on\":[7],\"due_date\":"             \
    "\"2026-02-28\",\"recurring\":{\"type\":\"monthly\",\"anchor\":\"2026-01-31\",\"index\":1}}]," \
    "\"templates\":[{\"name\":\"T\",\"description\":\"D\"},{\"name\":\"U\",\"description\":\"D\"}" \
    "]}"

#define FAULTY                                                                                     \
    "{\"colour\":1,\"tasks\":[{\"id\":1,\"x/"                                                      \
    "y\":2,\"due_date\":\"x\"},5,{\"id\":1,\"description\":"                                       \
    "\"A\",\"depends_on\":[1,\"2\"]}],\"templates\":{\"a/b\":{\"description\":\"D\"},\"c\":{}}}"

START_TEST(document_is_read)
{
    ck_assert_int_eq(read_text(GOOD), ERROR_NONE);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_uint_eq(document.tasks.count, 2);
    ck_assert_uint_eq(document.template_count, 2);
    const struct task *first = &document.tasks.records[0].task;
    ck_assert_str_eq(first->description.data, "A");
    ck_assert_int_eq(first->created_at, INT64_C(1735725600000));
    ck_assert_int_eq(first->completed_at, first->created_at);
    ck_assert_int_eq(first->subtasks.total, 1);
    const struct task *second = &document.tasks.records[1].task;
    ck_assert_int_eq(second->created_at, NOW);
    ck_assert_int_eq(second->recurring.interval, 1);
    ck_assert_int_eq(second->recurring.index, 1);
    ck_assert_str_eq(document.templates[1].values.name.data, "U");
    ck_assert_int_eq(document.templates[0].values.created_at, NOW);
}
END_TEST

START_TEST(digest_is_that_of_the_content)
{
    uint8_t first[SHA256_SIZE];
    ck_assert_int_eq(read_text("{\"tasks\":[{\"id\":1,\"description\":\"A\"}]}"), ERROR_NONE);
    memcpy(first, document.digest, sizeof(first));
    ck_assert_int_eq(read_text("{\"version\":1, \"format\":\"todo-app-phase3\",\n"
                               "\"tasks\":[ {\"description\":\"A\", \"id\":1} ]}"),
                     ERROR_NONE);
    ck_assert_mem_eq(first, document.digest, sizeof(first));
    ck_assert_int_eq(read_text("{\"tasks\":[{\"id\":1,\"description\":\"B\"}]}"), ERROR_NONE);
    ck_assert_mem_ne(first, document.digest, sizeof(first));
    ck_assert_int_eq(read_text("{\"tasks\":[],\"templates\":[]}"), ERROR_NONE);
    memcpy(first, document.digest, sizeof(first));
    ck_assert_int_eq(read_text("{\"tasks\":[]}"), ERROR_NONE);
    ck_assert_mem_ne(first, document.digest, sizeof(first));
}
END_TEST

START_TEST(refused_records_are_told_once)
{
    struct buf text CLEANUP_BUF = {0};
    struct json_writer w = json_writer(&text);
    ck_assert_int_eq(read_text(FAULTY), ERROR_NONE);
    import_refused_json(&w, &document, &faults);
    json_t *json CLEANUP_JSON = json_loads(buf_string(&text), 0, NULL);
    ck_assert_int_eq(json_integer_value(json_object_get(json, "refused_total")), 5);
    const json_t *refused = json_object_get(json, "refused");
    const json_t *first = json_array_get(refused, 1); /* after #/colour */
    ck_assert_str_eq(json_string_value(json_object_get(first, "pointer")), "#/tasks/0");
    ck_assert_int_eq(json_integer_value(json_object_get(first, "id")), 1);
    const char *reason = json_string_value(json_object_get(first, "reason"));
    ck_assert_ptr_nonnull(strstr(reason, "x~1y: is not a known field; due_date: must be"));
    ck_assert_ptr_nonnull(strstr(reason, "description: is required"));
    ck_assert(json_is_null(json_object_get(json_array_get(refused, 2), "id")));
}
END_TEST

START_TEST(runs_of_ids_are_told)
{
    struct buf text CLEANUP_BUF = {0};
    struct json_writer w = json_writer(&text);
    ck_assert_int_eq(read_text(GOOD), ERROR_NONE);
    import_renumber(&document.tasks, 30);
    import_report_json(&w, &document, &(struct import_report){.imported = 2, .renumbered = 2});
    ck_assert_str_eq(
        buf_string(&text),
        "{\"imported\":2,\"templates\":0,\"skipped\":0,\"renumbered\":2,\"ids\":["
        "{\"first\":7,\"last\":7,\"becomes\":30},{\"first\":9,\"last\":9,\"becomes\":31}"
        "],\"refused_total\":0,\"refused\":[]}");
}
END_TEST

START_TEST(file_is_named_by_its_time)
{
    char name[EXPORT_NAME_SIZE];
    export_file_name(NOW + 3723000, name);
    ck_assert_str_eq(name, "todo-app-export-20260101T010203Z.json");
}
END_TEST

static const char *const texts[] = {GOOD, FAULTY, "[]"};

START_TEST(every_failed_allocation_is_reported)
{
    json_t *json CLEANUP_JSON = json_loads(texts[_i], 0, NULL);
    for (long n = 0;; n++) {
        reset();
        fail_malloc_after(n);
        enum error_code code = import_read(&faults, json, NOW, &document);
        if (!fail_malloc_off()) {
            ck_assert_int_eq(code, ERROR_NONE);
            ck_assert_int_gt(n, 0);
            return;
        }
        ck_assert(code == ERROR_MEMORY || faults.failed);
    }
}
END_TEST

Suite *suite_import(void);
Suite *suite_import(void)
{
    Suite *suite = suite_create("import");
    TCase *tcase = tcase_create("import");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, document_is_read);
    tcase_add_test(tcase, digest_is_that_of_the_content);
    tcase_add_test(tcase, refused_records_are_told_once);
    tcase_add_test(tcase, runs_of_ids_are_told);
    tcase_add_test(tcase, file_is_named_by_its_time);
    tcase_add_loop_test(tcase, every_failed_allocation_is_reported, 0, (int)ARRAY_SIZE(texts));
    suite_add_tcase(suite, tcase);
    return suite;
}
