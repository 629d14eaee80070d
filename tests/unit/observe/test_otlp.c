/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/otlp.c.
 */
#include "observe/otlp.h"

#include <check.h>
#include <jansson.h>
#include <stdbool.h>
#include <string.h>

#include "tests/unit/fail_malloc.h"

static const struct otlp_resource resource = {"todo-app", "1.2.3", "this-one"};

static struct span *sample(void)
{
    struct span *span = span_new(64);
    ck_assert_ptr_nonnull(span);
    memcpy(span->trace_id, "0af7651916cd43dd8448eb211c80319c", 33);
    memcpy(span->span_id, "b7ad6b7169203331", 17);
    memcpy(span->parent_id, "00f067aa0ba902b7", 17);
    span->flags = 1;
    span->remote_parent = true;
    span->failed = true;
    span->kind = SPAN_SERVER;
    span->name = "GET /";
    span->state = "a=\"1";
    span->started_at = UINT64_C(1767348672123456789);
    span->ended_at = UINT64_C(1767348672123456790);
    span_set_text(span, "text", "bad \xff");
    span_set_number(span, "number", -5);
    return span;
}

#define HEAD                                                                                       \
    "{\"resourceSpans\":[{\"resource\":{\"attributes\":["                                          \
    "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"todo-app\"}},"                         \
    "{\"key\":\"service.version\",\"value\":{\"stringValue\":\"1.2.3\"}},"                         \
    "{\"key\":\"service.instance.id\",\"value\":{\"stringValue\":\"this-one\"}}]},"                \
    "\"scopeSpans\":[{\"scope\":{\"name\":\"todo-app\",\"version\":\"1.2.3\"},\"spans\":["
#define TAIL "]}]}]}"

#define FULL                                                                                       \
    "{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\","           \
    "\"traceState\":\"a=\\\"1\",\"parentSpanId\":\"00f067aa0ba902b7\",\"flags\":769,"              \
    "\"name\":\"GET /\",\"kind\":2,\"startTimeUnixNano\":\"1767348672123456789\","                 \
    "\"endTimeUnixNano\":\"1767348672123456790\",\"attributes\":["                                 \
    "{\"key\":\"text\",\"value\":{\"stringValue\":\"bad \xef\xbf\xbd\"}},"                         \
    "{\"key\":\"number\",\"value\":{\"intValue\":\"-5\"}}],\"status\":{\"code\":2}}"
#define BARE                                                                                       \
    "{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\","           \
    "\"flags\":257,\"name\":\"GET /\",\"kind\":1,\"startTimeUnixNano\":\"1\","                     \
    "\"endTimeUnixNano\":\"2\",\"attributes\":[],\"status\":{}}"

START_TEST(request_is_as_the_encoding_says)
{
    struct buf out CLEANUP_BUF = {0};
    struct span *spans[] = {sample(), sample()};
    spans[1]->parent_id[0] = '\0';
    spans[1]->remote_parent = spans[1]->failed = false;
    spans[1]->state = NULL;
    spans[1]->kind = SPAN_INTERNAL;
    spans[1]->started_at = 1;
    spans[1]->ended_at = 2;
    spans[1]->attribute_count = 0;
    otlp_encode(&out, &resource, spans, 2);
    ck_assert_str_eq(buf_string(&out), HEAD FULL "," BARE TAIL);
    span_free(spans[0]);
    span_free(spans[1]);
}
END_TEST

START_TEST(without_memory_the_buffer_fails)
{
    struct span *span = sample();
    bool failed = true;
    for (long n = 0; failed; n++) {
        struct buf out CLEANUP_BUF = {0};
        fail_malloc_after(n);
        otlp_encode(&out, &resource, &span, 1);
        failed = fail_malloc_off();
        ck_assert_int_eq(out.failed, failed);
    }
    span_free(span);
}
END_TEST

static const struct {
    const char *body;
    size_t rejected;
} replies[] = {
    {"{}", 0},
    {"{\"partialSuccess\":{}}", 0},
    {"{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"no\"}}", 3},
    {"{\"partialSuccess\":{\"rejectedSpans\":4}}", 4},
    {"{\"partialSuccess\":{\"rejectedSpans\":\"11\"}}", 10},
    {"{\"partialSuccess\":{\"rejectedSpans\":-1}}", 0},
    {"{\"partialSuccess\":{\"rejectedSpans\":true}}", 0},
    {"{\"partialSuccess\":3}", 0},
    {"[]", 0},
    {"", 0},
    {"{\"partialSuccess\":{\"rejectedSpans\":\"3\"}", 0},
    {"\xff", 0},
};

START_TEST(rejected_spans)
{
    const char *body = replies[_i].body;
    ck_assert_uint_eq(otlp_rejected(body, strlen(body), 10), replies[_i].rejected);
}
END_TEST

Suite *suite_otlp(void);
Suite *suite_otlp(void)
{
    Suite *suite = suite_create("otlp");
    TCase *tcase = tcase_create("otlp");
    tcase_add_test(tcase, request_is_as_the_encoding_says);
    tcase_add_test(tcase, without_memory_the_buffer_fails);
    tcase_add_loop_test(tcase, rejected_spans, 0, (int)ARRAY_SIZE(replies));
    suite_add_tcase(suite, tcase);
    return suite;
}
