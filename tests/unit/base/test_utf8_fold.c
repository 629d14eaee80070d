/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/utf8_fold.c. Linked with -Wl,--wrap=newlocale: a system without C.UTF-8 is one
 * whose newlocale fails.
 */
#include <check.h>
#include <locale.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/utf8.h"
#include "tests/unit/fail_malloc.h"

static bool no_locale;

locale_t __real_newlocale(int mask, const char *name, locale_t base);
locale_t __wrap_newlocale(int mask, const char *name, locale_t base);

locale_t __wrap_newlocale(int mask, const char *name, locale_t base)
{
    return no_locale ? (locale_t)0 : __real_newlocale(mask, name, base);
}

static struct buf buf;

static void teardown(void)
{
    buf_close(&buf);
}

static const char *fold(const char *text)
{
    buf_clear(&buf);
    utf8_fold(&buf, text, strlen(text));
    return buf_string(&buf);
}

static const struct {
    const char *name;
    const char *text;
    const char *folded;
} folds[] = {
    {"nothing", "", ""},
    {"ASCII", "Hello, WORLD 42 [@`{", "hello, world 42 [@`{"},
    {"umlauts", "ÄÖÜ äöü Straße", "äöü äöü straße"},
    {"Greek, with both small sigmas", "ΌΔΟΣ όδος", "όδοσ όδοσ"},
    {"Cyrillic", "ЁЖИК", "ёжик"},
    {"Armenian", "ԵՒ", "եւ"},
    {"long s", "ſ", "s"},
    {"Kelvin sign", "\xe2\x84\xaa", "k"},
    {"capital sharp s", "ẞ", "ß"},
    {"full width", "ＡＢＣ", "ａｂｃ"},
    {"Deseret, four bytes", "𐐀", "𐐨"},
    {"no case", "日本語 😀", "日本語 😀"},
};

START_TEST(cases_become_one)
{
    ck_assert_msg(strcmp(fold(folds[_i].text), folds[_i].folded) == 0, "%s: %s", folds[_i].name,
                  buf.data);
}
END_TEST

START_TEST(folding_twice_changes_nothing)
{
    struct buf all CLEANUP_BUF = {0};
    for (uint32_t code_point = 1; code_point <= 0x10ffff; code_point++) {
        char bytes[4];
        if (code_point < 0xd800 || code_point > 0xdfff)
            buf_append(&all, bytes, utf8_encode(code_point, bytes));
    }
    utf8_fold(&buf, all.data, all.size);
    struct buf again CLEANUP_BUF = {0};
    utf8_fold(&again, buf.data, buf.size);
    ck_assert(utf8_valid(buf.data, buf.size));
    ck_assert_uint_eq(utf8_count(buf.data, buf.size), utf8_count(all.data, all.size));
    ck_assert_uint_eq(again.size, buf.size);
    ck_assert(memcmp(again.data, buf.data, buf.size) == 0);
}
END_TEST

START_TEST(fold_appends)
{
    utf8_fold(&buf, "A", 1);
    utf8_fold(&buf, "Ä", 2);
    ck_assert_str_eq(buf_string(&buf), "aä");
}
END_TEST

START_TEST(process_locale_does_not_matter)
{
    ck_assert_ptr_nonnull(setlocale(LC_ALL, "C"));
    ck_assert_str_eq(fold("ÄI"), "äi");
}
END_TEST

START_TEST(invalid_bytes_give_valid_text)
{
    ck_assert_str_eq(fold("A\xff\xc3"), "a��");
}
END_TEST

START_TEST(without_the_locale_ascii_is_folded)
{
    no_locale = true;
    ck_assert_str_eq(fold("AÄ"), "aÄ");
}
END_TEST

START_TEST(without_memory_the_buffer_fails)
{
    fail_malloc_after(0);
    utf8_fold(&buf, "Ä", 2);
    fail_malloc_off();
    ck_assert(buf.failed);
}
END_TEST

Suite *suite_utf8_fold(void);
Suite *suite_utf8_fold(void)
{
    Suite *suite = suite_create("utf8_fold");
    TCase *tcase = tcase_create("utf8_fold");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_loop_test(tcase, cases_become_one, 0, (int)ARRAY_SIZE(folds));
    tcase_add_test(tcase, folding_twice_changes_nothing);
    tcase_add_test(tcase, fold_appends);
    tcase_add_test(tcase, process_locale_does_not_matter);
    tcase_add_test(tcase, invalid_bytes_give_valid_text);
    tcase_add_test(tcase, without_the_locale_ascii_is_folded);
    tcase_add_test(tcase, without_memory_the_buffer_fails);
    suite_add_tcase(suite, tcase);
    return suite;
}
