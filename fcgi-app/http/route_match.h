/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Matching a path against the templates of the route table. Private to http/.
 */
#ifndef HTTP_ROUTE_MATCH_H
#define HTTP_ROUTE_MATCH_H

#include "http/router.h"

#define HTTP_ID_MAX        INT64_C(9007199254740991) /* 2^53 - 1: exact in every JSON reader */
#define HTTP_PATH_TEXT_MAX 200                       /* code points of a {name} */

/* What a path may be: every method of its best template. A template with fewer variables is better:
 * /tasks/quick-add wins over /tasks/{id}. */
struct http_match {
    const char *path; /* the template; NULL: unknown path */
    unsigned variables;
    unsigned methods; /* HTTP_METHOD_BIT of each row */
    size_t row;       /* of the wanted method, or the table's length */
};

/* Finds the best template for the exchange's path and sets path_ids and path_texts from it. */
struct http_match http_match(const struct http_router *router, struct http_exchange *exchange);

#endif
