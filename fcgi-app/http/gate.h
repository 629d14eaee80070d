/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The gate: who calls, whether they may, and how often. It stands between the router's match and
 * everything that costs more. The tables of keys and buckets are those of access/.
 */
#ifndef HTTP_GATE_H
#define HTTP_GATE_H

#include "access/rate_limit.h"
#include "base/address.h"
#include "base/error.h"
#include "http/exchange.h"

struct http_gate;

/* Copied, but for the texts, which need to last as long as the call alone. */
struct http_gate_options {
    const char *keys_file; /* "": API keys are off */
    bool allow_anonymous;  /* without keys: answer calls to other than loopback addresses too */
    bool metrics_open;     /* /metrics needs no key */
    struct rate_policy rate;
    const char *const *trusted; /* networks of proxies, as network_parse reads them */
    size_t trusted_count;
};

/* Reads the keys. ERROR_INVALID, ERROR_MEMORY. */
enum error_code http_gate_open(const struct http_gate_options *options, struct http_gate **ret_gate,
                               struct error *ret_error);

/* The same again while requests pass: each sees the old rules or the new ones. On an error the old
 * ones stay. Thread-safe. */
enum error_code http_gate_reload(struct http_gate *gate, const struct http_gate_options *options,
                                 struct error *ret_error);

void http_gate_close(struct http_gate *gate); /* takes NULL */

/* Decides a request, route NULL if none matches. Sets exchange->caller. False: it was refused, and
 * the problem has been answered:
 *   429 rate-limited, by the key if a valid one was presented, else by the client's address;
 *   401 unauthorized without a valid key (RFC 6750 section 3); 403 forbidden with missing_scope;
 *   403 forbidden when there are no keys and the call came from elsewhere.
 * Only the limit holds where no route matches, neither where the route is HTTP_OPEN. gate NULL:
 * everything passes. Thread-safe. */
bool http_gate_admit(struct http_gate *gate, struct http_exchange *exchange,
                     const struct http_route *route);

/* The scope that a route needs where there are keys: "read", "write" or "admin"; NULL: none. */
const char *http_gate_scope(const struct http_route *route);

/* RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10), of any answer to a
 * request that was counted. */
void http_gate_headers(struct http_exchange *exchange);

/* The address that a request is counted for (forwarded.c): the peer's, or if that is a trusted
 * proxy, the last one of X-Forwarded-For that is not. A list with anything that is no address is
 * believed up to there, from its end. peer and forwarded may be NULL. All zero: not known. */
struct address http_client_address(const char *peer, const char *forwarded,
                                   const struct network *trusted, size_t trusted_count);

#endif
