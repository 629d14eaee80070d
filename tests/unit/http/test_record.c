/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The FastCGI records of an answer.
 */
#include "http/record.h"

#include <fastcgi.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites.h"
#include "support.h"

#define REQUEST_ID 0x1234
#define LARGE      ((size_t)300 * 1000) /* five records; more than the socket takes at once */

static int ends[2]; /* of the web server, and ours */
static struct buf received;

static void setup(void)
{
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    received = (struct buf){0};
}

static void teardown(void)
{
    close(ends[0]);
    close(ends[1]);
    buf_close(&received);
}

static void *receive_all(void *argument)
{
    char part[4096];
    ssize_t size;
    (void)argument;
    while ((size = read(ends[0], part, sizeof part)) > 0)
        buf_append(&received, part, (size_t)size);
    return NULL;
}

/* Sends while another thread receives, then closes our end. */
static void exchange(struct bytes first, struct bytes second, bool last)
{
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, receive_all, NULL), 0);
    ck_assert(record_send(ends[1], REQUEST_ID, first, second, last));
    shutdown(ends[1], SHUT_WR);
    pthread_join(thread, NULL);
}

/* Takes the next record off what was received. Its type; its content is in *ret_content. */
static int take_record(size_t *position, struct bytes *ret_content)
{
    FCGI_Header header;
    ck_assert_uint_le(*position + sizeof header, received.size);
    memcpy(&header, received.data + *position, sizeof header);
    ck_assert_int_eq(header.version, FCGI_VERSION_1);
    ck_assert_int_eq(header.requestIdB1 << 8 | header.requestIdB0, REQUEST_ID);
    *ret_content = (struct bytes){received.data + *position + sizeof header,
                                  (size_t)(header.contentLengthB1 << 8 | header.contentLengthB0)};
    *position += sizeof header + ret_content->size + header.paddingLength;
    ck_assert_uint_le(*position, received.size);
    return header.type;
}

static void expect_end(size_t position)
{
    struct bytes content;
    ck_assert_int_eq(take_record(&position, &content), FCGI_STDOUT);
    ck_assert_uint_eq(content.size, 0);
    ck_assert_int_eq(take_record(&position, &content), FCGI_END_REQUEST);
    ck_assert_uint_eq(content.size, sizeof(FCGI_EndRequestBody));
    ck_assert_mem_eq(content.data, "\0\0\0\0\0\0\0\0", content.size);
    ck_assert_uint_eq(position, received.size);
}

START_TEST(a_small_answer_is_one_record_and_the_end)
{
    struct bytes content;
    size_t position = 0;
    exchange((struct bytes){"head ", 5}, (struct bytes){"body", 4}, true);
    ck_assert_int_eq(take_record(&position, &content), FCGI_STDOUT);
    ck_assert_uint_eq(content.size, 9);
    ck_assert_mem_eq(content.data, "head body", 9);
    expect_end(position);
}
END_TEST

START_TEST(a_large_answer_is_several)
{
    char *large = malloc(LARGE);
    size_t position = 0;
    size_t seen = 0;
    ck_assert_ptr_nonnull(large);
    for (size_t i = 0; i < LARGE; i++)
        large[i] = (char)(i % 251);
    exchange((struct bytes){large, 7}, (struct bytes){large + 7, LARGE - 7}, true);
    while (seen < LARGE) {
        struct bytes content;
        ck_assert_int_eq(take_record(&position, &content), FCGI_STDOUT);
        ck_assert_uint_gt(content.size, 0);
        ck_assert_mem_eq(content.data, large + seen, content.size);
        seen += content.size;
    }
    expect_end(position);
    free(large);
}
END_TEST

START_TEST(a_part_has_no_end)
{
    struct bytes content;
    size_t position = 0;
    exchange((struct bytes){NULL, 0}, (struct bytes){"part", 4}, false);
    ck_assert_int_eq(take_record(&position, &content), FCGI_STDOUT);
    ck_assert_mem_eq(content.data, "part", 4);
    ck_assert_uint_eq(position, received.size);
}
END_TEST

START_TEST(nothing_is_no_record)
{
    exchange((struct bytes){NULL, 0}, (struct bytes){NULL, 0}, false);
    ck_assert_uint_eq(received.size, 0);
}
END_TEST

START_TEST(the_end_alone)
{
    exchange((struct bytes){NULL, 0}, (struct bytes){NULL, 0}, true);
    expect_end(0);
}
END_TEST

START_TEST(a_peer_that_is_gone)
{
    close(ends[0]);
    ck_assert(
        !record_send(ends[1], REQUEST_ID, (struct bytes){"a", 1}, (struct bytes){"b", 1}, true));
}
END_TEST

START_TEST(a_peer_that_takes_nothing)
{
    const struct timeval time = {.tv_usec = 20000};
    char *large = calloc(1, LARGE);
    ck_assert_ptr_nonnull(large);
    setsockopt(ends[1], SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
    ck_assert(!record_send(ends[1], REQUEST_ID, (struct bytes){large, LARGE},
                           (struct bytes){large, LARGE}, true));
    free(large);
}
END_TEST

Suite *suite_record(void)
{
    Suite *suite = suite_create("record");
    TCase *tests = tcase_create("record");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_small_answer_is_one_record_and_the_end);
    tcase_add_test(tests, a_large_answer_is_several);
    tcase_add_test(tests, a_part_has_no_end);
    tcase_add_test(tests, nothing_is_no_record);
    tcase_add_test(tests, the_end_alone);
    tcase_add_test(tests, a_peer_that_is_gone);
    tcase_add_test(tests, a_peer_that_takes_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
