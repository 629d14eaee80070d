/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The exporter's HTTP client of a program that was built without libcurl: there is none, and that
 * is said.
 */
#include "observe/otlp_client.h"

bool otlp_client_available(void)
{
    return false;
}

enum error_code otlp_client_new(const char *url, const char *headers_file,
                                struct otlp_client **ret_client, struct error *ret_error)
{
    (void)url;
    (void)headers_file;
    (void)ret_client;
    return error_set(ret_error, ERROR_INVALID, "trace_endpoint",
                     "this program was built without libcurl and cannot export traces; build it "
                     "with --with-otlp, or leave trace_endpoint empty");
}

void otlp_client_free(struct otlp_client *client)
{
    (void)client;
}

void otlp_client_post(struct otlp_client *client, const struct buf *body,
                      const _Atomic uint64_t *give_up_at, struct otlp_reply *ret_reply)
{
    (void)client;
    (void)body;
    (void)give_up_at;
    *ret_reply = (struct otlp_reply){.status = 0};
}

void otlp_client_wake(struct otlp_client *client)
{
    (void)client;
}
