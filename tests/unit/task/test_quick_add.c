/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The grammar of quick add, sentence by sentence.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "support.h"
#include "task/quick_add.h"

#define WHERE "#/text"
#define TODAY ((date_t)20458) /* 2026-01-05 */

static struct quick_add parsed;

static const struct task *parse(const char *text)
{
    support_reset();
    bool accepted = quick_add_parse(&faults, WHERE, text, strlen(text), TODAY, &parsed);
    ck_assert_msg(accepted, "%s: %s", text, faults.first != NULL ? faults.first->detail : "");
    ck_assert_uint_eq(faults.count, 0);
    return &parsed.task;
}

static void refuses(const char *text, const char *reason)
{
    struct quick_add before = parsed;
    support_reset();
    ck_assert_msg(!quick_add_parse(&faults, WHERE, text, strlen(text), TODAY, &parsed), "%s", text);
    ck_assert_mem_eq(&before, &parsed, sizeof(parsed)); /* untouched */
    support_expect_fault(FAULT_POINTER, WHERE, reason);
}

static void describes(const char *text, const char *description)
{
    ck_assert_str_eq(parse(text)->description.data, description);
    ck_assert_uint_eq(parsed.task.description.size, strlen(description));
}

/* --- The whole line ------------------------------------------------------------------------------
 */

START_TEST(the_line_of_the_contract)
{
    const struct task *task = parse("Buy milk !h @shopping due:2026-01-05 #2 litres");
    ck_assert_str_eq(task->description.data, "Buy milk");
    ck_assert_int_eq(task->priority, TASK_PRIORITY_HIGH);
    ck_assert_int_eq(task->category, TASK_CATEGORY_SHOPPING);
    ck_assert_int_eq(task->due_date, 20458);
    ck_assert_str_eq(task->notes.data, "2 litres");
    ck_assert_uint_eq(task->notes.size, 8);
}
END_TEST

START_TEST(plain_text_has_the_defaults)
{
    const struct task *task = parse("x");
    ck_assert_str_eq(task->description.data, "x");
    ck_assert_int_eq(task->priority, TASK_PRIORITY_MEDIUM);
    ck_assert_int_eq(task->category, TASK_CATEGORY_OTHER);
    ck_assert_int_eq(task->due_date, DATE_NONE);
    ck_assert_uint_eq(task->notes.size, 0);
    ck_assert_int_eq(task->recurring.type, RECURRENCE_NONE);
    ck_assert_int_eq(task->id, 0);
}
END_TEST

START_TEST(text_need_not_be_terminated)
{
    char text[] = {'a', ' ', '!', 'l'};
    ck_assert(quick_add_parse(&faults, WHERE, text, sizeof(text), TODAY, &parsed));
    ck_assert_int_eq(parsed.task.priority, TASK_PRIORITY_LOW);
}
END_TEST

/* --- Markers -------------------------------------------------------------------------------------
 */

START_TEST(priorities)
{
    static const struct {
        const char *marker;
        enum task_priority priority;
    } rows[] = {
        {"!h", TASK_PRIORITY_HIGH},    {"!m", TASK_PRIORITY_MEDIUM},
        {"!l", TASK_PRIORITY_LOW},     {"!H", TASK_PRIORITY_HIGH},
        {"!L", TASK_PRIORITY_LOW},     {"!high", TASK_PRIORITY_HIGH},
        {"!LOW", TASK_PRIORITY_LOW},   {"!Low", TASK_PRIORITY_LOW},
        {"!HIGH", TASK_PRIORITY_HIGH}, {"!Medium", TASK_PRIORITY_MEDIUM},
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        char text[40];
        snprintf(text, sizeof(text), "%s x", rows[i].marker);
        ck_assert_int_eq(parse(text)->priority, rows[i].priority);
        ck_assert_str_eq(parsed.task.description.data, "x");
    }
}
END_TEST

START_TEST(categories)
{
    static const char *const markers[] = {"@work", "@Personal", "@SHOPPING", "@other"};
    for (size_t i = 0; i < ARRAY_SIZE(markers); i++) {
        char text[40];
        snprintf(text, sizeof(text), "x %s", markers[i]);
        ck_assert_int_eq(parse(text)->category, (int)i + 1);
        ck_assert_str_eq(parsed.task.description.data, "x");
    }
}
END_TEST

START_TEST(due_dates)
{
    ck_assert_int_eq(parse("x due:today")->due_date, TODAY);
    ck_assert_int_eq(parse("x due:tomorrow")->due_date, TODAY + 1);
    ck_assert_int_eq(parse("x DUE:Tomorrow")->due_date, TODAY + 1);
    ck_assert_int_eq(parse("due:1970-01-01 x")->due_date, DATE_MIN);
    ck_assert_int_eq(parse("due:9999-12-31 x")->due_date, DATE_MAX);
    ck_assert_int_eq(parse("x due:2028-02-29")->due_date,
                     date_from_civil((struct civil_date){2028, 2, 29}));
}
END_TEST

START_TEST(unknown_values_stay_in_the_description)
{
    static const char *const texts[] = {"!x",
                                        "!",
                                        "@home",
                                        "@",
                                        "!hi",
                                        "!highest",
                                        "wow!",
                                        "a@work",
                                        "overdue:today",
                                        "due",
                                        "mail me@work !",
                                        "!high!",
                                        "a#b",
                                        "@shoppings",
                                        "!highhighhighhighhigh",
                                        "@workworkworkwork",
                                        "@\u00e9",
                                        "!!h",
                                        "\\",
                                        "\\x",
                                        "\\\\!h",
                                        "\\due",
                                        "a\\!h",
                                        "due :today"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        describes(texts[i], texts[i]);
        ck_assert_int_eq(parsed.task.priority, TASK_PRIORITY_MEDIUM);
        ck_assert_int_eq(parsed.task.category, TASK_CATEGORY_OTHER);
        ck_assert_int_eq(parsed.task.due_date, DATE_NONE);
    }
}
END_TEST

START_TEST(impossible_dates)
{
    static const char *const texts[] = {"x due:2026-02-30", "x due:2026-13-01",
                                        "x due:1969-12-31", "x due:10000-01-01",
                                        "x due:",           "due:yesterday x",
                                        "x due:2026-1-5",   "x due:todays",
                                        "x due:tomorrow!",  "x due:2026-01-05T00:00:00Z",
                                        "x due:2026-01-05,"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        refuses(texts[i], "due date");
    refuses("x due:never", "at character 2");
}
END_TEST

START_TEST(there_is_no_day_after_the_last)
{
    ck_assert(!quick_add_parse(&faults, WHERE, "x due:tomorrow", 14, DATE_MAX, &parsed));
    support_expect_fault(FAULT_POINTER, WHERE, "due date");
}
END_TEST

START_TEST(given_twice)
{
    refuses("x !h !l", "gives priority a second time at character 5");
    refuses("x !h !h", "gives priority a second time");
    refuses("@work x @work", "gives category a second time at character 8");
    refuses("x due:today due:2026-01-05", "gives due_date a second time");
}
END_TEST

START_TEST(every_fault_is_told)
{
    static const char text[] = "!h !l @work @work due:never due:never";
    ck_assert(!quick_add_parse(&faults, WHERE, text, strlen(text), TODAY, &parsed));
    ck_assert_uint_eq(faults.count, 6); /* two second times, two dates, one twice, no description */
}
END_TEST

START_TEST(more_markers_than_there_are_spans)
{
    static const char text[] = "a !h b !h c !h d !h e !h f !h g !h";
    ck_assert(!quick_add_parse(&faults, WHERE, text, strlen(text), TODAY, &parsed));
    ck_assert_uint_eq(faults.count, 6);
}
END_TEST

START_TEST(faults_found_before_are_not_the_texts)
{
    faults_add(&faults, FAULT_PARAMETER, "today", "is wrong");
    ck_assert(quick_add_parse(&faults, WHERE, "x", 1, TODAY, &parsed));
    ck_assert_uint_eq(faults.count, 1);
}
END_TEST

/* --- Description and escapes ---------------------------------------------------------------------
 */

START_TEST(words_are_joined_by_one_space)
{
    describes("  Buy \t\n fresh\u3000milk \u00a0", "Buy fresh milk");
    describes("Buy !h fresh @work milk", "Buy fresh milk");
}
END_TEST

START_TEST(escaped_words_are_plain)
{
    describes("\\!h", "!h");
    describes("\\@work", "@work");
    describes("\\#tag", "#tag");
    describes("\\due:today", "due:today");
    describes("\\Due:x", "Due:x");
    describes("\\due:", "due:");
    describes("\\!", "!");
    describes("a \\#1 b \\@x \\!y", "a #1 b @x !y");
    ck_assert_int_eq(parsed.task.priority, TASK_PRIORITY_MEDIUM);
    ck_assert_uint_eq(parsed.task.notes.size, 0);
}
END_TEST

START_TEST(description_is_needed)
{
    static const char *const texts[] = {"", " ", "!h", "#notes only", "due:today @work !l #n"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        refuses(texts[i], "the description must not be empty");
}
END_TEST

START_TEST(description_has_its_limit)
{
    char text[TASK_DESCRIPTION_MAX + 10];
    memset(text, 'a', sizeof(text));
    memcpy(text + TASK_DESCRIPTION_MAX, " !h", 4);
    ck_assert_uint_eq(parse(text)->description.size, TASK_DESCRIPTION_MAX);
    memcpy(text + TASK_DESCRIPTION_MAX, "a !h", 5);
    refuses(text, "the description must have at most 1000 characters");
}
END_TEST

START_TEST(control_characters)
{
    refuses("a\x01 b", "the description must not contain control characters");
    refuses("a #\x01", "the notes must not contain control characters");
    ck_assert(!quick_add_parse(&faults, WHERE, "a\0b", 3, TODAY, &parsed));
    support_reset();
    ck_assert(!quick_add_parse(&faults, WHERE, "\\\0", 2, TODAY, &parsed));
}
END_TEST

/* --- Notes ---------------------------------------------------------------------------------------
 */

static void notes(const char *text, const char *expected)
{
    ck_assert_str_eq(parse(text)->notes.data, expected);
    ck_assert_uint_eq(parsed.task.notes.size, strlen(expected));
}

START_TEST(notes_run_to_the_end)
{
    notes("x #a !h  @work\n#b \\!c due:never ", "a !h  @work\n#b \\!c due:never ");
    ck_assert_int_eq(parsed.task.priority, TASK_PRIORITY_MEDIUM);
    notes("x # a", " a");
    notes("x ##", "#");
    notes("x #", "");
}
END_TEST

START_TEST(notes_have_their_limit)
{
    char *text = malloc(TASK_NOTES_MAX + 10);
    memset(text, 'n', TASK_NOTES_MAX + 10);
    memcpy(text, "x #", 3);
    text[TASK_NOTES_MAX + 3] = '\0';
    ck_assert_uint_eq(parse(text)->notes.size, TASK_NOTES_MAX);
    memcpy(text + TASK_NOTES_MAX + 3, "n", 2);
    refuses(text, "the notes must have at most 20000 characters");
    free(text);
}
END_TEST

/* --- The text as a whole -------------------------------------------------------------------------
 */

START_TEST(text_has_its_limit)
{
    char *text = malloc(4 * QUICK_ADD_TEXT_MAX + 2);
    memset(text, ' ', QUICK_ADD_TEXT_MAX + 1);
    text[0] = 'x';
    text[QUICK_ADD_TEXT_MAX] = '\0';
    describes(text, "x");
    text[QUICK_ADD_TEXT_MAX] = ' ';
    text[QUICK_ADD_TEXT_MAX + 1] = '\0';
    refuses(text, "must have at most 25000 characters, not 25001");
    for (size_t i = 0; i < QUICK_ADD_TEXT_MAX; i++)
        memcpy(text + 4 * i, "😀", 4);
    text[4 * QUICK_ADD_TEXT_MAX] = '\0';
    refuses(text, "the description must have at most 1000 characters, not 25000");
    free(text);
}
END_TEST

START_TEST(invalid_utf8)
{
    refuses("a\xff", "must be valid UTF-8");
    refuses("\xc0\xa1h x", "must be valid UTF-8");
}
END_TEST

Suite *suite_quick_add(void)
{
    const TTest *const tests[] = {
        the_line_of_the_contract,
        plain_text_has_the_defaults,
        text_need_not_be_terminated,
        priorities,
        categories,
        due_dates,
        unknown_values_stay_in_the_description,
        impossible_dates,
        there_is_no_day_after_the_last,
        given_twice,
        every_fault_is_told,
        more_markers_than_there_are_spans,
        faults_found_before_are_not_the_texts,
        words_are_joined_by_one_space,
        escaped_words_are_plain,
        description_is_needed,
        description_has_its_limit,
        control_characters,
        notes_run_to_the_end,
        notes_have_their_limit,
        text_has_its_limit,
        invalid_utf8,
    };
    Suite *suite = suite_create("quick_add");
    TCase *tcase = support_case(suite, "quick_add");
    for (size_t i = 0; i < ARRAY_SIZE(tests); i++)
        tcase_add_test(tcase, tests[i]);
    return suite;
}
