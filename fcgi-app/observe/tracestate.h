/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * W3C Trace Context (Level 1), section 3.3: reads `tracestate`. Whether it counts at all depends on
 * `traceparent`, which is read in trace.h.
 */
#ifndef OBSERVE_TRACESTATE_H
#define OBSERVE_TRACESTATE_H

#include <stdbool.h>
#include <stddef.h>

#define TRACESTATE_MEMBERS_MAX 32
#define TRACESTATE_SIZE_MAX    2048 /* kept; section 3.3.1.5 asks for 512 at least */

/* header: the value of all header fields of that name, joined by commas, of any bytes; or NULL.
 * Writes the list without white space and empty members into ret_text, terminated, and returns its
 * length. Of a key that comes twice the first member counts. Members that would make it longer than
 * TRACESTATE_SIZE_MAX are left out, from the end. 0, and an empty text, if any member is against
 * the grammar or there are more than TRACESTATE_MEMBERS_MAX: an invalid list is dropped as a whole.
 * Thread-safe. */
size_t tracestate_read(const char *header, char ret_text[static TRACESTATE_SIZE_MAX + 1]);

#endif
