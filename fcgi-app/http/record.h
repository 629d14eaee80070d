/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The FastCGI records of an answer (FastCGI Specification 1.0, sections 3.3, 5.3 and 5.5), written
 * to the web server's connection.
 *
 * libfcgi would cut an answer into records of 8 KiB, and write each by itself; the web server wakes
 * up for each. Here an answer below 64 KiB is one call, with what ends the request.
 */
#ifndef HTTP_RECORD_H
#define HTTP_RECORD_H

#include <stdbool.h>
#include <stddef.h>

struct bytes {
    const char *data;
    size_t size;
};

/* Sends first and second, one after the other, as the next part of stdout; either may be empty.
 * last: they are the end of it, and the request is complete. Blocks as fd does. False when the peer
 * is gone, or does not take it in the time of SO_SNDTIMEO. Thread-safe. */
bool record_send(int fd, int request_id, struct bytes first, struct bytes second, bool last);

#endif
