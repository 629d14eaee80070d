/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The log of a test: a file in memory, of which every line is parsed.
 */
#ifndef TESTS_UNIT_OBSERVE_CAPTURED_LOG_H
#define TESTS_UNIT_OBSERVE_CAPTURED_LOG_H

#include <jansson.h>

/* Begins a log with service "service" and version "1.2.3"; returns its descriptor. */
int captured_log_begin(void);
void captured_log_end(void);

/* All bytes that were written, terminated; the caller frees. */
char *captured_log_text(void);

/* The lines so far as an array, valid until the next call or the end; fails the test if one is not
 * a JSON object. */
const json_t *captured_log_lines(void);

#endif
