/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Metrics: counters, gauges and histograms in one table, and their exposition as Prometheus text
 * 0.0.4 or OpenMetrics 1.0. Recording is lock-free and thread-safe.
 */
#ifndef OBSERVE_METRICS_H
#define OBSERVE_METRICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Plain series: X(enumerator, name, type, help). Durations are recorded in nanoseconds and shown in
 * seconds; names of counters end in _total. Gauges that are read at scrape time are set just
 * before. */
#define METRICS(X)                                                                                 \
    X(METRIC_REQUESTS_IN_FLIGHT, "todo_http_requests_in_flight", GAUGE, "Requests being handled.") \
    X(METRIC_WORKERS, "todo_workers", GAUGE, "Worker threads.")                                    \
    X(METRIC_WORKERS_BUSY, "todo_workers_busy", GAUGE, "Worker threads handling a request.")       \
    X(METRIC_QUEUE_LENGTH, "todo_store_queue_length", GAUGE, "Writes waiting for the writer.")     \
    X(METRIC_QUEUE_LIMIT, "todo_store_queue_limit", GAUGE, "Writes that may wait.")                \
    X(METRIC_QUEUE_REFUSED, "todo_store_queue_refused_total", COUNTER,                             \
      "Writes refused because the queue was full.")                                                \
    X(METRIC_QUEUE_WAIT, "todo_store_queue_wait_seconds", HISTOGRAM,                               \
      "Time of a write in the queue.")                                                             \
    X(METRIC_BATCH_SIZE, "todo_store_batch_size", SIZES, "Writes committed together.")             \
    X(METRIC_COMMIT_DURATION, "todo_store_commit_duration_seconds", HISTOGRAM,                     \
      "Duration of a commit, with its sync.")                                                      \
    X(METRIC_CHECKPOINT_DURATION, "todo_store_checkpoint_duration_seconds", HISTOGRAM,             \
      "Duration of a checkpoint.")                                                                 \
    X(METRIC_FSYNC_ERRORS, "todo_store_fsync_errors_total", COUNTER, "Failed syncs.")              \
    X(METRIC_STORE_ERRORS, "todo_store_errors_total", COUNTER, "Failed batches and checkpoints.")  \
    X(METRIC_WAL_BYTES, "todo_store_wal_bytes", GAUGE, "Size of the write-ahead log.")             \
    X(METRIC_DATABASE_BYTES, "todo_store_database_bytes", GAUGE, "Size of the database file.")     \
    X(METRIC_DISK_FREE_BYTES, "todo_store_disk_free_bytes", GAUGE, "Space left for the database.") \
    X(METRIC_DISK_BYTES, "todo_store_disk_bytes", GAUGE, "Size of the disk of the database.")      \
    X(METRIC_LAST_BACKUP, "todo_last_backup_timestamp_seconds", GAUGE,                             \
      "When the last backup succeeded, Unix time; 0: never.")                                      \
    X(METRIC_RATE_LIMITED, "todo_rate_limited_total", COUNTER, "Requests refused by rate limit.")  \
    X(METRIC_UNAUTHORIZED, "todo_authentication_failures_total", COUNTER,                          \
      "Requests refused for missing or insufficient credentials.")                                 \
    X(METRIC_PROXY_UP, "todo_proxy_up", GAUGE,                                                     \
      "1 if lighttpd told its figures at this scrape; 0: it did not, or was not to be asked.")     \
    X(METRIC_PROXY_REQUESTS, "todo_proxy_requests_total", COUNTER,                                 \
      "Requests that lighttpd has answered, static files too.")                                    \
    X(METRIC_PROXY_SENT_BYTES, "todo_proxy_sent_bytes_total", COUNTER,                             \
      "Bytes that lighttpd has sent, in whole KiB.")                                               \
    X(METRIC_PROXY_BUSY, "todo_proxy_connections_busy", GAUGE, "Connections open to lighttpd.")    \
    X(METRIC_PROXY_IDLE, "todo_proxy_connections_idle", GAUGE,                                     \
      "Connections that lighttpd has prepared for more.")                                          \
    X(METRIC_PROXY_UPTIME, "todo_proxy_uptime_seconds", GAUGE_SECONDS,                             \
      "Time since lighttpd's start.")                                                              \
    X(METRIC_SPANS_EXPORTED, "todo_trace_spans_exported_total", COUNTER,                           \
      "Spans that the receiver has taken.")                                                        \
    X(METRIC_SPANS_DROPPED, "todo_trace_spans_dropped_total", COUNTER,                             \
      "Spans dropped because the queue was full, memory short or the stop over.")                  \
    X(METRIC_SPANS_FAILED, "todo_trace_spans_failed_total", COUNTER,                               \
      "Spans that the receiver refused or could not be given.")                                    \
    X(METRIC_SANDBOX_SECCOMP, "todo_sandbox_seccomp", GAUGE,                                       \
      "Whether a filter of system calls is in force.")                                             \
    X(METRIC_SANDBOX_LANDLOCK, "todo_sandbox_landlock_version", GAUGE,                             \
      "Version of Landlock that is in force; 0: none.")                                            \
    X(METRIC_CPU_SECONDS, "process_cpu_seconds_total", COUNTER_SECONDS,                            \
      "User and system CPU time.")                                                                 \
    X(METRIC_MEMORY_BYTES, "process_memory_bytes", GAUGE, "Resident memory.")                      \
    X(METRIC_UPTIME, "process_uptime_seconds", GAUGE_SECONDS, "Time since the start.")             \
    X(METRIC_START_TIME, "process_start_time_seconds", GAUGE_SECONDS,                              \
      "When the process started, Unix time.")                                                      \
    X(METRIC_OPEN_FDS, "process_open_fds", GAUGE, "Open file descriptors.")

#define METRIC_ENUM(id, name, type, help) id,
enum metric { METRICS(METRIC_ENUM) METRIC_COUNT };
#undef METRIC_ENUM

void metric_add(enum metric metric, int64_t amount);     /* counters and gauges */
void metric_set(enum metric metric, int64_t value);      /* gauges; *_SECONDS in nanoseconds */
void metric_observe(enum metric metric, uint64_t value); /* HISTOGRAM in ns, SIZES as numbers */
int64_t metric_get(enum metric metric);                  /* for tests and state pages */

/* The request families, todo_api_requests_total{method,endpoint,status} and
 * todo_api_request_duration_seconds{method,endpoint}. One series for each status that a route may
 * answer exists at 0 from the start. */
struct metrics_route {
    const char *method;
    const char *endpoint; /* the template, or "unmatched" */
    const int *statuses;  /* ascending, 0-terminated; others are added when they first happen */
};

/* Makes the series; called once before the first request. Copies nothing: static tables, in which
 * each pair of method and endpoint occurs once. Returns false without memory. */
bool metrics_routes_init(const struct metrics_route *routes, size_t count);

/* Counts one answered request; route is an index into the table above, status from 100 to 599.
 * Anything else is not counted. */
void metrics_request(size_t route, int status, uint64_t nanoseconds);

/* todo_tasks_total{status="active|completed|archived"} */
void metrics_tasks(int64_t active, int64_t completed, int64_t archived);

/* Labels of todo_build_info: the program's version and SQLite's. Both strings are kept; called
 * before the first thread. */
void metrics_build(const char *version, const char *sqlite_version);

/* Sets the process_* gauges from the kernel. */
void metrics_process(void);

/* Sets the todo_proxy_* metrics from lighttpd's status page on that Unix socket; "" means that
 * there is none. Waits half a second at most. Without an answer todo_proxy_up is 0 and the others
 * stay as they were. Thread-safe. */
void metrics_proxy(const char *socket_path);

enum metrics_format { METRICS_PROMETHEUS, METRICS_OPENMETRICS };

/* What an Accept header (or NULL) asks for: OpenMetrics if it is named and preferred, Prometheus
 * else. */
enum metrics_format metrics_negotiate(const char *accept);

/* A static string. */
const char *metrics_content_type(enum metrics_format format);

/* Appends the exposition of everything. Values read while others record are each exact, together
 * consistent enough: a histogram's +Inf bucket equals its count. */
void metrics_render(struct buf *out, enum metrics_format format);

#endif
