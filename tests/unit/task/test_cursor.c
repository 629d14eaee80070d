/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Cursors: round trips for every order, refusal of everything that was not made for this query.
 */
#include <string.h>

#include "../fail_malloc.h"
#include "base/utf8.h"
#include "support.h"
#include "task/cursor.h"

static struct task_query query;
static struct task task;

static void setup_cursor(void)
{
    task_query_init(&query, 20000);
    task_init(&task);
    task.id = 7;
    task.description = support_text("Buy MILK");
    task.due_date = 20001;
    task.created_at = INT64_C(1767348672123);
    task.updated_at = INT64_C(1767348672456);
}

/* The orders, by number: any first key, both ways, then perhaps a second, then id. */
#define ORDERS (TASK_SORT_KEY_COUNT * 2 * TASK_SORT_KEY_COUNT)

static void set_order(int order)
{
    enum task_sort_key first = (enum task_sort_key)(order % TASK_SORT_KEY_COUNT);
    enum task_sort_key second = (enum task_sort_key)(order / 2 / TASK_SORT_KEY_COUNT);
    query.sort_count = 0;
    if (first != TASK_SORT_ID)
        query.sort[query.sort_count++] =
            (struct task_sort){first, order / TASK_SORT_KEY_COUNT % 2 == 1};
    if (second != TASK_SORT_ID && second != first)
        query.sort[query.sort_count++] = (struct task_sort){second, false};
    query.sort[query.sort_count++] = (struct task_sort){TASK_SORT_ID, false};
}

static void set_all_keys(void)
{
    query.sort_count = 0;
    for (int key = TASK_SORT_KEY_COUNT - 1; key >= 0; key--)
        query.sort[query.sort_count++] = (struct task_sort){(enum task_sort_key)key, key % 2 == 0};
}

static const char *encode(void)
{
    const char *text = task_cursor_encode(&arena, &query, &task);
    ck_assert_ptr_nonnull(text);
    return text;
}

static bool decode(const char *text, struct task_cursor *ret_cursor)
{
    return task_cursor_decode(&arena, &query, text, ret_cursor);
}

static void expect_refused(const char *text)
{
    struct task_cursor cursor = {.id = 99};
    ck_assert(!decode(text, &cursor));
    ck_assert_int_eq(cursor.id, 99);
}

static bool sorts_by(enum task_sort_key key)
{
    for (size_t i = 0; i < query.sort_count; i++)
        if (query.sort[i].key == key)
            return true;
    return false;
}

static void expect_key_values(const struct task_cursor *cursor)
{
    CLEANUP_BUF struct buf folded = {0};
    utf8_fold(&folded, task.description.data, task.description.size);
    ck_assert_int_eq(cursor->id, task.id);
    ck_assert_int_eq(cursor->priority, sorts_by(TASK_SORT_PRIORITY) ? task.priority : 0);
    ck_assert_int_eq(cursor->due_date, sorts_by(TASK_SORT_DUE_DATE) ? task.due_date : 0);
    ck_assert_int_eq(cursor->created_at, sorts_by(TASK_SORT_CREATED_AT) ? task.created_at : 0);
    ck_assert_int_eq(cursor->updated_at, sorts_by(TASK_SORT_UPDATED_AT) ? task.updated_at : 0);
    if (sorts_by(TASK_SORT_DESCRIPTION))
        ck_assert_str_eq(cursor->description_folded.data, buf_string(&folded));
    else
        ck_assert_ptr_null(cursor->description_folded.data);
}

static void random_task(char *description, size_t letters)
{
    static const char *const alphabet[] = {
        "A", "z", " ", "\xC3\x84", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    description[0] = '\0';
    for (size_t i = 0; i < letters; i++)
        strcat(description, alphabet[support_random(ARRAY_SIZE(alphabet))]);
    task.description = support_text(description);
    task.id = 1 + (int64_t)support_random(UINT32_MAX) * support_random(1 << 20);
    task.priority = (enum task_priority)(1 + support_random(TASK_PRIORITY_END - 1));
    task.due_date = (date_t)support_random(DATE_NONE + 1);
    task.created_at = (int64_t)support_random(UINT32_MAX) * 1000;
    task.updated_at = -(int64_t)support_random(UINT32_MAX);
}

START_TEST(random_tasks_come_back_in_every_order)
{
    char description[4 * 40 + 1];
    for (int round = 0; round < 5 * ORDERS; round++) {
        struct task_cursor cursor;
        support_reset();
        set_order(round % ORDERS);
        random_task(description, 1 + support_random(40));
        ck_assert(decode(encode(), &cursor));
        expect_key_values(&cursor);
    }
}
END_TEST

START_TEST(longest_description_comes_back)
{
    char description[4 * TASK_DESCRIPTION_MAX + 1];
    for (size_t i = 0; i < TASK_DESCRIPTION_MAX; i++)
        memcpy(description + 4 * i, "\xF0\x9F\x98\x80", 5);
    task.description = support_text(description);
    task.id = TASK_ID_MAX;
    task.due_date = DATE_NONE;
    task.created_at = INT64_MAX;
    task.updated_at = INT64_MIN;
    set_all_keys();
    struct task_cursor cursor;
    ck_assert(decode(encode(), &cursor));
    expect_key_values(&cursor);
}
END_TEST

START_TEST(empty_description_comes_back)
{
    task.description = support_text("");
    set_all_keys();
    struct task_cursor cursor;
    ck_assert(decode(encode(), &cursor));
    ck_assert_uint_eq(cursor.description_folded.size, 0);
    ck_assert_str_eq(cursor.description_folded.data, "");
}
END_TEST

START_TEST(text_is_fit_for_a_url)
{
    set_all_keys();
    const char *text = encode();
    ck_assert_uint_eq(
        strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
        strlen(text));
}
END_TEST

START_TEST(any_damaged_character_is_refused)
{
    set_all_keys();
    char *text = arena_strdup(&arena, encode());
    for (size_t i = 0; i < strlen(text); i++) {
        char good = text[i];
        for (int c = 1; c < 256; c++) {
            if ((char)c == good)
                continue;
            text[i] = (char)c;
            expect_refused(text);
        }
        text[i] = good;
    }
    struct task_cursor cursor;
    ck_assert(decode(text, &cursor));
}
END_TEST

START_TEST(any_cut_or_longer_text_is_refused)
{
    set_all_keys();
    const char *text = encode();
    size_t size = strlen(text);
    for (size_t cut = 0; cut < size; cut++)
        expect_refused(arena_memdup(&arena, text, cut));
    for (int c = 1; c < 256; c++)
        expect_refused(arena_printf(&arena, "%s%c", text, c));
    expect_refused(arena_printf(&arena, "%s%s", text, text));
}
END_TEST

START_TEST(endless_text_is_refused)
{
    char *text = arena_alloc(&arena, 100001);
    memset(text, 'A', 100000);
    text[100000] = '\0';
    expect_refused(text);
}
END_TEST

/* Each change makes another query of the default one. */
static void change_query(int change)
{
    static const struct text search = {"milk", 4}, other = {"mil", 3};
    switch (change) {
#define CHANGE(number, statement)                                                                  \
    case number:                                                                                   \
        statement;                                                                                 \
        break;
        CHANGE(0, query.completed = TRI_TRUE)
        CHANGE(1, query.completed = TRI_FALSE)
        CHANGE(2, query.archived = TRI_ANY)
        CHANGE(3, query.priorities = 2)
        CHANGE(4, query.categories = 2)
        CHANGE(5, query.due = DUE_VIEW_WEEK)
        CHANGE(6, query.due = DUE_VIEW_MONTH)
        CHANGE(7, query.due_after = 5)
        CHANGE(8, query.due_before = 5)
        CHANGE(9, query.has_parent = TRI_FALSE)
        CHANGE(10, query.parent_id = 3; query.has_parent = TRI_TRUE)
        CHANGE(11, query.parent_id = 4; query.has_parent = TRI_TRUE)
        CHANGE(12, query.recurring = TRI_TRUE)
        CHANGE(13, query.blocked = TRI_TRUE)
        CHANGE(14, query.search = search)
        CHANGE(15, query.search = other)
        CHANGE(16, query.view = TASK_VIEW_TREE)
        CHANGE(17, query.today_given = true)
        CHANGE(18, query.today_given = true; query.today = 19999)
        CHANGE(19, query.sort[0].descending = true)
        CHANGE(20, set_order(TASK_SORT_PRIORITY))
        CHANGE(21, set_order(TASK_SORT_CREATED_AT))
        CHANGE(22, set_order(TASK_SORT_UPDATED_AT))
#undef CHANGE
    default:
        break;
    }
}
#define CHANGES 23

START_TEST(cursor_of_another_query_is_refused)
{
    const char *texts[CHANGES + 1];
    for (int i = 0; i <= CHANGES; i++) {
        setup_cursor();
        change_query(i);
        texts[i] = encode();
    }
    for (int i = 0; i <= CHANGES; i++)
        for (int j = 0; j <= CHANGES; j++) {
            struct task_cursor cursor;
            setup_cursor();
            change_query(i);
            ck_assert_msg(decode(texts[j], &cursor) == (i == j), "%d read %d's", i, j);
        }
}
END_TEST

START_TEST(limit_and_count_may_change)
{
    struct task_cursor cursor;
    const char *text = encode();
    query.limit = 3;
    query.count = true;
    query.cursor = text;
    ck_assert(decode(text, &cursor));
}
END_TEST

START_TEST(list_goes_on_past_midnight)
{
    struct task_cursor cursor;
    query.due = DUE_VIEW_OVERDUE;
    task_query_resolve_due(&query);
    const char *text = encode();
    query.today++;
    task_query_resolve_due(&query);
    ck_assert(decode(text, &cursor));
}
END_TEST

START_TEST(encode_reports_every_failed_allocation)
{
    set_all_keys();
    for (long n = 0;; n++) {
        support_reset();
        fail_malloc_after(n);
        char *text = task_cursor_encode(&arena, &query, &task);
        if (!fail_malloc_off()) {
            ck_assert_ptr_nonnull(text);
            ck_assert_int_ge(n, 4);
            return;
        }
        ck_assert_ptr_null(text);
    }
}
END_TEST

/* Sizes at which the buffer grows for the check sum alone. */
START_TEST(encode_reports_failed_allocations_of_any_size)
{
    char description[400];
    set_order(TASK_SORT_DESCRIPTION);
    for (size_t size = 0; size < sizeof(description) - 1; size++) {
        memset(description, 'x', size);
        description[size] = '\0';
        task.description = support_text(description);
        bool failed = true;
        for (long n = 0; failed; n++) {
            support_reset();
            fail_malloc_after(n);
            char *text = task_cursor_encode(&arena, &query, &task);
            failed = fail_malloc_off();
            ck_assert_int_eq(text == NULL, failed);
        }
    }
}
END_TEST

START_TEST(decode_reports_every_failed_allocation)
{
    set_all_keys();
    char *text = strdup(encode());
    for (long n = 0;; n++) {
        struct task_cursor cursor = {.id = 99};
        support_reset();
        fail_malloc_after(n);
        bool decoded = decode(text, &cursor);
        if (!fail_malloc_off()) {
            ck_assert(decoded);
            ck_assert_int_ge(n, 2);
            break;
        }
        ck_assert(!decoded);
        ck_assert_int_eq(cursor.id, 99);
    }
    free(text);
}
END_TEST

Suite *suite_cursor(void)
{
    Suite *suite = suite_create("cursor");
    TCase *honest = support_case(suite, "honest");
    tcase_add_checked_fixture(honest, setup_cursor, NULL);
    tcase_add_test(honest, random_tasks_come_back_in_every_order);
    tcase_add_test(honest, longest_description_comes_back);
    tcase_add_test(honest, empty_description_comes_back);
    tcase_add_test(honest, text_is_fit_for_a_url);
    tcase_add_test(honest, limit_and_count_may_change);
    tcase_add_test(honest, list_goes_on_past_midnight);
    TCase *refused = support_case(suite, "refused");
    tcase_add_checked_fixture(refused, setup_cursor, NULL);
    tcase_add_test(refused, any_damaged_character_is_refused);
    tcase_add_test(refused, any_cut_or_longer_text_is_refused);
    tcase_add_test(refused, endless_text_is_refused);
    tcase_add_test(refused, cursor_of_another_query_is_refused);
    TCase *memory = support_case(suite, "memory");
    tcase_add_checked_fixture(memory, setup_cursor, NULL);
    tcase_add_test(memory, encode_reports_every_failed_allocation);
    tcase_add_test(memory, encode_reports_failed_allocations_of_any_size);
    tcase_add_test(memory, decode_reports_every_failed_allocation);
    return suite;
}
