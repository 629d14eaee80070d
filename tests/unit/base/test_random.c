/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/random.c. Linked with -Wl,--wrap=getrandom, so that the kernel can be made to
 * interrupt, to give less than asked for, and to refuse.
 */
#include "base/random.h"

#include <check.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>

ssize_t __real_getrandom(void *data, size_t size, unsigned flags);
ssize_t __wrap_getrandom(void *data, size_t size, unsigned flags);

static int interruptions;
static size_t at_most = SIZE_MAX;
static bool refuses;

ssize_t __wrap_getrandom(void *data, size_t size, unsigned flags)
{
    if (refuses) {
        errno = ENOSYS;
        return -1;
    }
    if (interruptions > 0) {
        interruptions--;
        errno = EINTR;
        return -1;
    }
    return __real_getrandom(data, size < at_most ? size : at_most, flags);
}

/* Each byte of the area is written in one of a few rounds, unless it never is. */
static void assert_all_written(size_t size)
{
    uint8_t seen[1000] = {0};
    uint8_t data[1001];
    ck_assert_uint_le(size, sizeof(seen));
    for (int round = 0; round < 16; round++) {
        memset(data, 0, sizeof(data));
        random_bytes(data, size);
        ck_assert_uint_eq(data[size], 0);
        for (size_t i = 0; i < size; i++)
            seen[i] |= data[i];
    }
    for (size_t i = 0; i < size; i++)
        ck_assert_msg(seen[i] != 0, "byte %zu of %zu", i, size);
}

static const size_t sizes[] = {0, 1, 8, 16, 255, 256, 257, 1000};

START_TEST(all_bytes_are_written)
{
    assert_all_written(sizes[_i]);
}
END_TEST

START_TEST(interruptions_and_short_answers_are_survived)
{
    interruptions = 3;
    at_most = 7;
    assert_all_written(1000);
    assert_all_written(16);
    ck_assert_int_eq(interruptions, 0);
}
END_TEST

START_TEST(without_randomness_the_program_stops)
{
    refuses = true;
    uint8_t byte;
    random_bytes(&byte, 1);
}
END_TEST

START_TEST(uuid_has_its_form)
{
    char uuid[UUID_TEXT_SIZE];
    for (int round = 0; round < 1000; round++) {
        random_uuid(uuid);
        ck_assert_uint_eq(strlen(uuid), 36);
        for (size_t i = 0; i < 36; i++) {
            bool dash = i == 8 || i == 13 || i == 18 || i == 23;
            ck_assert(dash ? uuid[i] == '-' : strchr("0123456789abcdef", uuid[i]) != NULL);
        }
        ck_assert_int_eq(uuid[14], '4');
        ck_assert(strchr("89ab", uuid[19]) != NULL);
    }
}
END_TEST

START_TEST(uuids_differ)
{
    static char uuids[500][UUID_TEXT_SIZE];
    for (size_t i = 0; i < 500; i++) {
        random_uuid(uuids[i]);
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(uuids[i], uuids[j]);
    }
}
END_TEST

static void *make_uuid(void *out)
{
    random_uuid(out);
    return NULL;
}

START_TEST(threads_get_different_bytes)
{
    char uuids[2][UUID_TEXT_SIZE];
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, make_uuid, uuids[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    ck_assert_str_ne(uuids[0], uuids[1]);
}
END_TEST

Suite *suite_random(void);
Suite *suite_random(void)
{
    Suite *suite = suite_create("random");
    TCase *tcase = tcase_create("random");
    tcase_add_loop_test(tcase, all_bytes_are_written, 0, (int)(sizeof(sizes) / sizeof(sizes[0])));
    tcase_add_test(tcase, interruptions_and_short_answers_are_survived);
    tcase_add_test_raise_signal(tcase, without_randomness_the_program_stops, SIGABRT);
    tcase_add_test(tcase, uuid_has_its_form);
    tcase_add_test(tcase, uuids_differ);
    tcase_add_test(tcase, threads_get_different_bytes);
    suite_add_tcase(suite, tcase);
    return suite;
}
