/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The exporter: a thread that sends ended spans to an OTLP receiver, in batches. Handing a span
 * over never waits: what does not fit the queue is dropped and counted (METRIC_SPANS_DROPPED).
 *
 * A batch that was answered with 429, 502, 503 or 504, or not at all, is sent again after
 * Retry-After or a growing delay, a limited number of times; any other answer but a success drops
 * it at once (METRIC_SPANS_FAILED). OTLP specification, "OTLP/HTTP Response".
 */
#ifndef OBSERVE_EXPORTER_H
#define OBSERVE_EXPORTER_H

#include "base/error.h"
#include "observe/otlp.h"

#define EXPORTER_BATCH_MAX 512 /* spans in one request */

struct exporter;

/* Strings must outlive the exporter. */
struct exporter_options {
    const char *endpoint;
    const char *headers_file; /* "": none */
    unsigned interval_ms;     /* a batch that is not full is sent after it */
    struct otlp_resource resource;
};

/* Starts the thread. All signals must be blocked. ERROR_INVALID (with what is wrong with endpoint
 * or file, or that this build cannot export), ERROR_MEMORY, ERROR_SYSTEM. */
enum error_code exporter_start(const struct exporter_options *options,
                               struct exporter **ret_exporter, struct error *ret_error);

/* Takes the span over, also when it is dropped. NULL: one that there was no memory for; counts as
 * dropped. Never waits. Thread-safe. */
void exporter_submit(struct exporter *exporter, struct span *span);

/* Asks the thread to send what it has, without waiting between attempts, and to end, at the latest
 * at give_up_at (monotonic nanoseconds); what is left then is dropped. May be called again with an
 * earlier time. Nothing is submitted any more. */
void exporter_stop(struct exporter *exporter, uint64_t give_up_at);

/* Waits until the thread has ended, at most milliseconds. Whether it has. */
bool exporter_join(struct exporter *exporter, unsigned milliseconds);

/* After exporter_stop: waits for the end, and frees. Takes NULL. */
void exporter_free(struct exporter *exporter);

#endif
