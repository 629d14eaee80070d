/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/trace.c.
 */
#include "observe/trace.h"

#include <check.h>
#include <stdbool.h>
#include <string.h>

#include "base/cleanup.h"

#define TRACE_ID "0af7651916cd43dd8448eb211c80319c"
#define SPAN_ID  "b7ad6b7169203331"

static void assert_hex(const char *id, size_t size)
{
    ck_assert_uint_eq(strlen(id), size);
    ck_assert_uint_eq(strspn(id, "0123456789abcdef"), size);
    ck_assert_uint_lt(strspn(id, "0"), size);
}

static const struct {
    const char *name;
    const char *header;
    uint8_t flags;
} valid[] = {
    {"sampled", "00-" TRACE_ID "-" SPAN_ID "-01", 1},
    {"not sampled", "00-" TRACE_ID "-" SPAN_ID "-00", 0},
    {"flags of later levels", "00-" TRACE_ID "-" SPAN_ID "-ff", 1},
    {"flags of later levels, not sampled", "00-" TRACE_ID "-" SPAN_ID "-fe", 0},
    {"later version", "cc-" TRACE_ID "-" SPAN_ID "-01", 1},
    {"later version with more", "01-" TRACE_ID "-" SPAN_ID "-01-what-the-future-brings", 1},
    {"later version with an empty rest", "fe-" TRACE_ID "-" SPAN_ID "-01-", 1},
};

START_TEST(valid_trace_is_continued)
{
    struct trace trace;
    trace_begin(&trace, valid[_i].header);
    ck_assert_msg(strcmp(trace.trace_id, TRACE_ID) == 0, "%s", valid[_i].name);
    ck_assert_str_eq(trace.parent_id, SPAN_ID);
    ck_assert_uint_eq(trace.flags, valid[_i].flags);
    assert_hex(trace.span_id, 16);
    ck_assert_str_ne(trace.span_id, SPAN_ID);
}
END_TEST

static const struct {
    const char *name;
    const char *header;
} invalid[] = {
    {"no header", NULL},
    {"nothing", ""},
    {"rubbish", "hello"},
    {"version ff", "ff-" TRACE_ID "-" SPAN_ID "-01"},
    {"upper case trace id", "00-0AF7651916CD43DD8448EB211C80319C-" SPAN_ID "-01"},
    {"upper case span id", "00-" TRACE_ID "-B7AD6B7169203331-01"},
    {"upper case version", "0A-" TRACE_ID "-" SPAN_ID "-01"},
    {"upper case flags", "00-" TRACE_ID "-" SPAN_ID "-0A"},
    {"zero trace id", "00-00000000000000000000000000000000-" SPAN_ID "-01"},
    {"zero span id", "00-" TRACE_ID "-0000000000000000-01"},
    {"short trace id", "00-af7651916cd43dd8448eb211c80319c-" SPAN_ID "-01"},
    {"long trace id", "00-00af7651916cd43dd8448eb211c80319c-" SPAN_ID "-01"},
    {"short flags", "00-" TRACE_ID "-" SPAN_ID "-1"},
    {"no flags", "00-" TRACE_ID "-" SPAN_ID},
    {"letter after f", "00-" TRACE_ID "-" SPAN_ID "-0g"},
    {"underscore after the version", "00_" TRACE_ID "-" SPAN_ID "-01"},
    {"underscore after the trace id", "00-" TRACE_ID "_" SPAN_ID "-01"},
    {"underscore after the span id", "00-" TRACE_ID "-" SPAN_ID "_01"},
    {"version 00 with more", "00-" TRACE_ID "-" SPAN_ID "-01-more"},
    {"version 00 with a dash", "00-" TRACE_ID "-" SPAN_ID "-01-"},
    {"later version with more, no dash", "01-" TRACE_ID "-" SPAN_ID "-01more"},
    {"two headers", "01-" TRACE_ID "-" SPAN_ID "-01, 01-" TRACE_ID "-" SPAN_ID "-01"},
    {"two headers of a later version", "01-" TRACE_ID "-" SPAN_ID "-01-x, 01-" TRACE_ID},
    {"space before", " 00-" TRACE_ID "-" SPAN_ID "-01"},
    {"bytes that are no text", "\xff\xfe-" TRACE_ID "-" SPAN_ID "-01"},
};

START_TEST(anything_else_begins_a_trace)
{
    struct trace trace;
    trace_begin(&trace, invalid[_i].header);
    ck_assert_msg(strcmp(trace.trace_id, TRACE_ID) != 0, "%s", invalid[_i].name);
    assert_hex(trace.trace_id, 32);
    assert_hex(trace.span_id, 16);
    ck_assert_str_eq(trace.parent_id, "");
    ck_assert_uint_eq(trace.flags, 0);
}
END_TEST

START_TEST(new_ids_differ)
{
    struct trace a, b;
    trace_begin(&a, NULL);
    trace_begin(&b, NULL);
    ck_assert_str_ne(a.trace_id, b.trace_id);
    ck_assert_str_ne(a.span_id, b.span_id);
}
END_TEST

START_TEST(new_traces_are_sampled_as_configured)
{
    static const unsigned rates[] = {0, 500000, 1000000};
    struct trace trace;
    unsigned sampled[ARRAY_SIZE(rates)] = {0};
    for (size_t rate = 0; rate < ARRAY_SIZE(rates); rate++) {
        trace_set_sampling(rates[rate]);
        for (int i = 0; i < 1000; i++) {
            trace_begin(&trace, NULL);
            sampled[rate] += trace_is_sampled(&trace);
        }
    }
    ck_assert_uint_eq(sampled[0], 0);
    ck_assert_uint_gt(sampled[1], 300); /* 12 standard deviations off */
    ck_assert_uint_lt(sampled[1], 700);
    ck_assert_uint_eq(sampled[2], 1000);
    trace_begin(&trace, "00-" TRACE_ID "-" SPAN_ID "-00");
    ck_assert(!trace_is_sampled(&trace));
}
END_TEST

START_TEST(format_names_the_own_span)
{
    char text[TRACE_PARENT_SIZE];
    struct trace trace, next;
    trace_begin(&trace, "00-" TRACE_ID "-" SPAN_ID "-01");
    trace_format(&trace, text);
    ck_assert_uint_eq(strlen(text), TRACE_PARENT_SIZE - 1);
    trace_begin(&next, text);
    ck_assert_str_eq(next.trace_id, TRACE_ID);
    ck_assert_str_eq(next.parent_id, trace.span_id);
    ck_assert_uint_eq(next.flags, TRACE_SAMPLED);
}
END_TEST

Suite *suite_trace(void);
Suite *suite_trace(void)
{
    Suite *suite = suite_create("trace");
    TCase *tcase = tcase_create("trace");
    tcase_add_loop_test(tcase, valid_trace_is_continued, 0, (int)ARRAY_SIZE(valid));
    tcase_add_loop_test(tcase, anything_else_begins_a_trace, 0, (int)ARRAY_SIZE(invalid));
    tcase_add_test(tcase, new_ids_differ);
    tcase_add_test(tcase, new_traces_are_sampled_as_configured);
    tcase_add_test(tcase, format_names_the_own_span);
    suite_add_tcase(suite, tcase);
    return suite;
}
