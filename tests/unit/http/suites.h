/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The suites of this program.
 */
#ifndef TESTS_UNIT_HTTP_SUITES_H
#define TESTS_UNIT_HTTP_SUITES_H

#include <check.h>

Suite *suite_client(void);
Suite *suite_conditional(void);
Suite *suite_cors(void);
Suite *suite_exchange(void);
Suite *suite_gate(void);
Suite *suite_json_body(void);
Suite *suite_listener(void);
Suite *suite_media_type(void);
Suite *suite_memory(void);
Suite *suite_path_encode(void);
Suite *suite_problem(void);
Suite *suite_query_string(void);
Suite *suite_record(void);
Suite *suite_request(void);
Suite *suite_response(void);
Suite *suite_route_match(void);
Suite *suite_route_statuses(void);
Suite *suite_router(void);
Suite *suite_server(void);
Suite *suite_server_held_up(void);
Suite *suite_server_stop(void);
Suite *suite_stream(void);

#endif
