/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Idempotency records: stored, found again, expired.
 */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "fixture.h"
#include "store/rows.h"
#include "store_suites.h"

#define TTL INT64_C(86400000) /* the fixture's */

static struct fixture fixture;
static struct store_reader *reader;
static struct arena arena;

static void setup(void)
{
    struct error error = {0};
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    arena_init(&arena, 4096);
}

static void teardown(void)
{
    arena_close(&arena);
    store_reader_close(reader);
    fixture_remove(&fixture);
}

static bool run_put(struct store_tx *tx, void *arg)
{
    return store_idempotency_put(tx, arg) == ERROR_NONE;
}

static void put(const char *key, int64_t at, int status, struct text body)
{
    struct idempotency_record record = {
        .key = key, .created_at = at, .status = status, .headers = {"", 0}, .body = body};
    memset(record.fingerprint, status, sizeof(record.fingerprint));
    ck_assert_int_eq(store_write(fixture.store, run_put, &record), ERROR_NONE);
}

static enum error_code get(const char *key, int64_t now, struct idempotency_record *record)
{
    enum error_code code = ERROR_NONE;
    struct store_view *view = store_read_begin(reader, &code);
    ck_assert_ptr_nonnull(view);
    code = store_idempotency_get(view, key, now, &arena, record);
    store_read_end(reader);
    return code;
}

START_TEST(test_record_comes_back)
{
    struct idempotency_record record = {
        .key = "key",
        .created_at = 1000,
        .status = 201,
        .headers = {"Location: /x\n", 13},
        .body = {"{\"a\":\0 1}", 9},
    };
    memset(record.fingerprint, 0xab, sizeof(record.fingerprint));
    ck_assert_int_eq(store_write(fixture.store, run_put, &record), ERROR_NONE);
    struct idempotency_record read;
    ck_assert_int_eq(get("key", 1000, &read), ERROR_NONE);
    ck_assert_str_eq(read.key, "key");
    ck_assert_mem_eq(read.fingerprint, record.fingerprint, sizeof(read.fingerprint));
    ck_assert_int_eq(read.created_at, 1000);
    ck_assert_int_eq(read.status, 201);
    ck_assert_str_eq(read.headers.data, "Location: /x\n");
    ck_assert_uint_eq(read.body.size, 9);
    ck_assert_mem_eq(read.body.data, "{\"a\":\0 1}", 10);
}
END_TEST

START_TEST(test_empty_body)
{
    put("key", 0, 204, (struct text){NULL, 0});
    struct idempotency_record read;
    ck_assert_int_eq(get("key", 0, &read), ERROR_NONE);
    ck_assert_uint_eq(read.body.size, 0);
    ck_assert_str_eq(read.body.data, "");
}
END_TEST

START_TEST(test_unknown_key)
{
    put("key", 0, 200, (struct text){"x", 1});
    struct idempotency_record read = {.status = 7};
    ck_assert_int_eq(get("KEY", 0, &read), ERROR_NOT_FOUND);
    ck_assert_int_eq(read.status, 7); /* untouched */
}
END_TEST

START_TEST(test_record_expires)
{
    put("key", 1000, 200, (struct text){"x", 1});
    struct idempotency_record read;
    ck_assert_int_eq(get("key", 1000 + TTL - 1, &read), ERROR_NONE);
    ck_assert_int_eq(get("key", 1000 + TTL, &read), ERROR_NOT_FOUND);
}
END_TEST

START_TEST(test_expired_record_is_replaced)
{
    put("key", 0, 200, (struct text){"old", 3});
    put("key", TTL, 201, (struct text){"new", 3});
    struct idempotency_record read;
    ck_assert_int_eq(get("key", TTL, &read), ERROR_NONE);
    ck_assert_int_eq(read.status, 201);
    ck_assert_str_eq(read.body.data, "new");
}
END_TEST

START_TEST(test_expired_records_are_removed_little_by_little)
{
    char key[16];
    for (int i = 0; i < 10; i++) {
        snprintf(key, sizeof(key), "key%d", i);
        put(key, i, 200, (struct text){"x", 1});
    }
    put("late", TTL + 100, 200, (struct text){"x", 1});
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM idempotency"), 7);
    ck_assert_int_eq(file_number(fixture.path, "SELECT min(created_at) FROM idempotency"), 4);
    put("later", TTL + 100, 200, (struct text){"x", 1});
    put("latest", TTL + 100, 200, (struct text){"x", 1});
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM idempotency"), 3);
}
END_TEST

Suite *suite_idempotency(void)
{
    const TTest *const tests[] = {
        test_record_comes_back,
        test_empty_body,
        test_unknown_key,
        test_record_expires,
        test_expired_record_is_replaced,
        test_expired_records_are_removed_little_by_little,
    };
    return store_suite("idempotency", setup, teardown, tests, ARRAY_SIZE(tests));
}
