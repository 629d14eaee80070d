/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/encoding.c, with the examples of RFC 4648 section 10.
 */
#include <check.h>
#include <string.h>

#include "base/digest.h"

static struct buf buf;

static void teardown(void)
{
    buf_close(&buf);
}

START_TEST(hex_is_lower_case)
{
    char text[7];
    hex_encode((const uint8_t *)"\x00\xaf\x9b", 3, text);
    ck_assert_str_eq(text, "00af9b");
}
END_TEST

START_TEST(hex_is_decoded)
{
    uint8_t bytes[3];
    ck_assert(hex_decode("00af9b", 6, bytes, 3));
    ck_assert_mem_eq(bytes, "\x00\xaf\x9b", 3);
}
END_TEST

static const struct {
    const char *name;
    const char *text;
} no_hex[] = {
    {"nothing", ""},      {"too short", "00ff"},    {"too long", "00ff0011"},
    {"odd", "00ff0"},     {"upper case", "00FF00"}, {"letter after f", "00fg00"},
    {"prefix", "0x00ff"}, {"space", "00 ff0"},      {"bad last digit", "00ff0/"},
};

START_TEST(other_hex_is_refused)
{
    uint8_t bytes[3] = {1, 2, 3};
    ck_assert_msg(!hex_decode(no_hex[_i].text, strlen(no_hex[_i].text), bytes, 3), "%s",
                  no_hex[_i].name);
    ck_assert_mem_eq(bytes, "\x01\x02\x03", 3);
}
END_TEST

static const struct {
    const char *bytes;
    const char *text;
} pairs[] = {
    {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
    {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xfe", "-__-"},
};

START_TEST(base64url_both_ways)
{
    base64url_append(&buf, pairs[_i].bytes, strlen(pairs[_i].bytes));
    ck_assert_str_eq(buf_string(&buf), pairs[_i].text);
    buf_clear(&buf);
    ck_assert(base64url_decode(&buf, pairs[_i].text, strlen(pairs[_i].text)));
    ck_assert_str_eq(buf_string(&buf), pairs[_i].bytes);
}
END_TEST

START_TEST(every_byte_survives)
{
    uint8_t bytes[256];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)i;
    for (size_t size = 0; size <= sizeof(bytes); size++) {
        struct buf text CLEANUP_BUF = {0};
        base64url_append(&text, bytes, size);
        buf_clear(&buf);
        ck_assert(base64url_decode(&buf, text.data, text.size));
        ck_assert_uint_eq(buf.size, size);
        ck_assert(size == 0 || memcmp(buf.data, bytes, size) == 0);
    }
}
END_TEST

static const struct {
    const char *name;
    const char *text;
} no_base64[] = {
    {"one character", "Z"},
    {"five characters", "Zm9vY"},
    {"padding", "Zg=="},
    {"padding of a multiple of four", "Zm8="},
    {"plus of plain base64", "+__-"},
    {"slash of plain base64", "-//-"},
    {"space", "Zm 9"},
    {"line feed at the end", "Zm9v\n"},
    {"bits set after one byte", "Zh"},
    {"bits set after two bytes", "Zm9"},
    {"byte of UTF-8", "Zm\xc3\xa4"},
};

START_TEST(other_base64_is_refused)
{
    buf_append_string(&buf, "before");
    ck_assert_msg(!base64url_decode(&buf, no_base64[_i].text, strlen(no_base64[_i].text)), "%s",
                  no_base64[_i].name);
    ck_assert_str_eq(buf_string(&buf), "before");
}
END_TEST

Suite *suite_encoding(void);
Suite *suite_encoding(void)
{
    Suite *suite = suite_create("encoding");
    TCase *tcase = tcase_create("encoding");
    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, hex_is_lower_case);
    tcase_add_test(tcase, hex_is_decoded);
    tcase_add_loop_test(tcase, other_hex_is_refused, 0, (int)ARRAY_SIZE(no_hex));
    tcase_add_loop_test(tcase, base64url_both_ways, 0, (int)ARRAY_SIZE(pairs));
    tcase_add_test(tcase, every_byte_survives);
    tcase_add_loop_test(tcase, other_base64_is_refused, 0, (int)ARRAY_SIZE(no_base64));
    suite_add_tcase(suite, tcase);
    return suite;
}
