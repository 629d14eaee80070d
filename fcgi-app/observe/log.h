/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The log: one JSON object a line on standard error, each line by one write(2). Thread-safe. Any
 * bytes in any field come out as valid JSON in UTF-8 on one line.
 */
#ifndef OBSERVE_LOG_H
#define OBSERVE_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR, LOG_CRITICAL, LOG_LEVEL_COUNT };

const char *log_level_name(enum log_level level);

/* Lines go to fd from now on (standard error before the first call) with these service and version,
 * which are kept. Called before the first thread. */
void log_init(int fd, const char *service, const char *version);
void log_set_level(enum log_level level); /* less important lines are dropped; default LOG_INFO */
enum log_level log_get_level(void);

/* Lines written since the start, by level, for the metrics; dropped lines do not count. */
uint64_t log_lines(enum log_level level);

enum log_field_type { LOG_FIELD_STRING, LOG_FIELD_INT, LOG_FIELD_DURATION };

/* One field of an event. Build with the macros; the list ends with LOG_END. */
struct log_field {
    const char *name; /* NULL ends the list */
    enum log_field_type type;
    const char *string; /* NULL: the field is left out */
    size_t size;        /* SIZE_MAX: string is terminated */
    int64_t number;     /* INT, or nanoseconds for DURATION (written in milliseconds) */
};

#define LOG_STR(name, value)        ((struct log_field){name, LOG_FIELD_STRING, value, SIZE_MAX, 0})
#define LOG_BYTES(name, data, size) ((struct log_field){name, LOG_FIELD_STRING, data, size, 0})
#define LOG_INT(name, value)        ((struct log_field){name, LOG_FIELD_INT, NULL, 0, (int64_t)(value)})
#define LOG_MS(name, nanoseconds)                                                                  \
    ((struct log_field){name, LOG_FIELD_DURATION, NULL, 0, (int64_t)(nanoseconds)})
#define LOG_END ((struct log_field){NULL, LOG_FIELD_STRING, NULL, 0, 0})

/* Writes timestamp, level, service, version, message and the fields. `trace_id` and `request_id`
 * are ordinary fields by convention and come first among them. Strings longer than 4,096 bytes are
 * cut. A line that cannot be written is lost: the caller learns nothing of it. Preserves errno. */
void log_event(enum log_level level, const char *message, const struct log_field *fields);

/* log_write(LOG_INFO, "started", LOG_STR("socket", path), LOG_INT("workers", n)); */
#define log_write(level, ...) LOG_WRITE_(level, __VA_ARGS__, LOG_END)
#define LOG_WRITE_(level, message, ...)                                                            \
    log_event(level, message, (const struct log_field[]){__VA_ARGS__})

#endif
