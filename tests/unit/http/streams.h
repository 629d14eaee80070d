/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A handler whose body is made part by part, as the query says:
 *   parts=N  parts of STREAMS_PART bytes: 'a's, 'b's ...
 *   fail=N   making part N (from 1) fails
 *   hold=true  the second part waits for streams_release()
 */
#ifndef TESTS_UNIT_HTTP_STREAMS_H
#define TESTS_UNIT_HTTP_STREAMS_H

#include <stdatomic.h>

#include "http/exchange.h"

#define STREAMS_PART ((size_t)50000)

struct streams {
    atomic_uint made;  /* parts */
    atomic_uint ended; /* calls of `end` */
};
extern struct streams streams;

extern const char *const streams_parameters[];
enum http_result streams_handle(struct http_exchange *exchange);

/* Waits until a second part is held; lets all held ones go on, and later ones too. */
void streams_wait_held(void);
void streams_release(void);

#endif
