/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/negotiation.c.
 */
#include <check.h>

#include "base/cleanup.h"
#include "observe/metrics.h"

#define OPENMETRICS "application/openmetrics-text"

static const struct {
    const char *accept;
    enum metrics_format format;
} cases[] = {
    {NULL, METRICS_PROMETHEUS},
    {"", METRICS_PROMETHEUS},
    {"*/*", METRICS_PROMETHEUS},
    {"application/*", METRICS_PROMETHEUS},
    {"text/html,application/xhtml+xml,*/*;q=0.8", METRICS_PROMETHEUS},
    {OPENMETRICS, METRICS_OPENMETRICS},
    {OPENMETRICS "; version=1.0.0; charset=utf-8", METRICS_OPENMETRICS},
    {OPENMETRICS " ;\tVERSION = \"1.0.0\"", METRICS_OPENMETRICS},
    {"Application/OpenMetrics-Text", METRICS_OPENMETRICS},
    {OPENMETRICS ";version=0.0.1", METRICS_PROMETHEUS},
    {OPENMETRICS ";version=2.0.0", METRICS_PROMETHEUS},
    {OPENMETRICS ";charset=iso-8859-1", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=0", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=0.000,text/plain;q=0", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=0.001", METRICS_OPENMETRICS},
    {OPENMETRICS ";q=0.5, text/plain;q=0.6", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=0.6, text/plain;q=0.5", METRICS_OPENMETRICS},
    {OPENMETRICS ", text/plain", METRICS_OPENMETRICS},
    {"text/plain;q=0.1, */*, " OPENMETRICS ";q=0.5", METRICS_OPENMETRICS},
    {"text/*;q=0.1, */*, " OPENMETRICS ";q=0.5", METRICS_OPENMETRICS},
    {"text/*;q=0.9, */*;q=0.1, " OPENMETRICS ";q=0.5", METRICS_PROMETHEUS},
    {"*/*;q=0.9, " OPENMETRICS ";q=0.5", METRICS_PROMETHEUS},
    {"text/plain;version=1.0.0, " OPENMETRICS ";q=0.5", METRICS_OPENMETRICS},
    /* As Prometheus 2 and 3 ask. */
    {OPENMETRICS ";version=1.0.0;q=0.5," OPENMETRICS
                 ";version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
     METRICS_OPENMETRICS},
    {OPENMETRICS ";version=1.0.0;escaping=allow-utf-8;q=0.6," OPENMETRICS
                 ";version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
                 "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
     METRICS_OPENMETRICS},
    {"text/plain;version=0.0.4;q=0.5,*/*;q=0.1", METRICS_PROMETHEUS},
    /* What is malformed counts for nothing. */
    {OPENMETRICS ";q=2", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=1.001", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=0.1234", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=.5", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=0.x", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=05", METRICS_PROMETHEUS},
    {OPENMETRICS ";q=", METRICS_PROMETHEUS},
    {OPENMETRICS ";q", METRICS_PROMETHEUS},
    {OPENMETRICS ";unknown=1", METRICS_PROMETHEUS},
    {OPENMETRICS ";a-very-long-parameter-name=1", METRICS_PROMETHEUS},
    {OPENMETRICS ";version=1.0.00000000000000000000", METRICS_PROMETHEUS},
    {OPENMETRICS ";version=\"", METRICS_PROMETHEUS},
    {OPENMETRICS OPENMETRICS OPENMETRICS OPENMETRICS, METRICS_PROMETHEUS},
    {",,;,=,;;q=1," OPENMETRICS ",", METRICS_OPENMETRICS},
    {"\xff\xfe," OPENMETRICS ";q=1.", METRICS_OPENMETRICS},
};

START_TEST(accept_decides_the_format)
{
    ck_assert_msg(metrics_negotiate(cases[_i].accept) == cases[_i].format, "%s", cases[_i].accept);
}
END_TEST

START_TEST(formats_have_their_content_type)
{
    ck_assert_str_eq(metrics_content_type(METRICS_PROMETHEUS),
                     "text/plain; version=0.0.4; charset=utf-8");
    ck_assert_str_eq(metrics_content_type(METRICS_OPENMETRICS),
                     "application/openmetrics-text; version=1.0.0; charset=utf-8");
}
END_TEST

Suite *suite_negotiation(void);
Suite *suite_negotiation(void)
{
    Suite *suite = suite_create("negotiation");
    TCase *tcase = tcase_create("negotiation");
    tcase_add_loop_test(tcase, accept_decides_the_format, 0, (int)ARRAY_SIZE(cases));
    tcase_add_test(tcase, formats_have_their_content_type);
    suite_add_tcase(suite, tcase);
    return suite;
}
