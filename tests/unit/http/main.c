/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The unit tests of http/.
 */
#include "../suite.h"
#include "suites.h"

SUITE_MAIN(suite_path_encode, suite_problem, suite_request, suite_query_string, suite_response,
           suite_media_type, suite_route_match, suite_router, suite_route_statuses, suite_cors,
           suite_gate, suite_json_body, suite_conditional, suite_exchange, suite_memory,
           suite_listener, suite_client, suite_server, suite_server_held_up, suite_record,
           suite_stream, suite_server_stop)
