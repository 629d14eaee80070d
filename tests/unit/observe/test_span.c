/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/span.c and observe/span_queue.c.
 */
#include "observe/span.h"

#include <check.h>
#include <pthread.h>
#include <string.h>

#include "base/cleanup.h"
#include "observe/span_queue.h"
#include "tests/unit/fail_malloc.h"

static void cleanup_span(struct span **span)
{
    span_free(*span);
}
#define CLEANUP_SPAN CLEANUP(cleanup_span)

START_TEST(new_span_has_an_id)
{
    struct span *a CLEANUP_SPAN = span_new(0);
    struct span *b CLEANUP_SPAN = span_new(0);
    ck_assert_uint_eq(strlen(a->span_id), 16);
    ck_assert_str_ne(a->span_id, b->span_id);
    ck_assert_str_eq(a->parent_id, "");
    ck_assert_str_eq(span_keep(a, "no room", 7), "");
}
END_TEST

START_TEST(without_memory_there_is_none)
{
    fail_malloc_after(0);
    struct span *span = span_new(10);
    ck_assert(fail_malloc_off());
    ck_assert_ptr_null(span);
    span_free(span);
}
END_TEST

START_TEST(text_is_cut_between_code_points)
{
    struct span *span CLEANUP_SPAN = span_new(12);
    ck_assert_str_eq(span_keep(span, "abc-", 3), "abc");
    ck_assert_str_eq(span_keep(span, "d\xc3\xa9\xe2\x82\xac\xc3\xa9", 8), "d\xc3\xa9\xe2\x82\xac");
    ck_assert_str_eq(span_keep(span, "\xe2\x82\xac", 3), "");
    ck_assert_str_eq(span_keep(span, "x", 1), "");
}
END_TEST

START_TEST(attributes_are_limited)
{
    struct span *span CLEANUP_SPAN = span_new(0);
    for (int i = 0; i < SPAN_ATTRIBUTES_MAX; i++)
        span_set_number(span, "n", i);
    span_set_text(span, "one.more", "x");
    ck_assert_uint_eq(span->attribute_count, SPAN_ATTRIBUTES_MAX);
    ck_assert_int_eq(span->attributes[SPAN_ATTRIBUTES_MAX - 1].number, SPAN_ATTRIBUTES_MAX - 1);
}
END_TEST

/* --- The queue -------------------------------------------------------------------------------- */

static struct span_queue queue;

/* Never looked into. */
static struct span *token(size_t number)
{
    return (struct span *)(number + 1);
}

START_TEST(queue_is_in_order_and_bounded)
{
    span_queue_init(&queue);
    ck_assert_ptr_null(span_queue_take(&queue));
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < SPAN_QUEUE_MAX; i++)
            ck_assert(span_queue_put(&queue, token(i)));
        ck_assert(!span_queue_put(&queue, token(0)));
        ck_assert_uint_eq(span_queue_length(&queue), SPAN_QUEUE_MAX);
        for (size_t i = 0; i < SPAN_QUEUE_MAX; i++)
            ck_assert_ptr_eq(span_queue_take(&queue), token(i));
        ck_assert_ptr_null(span_queue_take(&queue));
        ck_assert_uint_eq(span_queue_length(&queue), 0);
    }
}
END_TEST

#define PUTTERS    4
#define PUT_BY_ONE 20000

struct putter {
    pthread_t thread;
    size_t first;
    size_t put; /* that found room */
};

static void *put_all(void *argument)
{
    struct putter *putter = argument;
    for (size_t i = 0; i < PUT_BY_ONE; i++)
        putter->put += span_queue_put(&queue, token(putter->first + i));
    return NULL;
}

/* Takes until so many have come in all, or none is left after the putters' end; each once, those of
 * one putter in its order. */
static size_t take_all(size_t last[static PUTTERS])
{
    size_t taken = 0;
    for (const struct span *span; (span = span_queue_take(&queue)) != NULL; taken++) {
        size_t number = (size_t)span - 1;
        size_t putter = number / PUT_BY_ONE;
        ck_assert_uint_lt(putter, PUTTERS);
        ck_assert_uint_ge(number, last[putter]);
        last[putter] = number + 1;
    }
    return taken;
}

START_TEST(many_threads_put_and_one_takes)
{
    struct putter putters[PUTTERS] = {{.put = 0}};
    size_t last[PUTTERS] = {0};
    size_t taken = 0, put = 0;
    span_queue_init(&queue);
    for (size_t i = 0; i < PUTTERS; i++) {
        putters[i].first = i * PUT_BY_ONE;
        ck_assert_int_eq(pthread_create(&putters[i].thread, NULL, put_all, &putters[i]), 0);
    }
    while (taken < SPAN_QUEUE_MAX) /* there is room for so many, whatever the order of threads */
        taken += take_all(last);
    for (size_t i = 0; i < PUTTERS; i++) {
        pthread_join(putters[i].thread, NULL);
        put += putters[i].put;
    }
    taken += take_all(last);
    ck_assert_uint_eq(taken, put);
}
END_TEST

Suite *suite_span(void);
Suite *suite_span(void)
{
    Suite *suite = suite_create("span");
    TCase *tcase = tcase_create("span");
    tcase_add_test(tcase, new_span_has_an_id);
    tcase_add_test(tcase, without_memory_there_is_none);
    tcase_add_test(tcase, text_is_cut_between_code_points);
    tcase_add_test(tcase, attributes_are_limited);
    tcase_add_test(tcase, queue_is_in_order_and_bounded);
    tcase_add_test(tcase, many_threads_put_and_one_takes);
    suite_add_tcase(suite, tcase);
    return suite;
}
