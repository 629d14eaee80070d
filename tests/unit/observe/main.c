/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Unit tests of fcgi-app/observe/.
 */
#include "tests/unit/suite.h"

Suite *suite_exposition(void);
Suite *suite_log(void);
Suite *suite_log_faults(void);
Suite *suite_metrics(void);
Suite *suite_negotiation(void);
Suite *suite_otlp(void);
Suite *suite_process_metrics(void);
Suite *suite_proxy_metrics(void);
Suite *suite_route_metrics(void);
Suite *suite_span(void);
Suite *suite_trace(void);
Suite *suite_tracestate(void);

SUITE_MAIN(suite_exposition, suite_log, suite_log_faults, suite_metrics, suite_negotiation,
           suite_otlp, suite_process_metrics, suite_proxy_metrics, suite_route_metrics, suite_span,
           suite_trace, suite_tracestate)
