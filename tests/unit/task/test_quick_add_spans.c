/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Where quick add read each field, what holds for any text, and memory that runs out.
 */
#include <stdio.h>
#include <string.h>

#include "../fail_malloc.h"
#include "base/cleanup.h"
#include "base/utf8.h"
#include "support.h"
#include "task/quick_add.h"

#define WHERE "#/text"
#define TODAY ((date_t)20458) /* 2026-01-05 */

static struct quick_add parsed;

/* spans: "field:start-end" of each, divided by spaces. */
static void spans(const char *text, const char *expected)
{
    char found[400] = "";
    ck_assert(quick_add_parse(&faults, WHERE, text, strlen(text), TODAY, &parsed));
    for (size_t i = 0; i < parsed.span_count; i++) {
        const struct quick_add_span *span = &parsed.spans[i];
        snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s%s:%zu-%zu",
                 i > 0 ? " " : "", quick_add_field_name(span->field), span->start, span->end);
    }
    ck_assert_str_eq(found, expected);
}

START_TEST(every_field_has_its_span)
{
    spans("Buy milk !h @shopping due:2026-01-05 #2 litres",
          "description:0-8 priority:9-11 category:12-21 due_date:22-36 notes:37-46");
}
END_TEST

START_TEST(spans_count_code_points)
{
    spans("Kaffee ☕ 😀\u3000!h e\u0301", "description:0-10 priority:11-13 description:14-16");
    spans("é #😀 😀", "description:0-1 notes:2-6");
}
END_TEST

START_TEST(adjacent_description_words_are_one_span)
{
    spans("  a  b \\!c d ", "description:2-12");
    spans("a !h b @work c due:today d #e",
          "description:0-1 priority:2-4 description:5-6 category:7-12 description:13-14 "
          "due_date:15-24 description:25-26 notes:27-29");
}
END_TEST

/* Any text of pieces that matter: accepted or not, what it says of itself is true. */
START_TEST(random_texts)
{
    static const char *const pieces[] = {"!h",     "!x", "@work", "@", "due:today", "due:no",
                                         "#",      "\\", " ",     " ", " ",         "a",
                                         "\u3000", "😀",  "\n",    "!"};
    for (int round = 0; round < 20000; round++) {
        char text[400] = "";
        uint32_t count = support_random(20);
        for (uint32_t i = 0; i < count; i++)
            strcat(text, pieces[support_random(ARRAY_SIZE(pieces))]);
        support_reset();
        if (!quick_add_parse(&faults, WHERE, text, strlen(text), TODAY, &parsed)) {
            ck_assert_uint_gt(faults.count, 0);
            continue;
        }
        size_t end = 0;
        for (size_t i = 0; i < parsed.span_count; i++) {
            ck_assert(parsed.spans[i].start > end || i == 0);
            ck_assert_uint_gt(parsed.spans[i].end, parsed.spans[i].start);
            end = parsed.spans[i].end;
        }
        ck_assert_uint_le(end, utf8_count(text, strlen(text)));
        ck_assert_uint_gt(parsed.task.description.size, 0);
    }
}
END_TEST

/* --- Memory --------------------------------------------------------------------------------------
 */

START_TEST(every_allocation_fails_once)
{
    static const char *const texts[] = {"Buy milk !h #2 litres", "!h !l due:never"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        for (long n = 0;; n++) {
            support_reset();
            fail_malloc_after(n);
            bool accepted =
                quick_add_parse(&faults, WHERE, texts[i], strlen(texts[i]), TODAY, &parsed);
            bool has_failed = fail_malloc_off();
            ck_assert_int_eq(accepted, !has_failed && i == 0);
            ck_assert_int_eq(faults.failed, has_failed);
            if (!has_failed)
                break;
        }
    }
}
END_TEST

Suite *suite_quick_add_spans(void)
{
    const TTest *const tests[] = {
        every_field_has_its_span,
        spans_count_code_points,
        adjacent_description_words_are_one_span,
        random_texts,
        every_allocation_fails_once,
    };
    Suite *suite = suite_create("quick_add_spans");
    TCase *tcase = support_case(suite, "quick_add_spans");
    for (size_t i = 0; i < ARRAY_SIZE(tests); i++)
        tcase_add_test(tcase, tests[i]);
    return suite;
}
