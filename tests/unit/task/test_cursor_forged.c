/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Cursors with a right check sum that no honest server made.
 */
#include <string.h>

#include "base/digest.h"
#include "support.h"
#include "task/cursor.h"

static struct task_query query;
static struct task task;

static void setup_forged(void)
{
    task_query_init(&query, 20000);
    task_init(&task);
    task.id = 7;
    task.description = support_text("Buy MILK");
}

static void sort_by(enum task_sort_key key)
{
    query.sort[0] = (struct task_sort){key, false};
    query.sort[1] = (struct task_sort){TASK_SORT_ID, false};
    query.sort_count = key == TASK_SORT_ID ? 1 : 2;
}

static void expect_refused(const char *text)
{
    struct task_cursor cursor = {.id = 99};
    ck_assert(!task_cursor_decode(&arena, &query, text, &cursor));
    ck_assert_int_eq(cursor.id, 99);
}

#define HEAD 9 /* version and query */

/* The cursor's bytes with one change at `at` (or none), summed up anew. */
static const char *forge(size_t at, const void *change, size_t size, size_t cut)
{
    struct buf bytes = {0}, text = {0};
    const char *honest = task_cursor_encode(&arena, &query, &task);
    ck_assert(base64url_decode(&bytes, honest, strlen(honest)));
    bytes.size -= 4 + cut;
    ck_assert_uint_le(at + size, bytes.size);
    memcpy(bytes.data + at, change, size);
    uint8_t digest[SHA256_SIZE];
    struct sha256 sha;
    sha256_init(&sha);
    sha256_update(&sha, bytes.data, bytes.size);
    sha256_final(&sha, digest);
    buf_append(&bytes, digest, 4);
    base64url_append(&text, bytes.data, bytes.size);
    const char *forged = arena_memdup(&arena, text.data, text.size);
    buf_close(&bytes);
    buf_close(&text);
    return forged;
}

START_TEST(forging_works_when_nothing_is_changed)
{
    struct task_cursor cursor;
    ck_assert(task_cursor_decode(&arena, &query, forge(0, "", 0, 0), &cursor));
    ck_assert_int_eq(cursor.id, 7);
}
END_TEST

START_TEST(other_version_is_refused)
{
    expect_refused(forge(0, "\x02", 1, 0));
    expect_refused(forge(0, "\x00", 1, 0));
}
END_TEST

START_TEST(missing_or_additional_keys_are_refused)
{
    expect_refused(forge(0, "", 0, 8));
    expect_refused(forge(0, "", 0, 3));
    expect_refused(forge(0, "", 0, HEAD + 8));
    sort_by(TASK_SORT_PRIORITY);
    const char *longer = forge(0, "", 0, 0);
    sort_by(TASK_SORT_ID);
    expect_refused(longer);
}
END_TEST

START_TEST(bytes_after_the_last_key_are_refused)
{
    static const uint8_t one[8] = {[7] = 1};
    sort_by(TASK_SORT_DESCRIPTION);
    /* With a length one less, the NUL becomes the first byte of a right id, and one byte is left.
     */
    task.description = (struct text){"a", 2};
    task.id = 7 << 8;
    expect_refused(forge(HEAD, one, sizeof(one), 0));
}
END_TEST

START_TEST(values_that_no_task_has_are_refused)
{
    static const uint8_t zero[8] = {0}, huge[8] = {0x7F}, minus[8] = {0xFF};
    expect_refused(forge(HEAD, zero, 8, 0));
    expect_refused(forge(HEAD, huge, 8, 0));
    expect_refused(forge(HEAD, minus, 8, 0));
    sort_by(TASK_SORT_PRIORITY);
    expect_refused(forge(HEAD, zero, 8, 0));
    expect_refused(forge(HEAD, huge, 8, 0));
    sort_by(TASK_SORT_DUE_DATE);
    expect_refused(forge(HEAD, huge, 8, 0));
    expect_refused(forge(HEAD, minus, 8, 0));
}
END_TEST

START_TEST(bad_text_is_refused)
{
    static const uint8_t huge[8] = {0x7F}, minus[8] = {0xFF}, past_the_end[8] = {[7] = 17};
    sort_by(TASK_SORT_DESCRIPTION);
    expect_refused(forge(HEAD, huge, 8, 0));
    expect_refused(forge(HEAD, minus, 8, 0));
    expect_refused(forge(HEAD, past_the_end, 8, 0));
    expect_refused(forge(HEAD + 8, "\xFF", 1, 0));
    expect_refused(forge(0, "", 0, 8 + 8 + 4));
}
END_TEST

Suite *suite_cursor_forged(void)
{
    Suite *suite = suite_create("cursor_forged");
    TCase *tcase = support_case(suite, "forged");
    tcase_add_checked_fixture(tcase, setup_forged, NULL);
    tcase_add_test(tcase, forging_works_when_nothing_is_changed);
    tcase_add_test(tcase, other_version_is_refused);
    tcase_add_test(tcase, missing_or_additional_keys_are_refused);
    tcase_add_test(tcase, bytes_after_the_last_key_are_refused);
    tcase_add_test(tcase, values_that_no_task_has_are_refused);
    tcase_add_test(tcase, bad_text_is_refused);
    return suite;
}
