/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/log.c: what a line holds. Failures of the descriptor and of memory are in
 * test_log_faults.c.
 */
#include "observe/log.h"

#include <check.h>
#include <pthread.h>
#include <string.h>

#include "base/date.h"
#include "tests/unit/observe/captured_log.h"

static void setup(void)
{
    captured_log_begin();
}

/* The only line. */
static const json_t *line(void)
{
    const json_t *lines = captured_log_lines();
    ck_assert_uint_eq(json_array_size(lines), 1);
    return json_array_get(lines, 0);
}

static const char *member(const char *name)
{
    return json_string_value(json_object_get(line(), name));
}

START_TEST(line_has_its_members_in_order)
{
    log_write(LOG_WARNING, "message", LOG_STR("trace_id", "t"), LOG_STR("request_id", "r"),
              LOG_INT("count", 42), LOG_MS("duration_ms", 1234567));
    char *text CLEANUP_FREE = captured_log_text();
    static const char before[] = "{\"timestamp\":\"";
    static const char after[] =
        "\",\"level\":\"WARNING\",\"service\":\"service\",\"version\":\"1.2.3\","
        "\"message\":\"message\",\"trace_id\":\"t\",\"request_id\":\"r\",\"count\":42,"
        "\"duration_ms\":1.234}\n";
    ck_assert_int_eq(strncmp(text, before, sizeof(before) - 1), 0);
    ck_assert_str_eq(text + sizeof(before) - 1 + INSTANT_TEXT_SIZE - 1, after);
}
END_TEST

START_TEST(timestamp_is_an_instant_in_utc_with_milliseconds)
{
    log_write(LOG_INFO, "x");
    const char *timestamp = member("timestamp");
    int64_t instant;
    ck_assert(instant_parse(timestamp, strlen(timestamp), &instant));
    ck_assert_uint_eq(strlen(timestamp), INSTANT_TEXT_SIZE - 1);
}
END_TEST

START_TEST(event_without_fields)
{
    log_write(LOG_ERROR, "bare");
    ck_assert_str_eq(member("message"), "bare");
    ck_assert_uint_eq(json_object_size(line()), 5);
}
END_TEST

START_TEST(field_without_a_string_is_left_out)
{
    log_write(LOG_INFO, "x", LOG_STR("absent", NULL), LOG_STR("present", ""));
    ck_assert_ptr_null(json_object_get(line(), "absent"));
    ck_assert_str_eq(member("present"), "");
}
END_TEST

START_TEST(bytes_have_their_size)
{
    log_write(LOG_INFO, "x", LOG_BYTES("bytes", "a\0bc", 3));
    const json_t *bytes = json_object_get(line(), "bytes");
    ck_assert_uint_eq(json_string_length(bytes), 3);
    ck_assert_mem_eq(json_string_value(bytes), "a\0b", 3);
}
END_TEST

START_TEST(every_level_has_its_name)
{
    static const char *const names[] = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"};
    log_set_level(LOG_DEBUG);
    for (int level = 0; level < LOG_LEVEL_COUNT; level++) {
        log_write((enum log_level)level, "x");
        ck_assert_str_eq(log_level_name((enum log_level)level), names[level]);
    }
    const json_t *lines = captured_log_lines();
    for (size_t i = 0; i < LOG_LEVEL_COUNT; i++)
        ck_assert_str_eq(json_string_value(json_object_get(json_array_get(lines, i), "level")),
                         names[i]);
    ck_assert_str_eq(log_level_name(LOG_LEVEL_COUNT), "UNKNOWN");
}
END_TEST

START_TEST(debug_is_dropped_by_default)
{
    ck_assert_int_eq(log_get_level(), LOG_INFO);
    log_write(LOG_DEBUG, "dropped");
    log_write(LOG_INFO, "kept");
    ck_assert_str_eq(member("message"), "kept");
}
END_TEST

START_TEST(level_drops_what_is_less_important)
{
    log_set_level(LOG_ERROR);
    log_write(LOG_WARNING, "dropped");
    log_write(LOG_ERROR, "kept");
    ck_assert_str_eq(member("message"), "kept");
}
END_TEST

START_TEST(lines_are_counted_by_level)
{
    uint64_t infos = log_lines(LOG_INFO);
    uint64_t errors = log_lines(LOG_ERROR);
    log_write(LOG_INFO, "1");
    log_write(LOG_INFO, "2");
    log_write(LOG_ERROR, "3");
    log_write(LOG_DEBUG, "dropped");
    ck_assert_uint_eq(log_lines(LOG_INFO), infos + 2);
    ck_assert_uint_eq(log_lines(LOG_ERROR), errors + 1);
    ck_assert_uint_eq(log_lines(LOG_DEBUG), 0);
}
END_TEST

/* What a client may send; each must stay on its line. */
static const struct {
    const char *name;
    const char *value;
    const char *seen;
} hostile[] = {
    {"line feed", "a\nb", "a\nb"},
    {"carriage return", "a\r\nb", "a\r\nb"},
    {"forged line", "x\"}\n{\"level\":\"INFO\"}", "x\"}\n{\"level\":\"INFO\"}"},
    {"terminal escape", "\x1b[2J", "\x1b[2J"},
    {"C1 escape", "\xc2\x9b[2J", "\xc2\x9b[2J"},
    {"next line", "\xc2\x85", "\xc2\x85"},
    {"line separator", "\xe2\x80\xa8", "\xe2\x80\xa8"},
    {"Latin-1", "caf\xe9", "caf�"},
    {"overlong NUL", "\xc0\x80", "��"},
    {"surrogates", "\xed\xa0\xbd\xed\xb8\x80", "������"},
    {"quotes and backslashes", "\"\\\"\\", "\"\\\"\\"},
    {"right to left", "\xe2\x80\xae", "\xe2\x80\xae"},
};

START_TEST(hostile_values_stay_on_their_line)
{
    log_write(LOG_INFO, hostile[_i].value, LOG_STR("field", hostile[_i].value));
    char *text CLEANUP_FREE = captured_log_text();
    for (const char *c = text; *c != '\0'; c++)
        ck_assert_msg((uint8_t)*c >= ' ' || (*c == '\n' && c[1] == '\0'), "%s", hostile[_i].name);
    ck_assert_ptr_null(strstr(text, "\xc2\x85"));
    ck_assert_ptr_null(strstr(text, "\xc2\x9b"));
    ck_assert_ptr_null(strstr(text, "\xe2\x80\xa8"));
    ck_assert_msg(strcmp(member("field"), hostile[_i].seen) == 0, "%s: %s", hostile[_i].name,
                  member("field"));
    ck_assert_str_eq(member("message"), hostile[_i].seen);
}
END_TEST

START_TEST(any_byte_gives_a_line)
{
    for (int first = 0; first < 256; first++) {
        char bytes[] = {'a', (char)first, (char)_i, 'z'};
        log_write(LOG_INFO, "x", LOG_BYTES("field", bytes, sizeof(bytes)));
    }
    const json_t *lines = captured_log_lines();
    ck_assert_uint_eq(json_array_size(lines), 256);
}
END_TEST

static char long_value[20000];

START_TEST(long_values_are_cut)
{
    memset(long_value, 'x', sizeof(long_value) - 1);
    log_write(LOG_INFO, long_value, LOG_STR("a", long_value),
              LOG_BYTES("b", long_value, sizeof(long_value)), LOG_BYTES("whole", long_value, 4096));
    ck_assert_uint_eq(strlen(member("message")), 4096);
    ck_assert_uint_eq(strlen(member("a")), 4096);
    ck_assert_uint_eq(strlen(member("b")), 4096);
    ck_assert_uint_eq(strlen(member("whole")), 4096);
}
END_TEST

START_TEST(cut_leaves_no_part_of_a_code_point)
{
    memset(long_value, 'x', sizeof(long_value) - 1);
    memcpy(long_value + 4096 - _i, "\xf0\x9f\x98\x80", 4);
    log_write(LOG_INFO, "x", LOG_STR("field", long_value));
    ck_assert_uint_eq(strlen(member("field")), (size_t)(_i == 4 ? 4096 : 4096 - _i));
    ck_assert_ptr_null(strstr(member("field"), "�"));
}
END_TEST

START_TEST(endless_continuation_bytes_are_cut_too)
{
    memset(long_value, 0x80, sizeof(long_value) - 1);
    log_write(LOG_INFO, "x", LOG_STR("field", long_value));
    ck_assert_uint_eq(strlen(member("field")), 3 * 4093);
}
END_TEST

#define THREADS 4
#define LINES   200

static void *write_lines(void *name)
{
    for (int i = 0; i < LINES; i++)
        log_write(LOG_INFO, name, LOG_INT("i", i), LOG_STR("filler", i % 50 ? "x" : long_value));
    return NULL;
}

START_TEST(lines_of_threads_do_not_mix)
{
    static const char *const names[THREADS] = {"a", "b", "c", "d"};
    memset(long_value, 'y', sizeof(long_value) - 1);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, write_lines, (void *)names[i]), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    const json_t *lines = captured_log_lines();
    ck_assert_uint_eq(json_array_size(lines), THREADS * LINES);
    int next[THREADS] = {0};
    size_t index;
    const json_t *object;
    json_array_foreach(lines, index, object)
    {
        int thread = json_string_value(json_object_get(object, "message"))[0] - 'a';
        ck_assert_int_eq(json_integer_value(json_object_get(object, "i")), next[thread]++);
    }
}
END_TEST

Suite *suite_log(void);
Suite *suite_log(void)
{
    Suite *suite = suite_create("log");
    TCase *tcase = tcase_create("log");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, captured_log_end);
    tcase_add_test(tcase, line_has_its_members_in_order);
    tcase_add_test(tcase, timestamp_is_an_instant_in_utc_with_milliseconds);
    tcase_add_test(tcase, event_without_fields);
    tcase_add_test(tcase, field_without_a_string_is_left_out);
    tcase_add_test(tcase, bytes_have_their_size);
    tcase_add_test(tcase, every_level_has_its_name);
    tcase_add_test(tcase, debug_is_dropped_by_default);
    tcase_add_test(tcase, level_drops_what_is_less_important);
    tcase_add_test(tcase, lines_are_counted_by_level);
    tcase_add_loop_test(tcase, hostile_values_stay_on_their_line, 0, (int)ARRAY_SIZE(hostile));
    tcase_add_loop_test(tcase, any_byte_gives_a_line, 0, 256);
    tcase_add_test(tcase, long_values_are_cut);
    tcase_add_loop_test(tcase, cut_leaves_no_part_of_a_code_point, 1, 5);
    tcase_add_test(tcase, endless_continuation_bytes_are_cut_too);
    tcase_add_test(tcase, lines_of_threads_do_not_mix);
    suite_add_tcase(suite, tcase);
    return suite;
}
