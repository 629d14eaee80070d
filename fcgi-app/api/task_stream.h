/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * All tasks that match a query, in its order, as the body of one answer of any length. What a task
 * looks like there is the format's.
 */
#ifndef API_TASK_STREAM_H
#define API_TASK_STREAM_H

#include "base/buf.h"
#include "http/exchange.h"
#include "task/task.h"

struct task_stream_format {
    const char *content_type;
    const char *disposition; /* Content-Disposition */
    void (*begin)(struct buf *out);
    void (*task)(struct buf *out, const struct task *task, date_t today);
    void (*end)(struct buf *out, bool any); /* any: there was a task. NULL: nothing */
};

/* The parameters of such an answer beside those that filter: sort alone. */
extern const char *const task_stream_parameters[];

/* The whole handler. A page is read from the store for each part, each in a snapshot of its own, so
 * that none pins the log: what changes meanwhile is seen as by a client that follows the cursors of
 * a list. */
enum http_result task_stream(struct http_exchange *exchange,
                             const struct task_stream_format *format);

#endif
