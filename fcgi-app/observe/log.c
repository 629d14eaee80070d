/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The log: from an event to a line on a descriptor. Owns the form of a line and its limits; what is
 * worth a line is decided by whoever has the event.
 */
#include "observe/log.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json_writer.h"
#include "config.h"

#define FIELD_SIZE_MAX  4096
#define LINE_KEPT_MAX   65536 /* a bigger buffer is given back after its line */
#define WAIT_FOR_READER 1000  /* milliseconds, if the descriptor does not block */

static const char *const level_names[] = {
    [LOG_DEBUG] = "DEBUG", [LOG_INFO] = "INFO",         [LOG_WARNING] = "WARNING",
    [LOG_ERROR] = "ERROR", [LOG_CRITICAL] = "CRITICAL",
};
_Static_assert(ARRAY_SIZE(level_names) == LOG_LEVEL_COUNT, "every level has a name");

static struct {
    int fd;
    const char *service;
    const char *version;
} target = {STDERR_FILENO, PACKAGE_NAME, PACKAGE_VERSION};

static _Atomic int threshold = LOG_INFO;
static _Atomic uint64_t lines[LOG_LEVEL_COUNT];

/* One write(2) need not be the whole line, nor is it atomic on every kind of descriptor. */
static pthread_mutex_t whole_lines = PTHREAD_MUTEX_INITIALIZER;

/* The buffer of a thread's lines, freed when the thread ends. */
static _Thread_local struct buf thread_line;
static pthread_key_t thread_line_key;
static pthread_once_t thread_line_once = PTHREAD_ONCE_INIT;

static void free_thread_line(void *line)
{
    buf_close(line);
}

static void make_thread_line_key(void)
{
    /* Without a key the buffers of ended threads are lost, which is better than no log. */
    if (pthread_key_create(&thread_line_key, free_thread_line) != 0)
        thread_line_key = (pthread_key_t)-1;
}

static struct buf *begin_line(void)
{
    pthread_once(&thread_line_once, make_thread_line_key);
    if (thread_line.data == NULL)
        pthread_setspecific(thread_line_key, &thread_line);
    buf_clear(&thread_line);
    return &thread_line;
}

static void end_line(struct buf *line)
{
    if (line->capacity > LINE_KEPT_MAX)
        buf_close(line);
}

const char *log_level_name(enum log_level level)
{
    return (unsigned)level < LOG_LEVEL_COUNT ? level_names[level] : "UNKNOWN";
}

void log_init(int fd, const char *service, const char *version)
{
    target.fd = fd;
    target.service = service;
    target.version = version;
}

void log_set_level(enum log_level level)
{
    atomic_store_explicit(&threshold, (int)level, memory_order_relaxed);
}

enum log_level log_get_level(void)
{
    return (enum log_level)atomic_load_explicit(&threshold, memory_order_relaxed);
}

uint64_t log_lines(enum log_level level)
{
    return atomic_load_explicit(&lines[level], memory_order_relaxed);
}

/* The size, up to FIELD_SIZE_MAX; a cut leaves no part of a code point. */
static size_t bounded(const char *string, size_t size)
{
    if (size == SIZE_MAX)
        size = strnlen(string, FIELD_SIZE_MAX + 1);
    if (size <= FIELD_SIZE_MAX)
        return size;
    size_t cut = FIELD_SIZE_MAX;
    while (cut > FIELD_SIZE_MAX - 3 && ((uint8_t)string[cut] & 0xc0) == 0x80)
        cut--;
    return cut;
}

static void write_field(struct json_writer *w, const struct log_field *field)
{
    switch (field->type) {
    case LOG_FIELD_STRING:
        if (field->string != NULL)
            json_write_member_string(w, field->name, field->string,
                                     bounded(field->string, field->size));
        break;
    case LOG_FIELD_INT:
        json_write_member_int(w, field->name, field->number);
        break;
    case LOG_FIELD_DURATION:
        json_write_key(w, field->name);
        json_write_milliseconds(w, field->number);
        break;
    }
}

static void format_line(struct buf *line, enum log_level level, const char *message,
                        const struct log_field *fields)
{
    char timestamp[INSTANT_TEXT_SIZE];
    size_t timestamp_size = instant_format(clock_now(), timestamp);
    struct json_writer w = json_writer(line);
    json_write_object_begin(&w);
    json_write_member_string(&w, "timestamp", timestamp, timestamp_size);
    json_write_member_cstring(&w, "level", log_level_name(level));
    json_write_member_cstring(&w, "service", target.service);
    json_write_member_cstring(&w, "version", target.version);
    json_write_member_string(&w, "message", message, bounded(message, SIZE_MAX));
    for (; fields->name != NULL; fields++)
        write_field(&w, fields);
    json_write_object_end(&w);
    buf_append_char(line, '\n');
}

static bool wait_for_reader(void)
{
    struct pollfd pollfd = {.fd = target.fd, .events = POLLOUT};
    int ready;
    do
        ready = poll(&pollfd, 1, WAIT_FOR_READER);
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

static bool write_line(const char *data, size_t size)
{
    LOCK_SCOPE(&whole_lines);
    while (size > 0) {
        ssize_t written = write(target.fd, data, size);
        if (written >= 0) {
            data += written;
            size -= (size_t)written;
        } else if (errno == EAGAIN) {
            if (!wait_for_reader())
                return false;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* Without memory for the line: that there was one. */
static bool write_loss(enum log_level level)
{
    char timestamp[INSTANT_TEXT_SIZE];
    instant_format(clock_now(), timestamp);
    char line[512];
    int size = snprintf(line, sizeof(line),
                        "{\"timestamp\":\"%s\",\"level\":\"%s\",\"service\":\"%s\",\"version\":"
                        "\"%s\",\"message\":\"a log line was lost: out of memory\"}\n",
                        timestamp, log_level_name(level), target.service, target.version);
    return size > 0 && (size_t)size < sizeof(line) && write_line(line, (size_t)size);
}

void log_event(enum log_level level, const char *message, const struct log_field *fields)
{
    if (level < log_get_level())
        return;
    int saved_errno = errno;
    struct buf *line = begin_line();
    format_line(line, level, message, fields);
    bool written = line->failed ? write_loss(level) : write_line(line->data, line->size);
    if (written)
        atomic_fetch_add_explicit(&lines[level], 1, memory_order_relaxed);
    end_line(line);
    errno = saved_errno;
}
