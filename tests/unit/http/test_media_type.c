/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Media types of bodies.
 */
#include "base/cleanup.h"
#include "http/media_type.h"
#include "suites.h"

START_TEST(json_in_utf8_is_json)
{
    static const char *const GOOD[] = {
        "application/json",
        "Application/JSON",
        " application/json ",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/json ; CharSet=\"utf-8\" ",
        "application/json;",
        "application/json; ; charset=utf-8",
    };
    for (size_t i = 0; i < ARRAY_SIZE(GOOD); i++)
        ck_assert_msg(http_media_type_is(GOOD[i], "application/json"), "%s", GOOD[i]);
}
END_TEST

START_TEST(anything_else_is_not)
{
    static const char *const BAD[] = {
        "",
        "application",
        "application/jsonx",
        "application/json-seq",
        "text/json",
        "application/json, application/json",
        "application/json charset=utf-8",
        "application/json; charset=latin1",
        "application/json; charset=utf-80",
        "application/json; charset=\"utf-8",
        "application/json; version=1",
        "application/json; charset=utf-8; x=y",
        "application/merge-patch+json",
    };
    for (size_t i = 0; i < ARRAY_SIZE(BAD); i++)
        ck_assert_msg(!http_media_type_is(BAD[i], "application/json"), "%s", BAD[i]);
}
END_TEST

Suite *suite_media_type(void)
{
    Suite *suite = suite_create("media_type");
    TCase *tests = tcase_create("media_type");
    tcase_add_test(tests, json_in_utf8_is_json);
    tcase_add_test(tests, anything_else_is_not);
    suite_add_tcase(suite, tests);
    return suite;
}
