/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The HTTP client of the exporter: one connection to one endpoint. Over libcurl in
 * otlp_client_curl.c; a build without it has otlp_client_none.c, of which none can be made.
 */
#ifndef OBSERVE_OTLP_CLIENT_H
#define OBSERVE_OTLP_CLIENT_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

#define OTLP_HEADERS_MAX    64          /* lines of the file */
#define OTLP_REPLY_SIZE_MAX (64 * 1024) /* of an answer, what is longer is not kept */
#define OTLP_TIMEOUT_MS     10000       /* of one request, OTEL_EXPORTER_OTLP_TIMEOUT's default */

struct otlp_client;

struct otlp_reply {
    int status;             /* 0: there was none */
    unsigned retry_after_s; /* what Retry-After asks for; 0: it does not */
    struct buf body;        /* the caller's to close */
    char detail[256];       /* without a status: why */
};

/* Whether this build can export at all. */
bool otlp_client_available(void);

/* url: http or https. headers_file: a header field a line, `Name: value`, empty lines and those
 * with # left out; NULL or "": none. It is read now. ERROR_INVALID (with what is wrong),
 * ERROR_MEMORY. */
enum error_code otlp_client_new(const char *url, const char *headers_file,
                                struct otlp_client **ret_client, struct error *ret_error);
void otlp_client_free(struct otlp_client *client); /* takes NULL */

/* Sends the body and waits for the answer: at most OTLP_TIMEOUT_MS, and not beyond *give_up_at
 * (monotonic nanoseconds), which another thread may bring forward, and then calls
 * otlp_client_wake. By one thread. */
void otlp_client_post(struct otlp_client *client, const struct buf *body,
                      const _Atomic uint64_t *give_up_at, struct otlp_reply *ret_reply);

/* Thread-safe. */
void otlp_client_wake(struct otlp_client *client);

#endif
