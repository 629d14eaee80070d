/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The thread of the exporter: when a batch is sent, how often it is tried, and what is given up.
 * The texts are otlp.c's, HTTP is otlp_client.h's.
 */
#include "config.h"

#include "observe/exporter.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/random.h"
#include "observe/log.h"
#include "observe/metrics.h"
#include "observe/otlp_client.h"
#include "observe/span_queue.h"

#define NANOSECONDS_PER_MS UINT64_C(1000000)
#define ATTEMPTS_MAX       6     /* of one batch */
#define DELAY_FIRST_MS     1000U /* before the second; doubled for each further one */
#define RETRY_AFTER_MAX_S  60U   /* a receiver cannot ask for more */
#define BODY_KEPT_MAX      (1024 * 1024)

struct exporter {
    struct exporter_options options;
    struct otlp_client *client;
    struct span_queue queue;
    _Atomic uint64_t give_up_at; /* UINT64_MAX: runs on */
    atomic_bool woken;           /* wake_fd was written to, and not read since */
    int wake_fd;                 /* a batch is full */
    int stop_fd;                 /* readable from exporter_stop on */
    int ended_fd;                /* readable when the thread has nothing more to do */
    pthread_t thread;
    /* Of the thread. */
    struct span *batch[EXPORTER_BATCH_MAX];
    size_t count;
    struct buf body;
    bool failing; /* the last batch was not taken: that has been logged */
};

static void call(int fd)
{
    uint64_t one = 1;
    ssize_t written = write(fd, &one, sizeof(one));
    (void)written; /* it cannot fail: the counter is far from its end */
}

void exporter_submit(struct exporter *exporter, struct span *span)
{
    if (span == NULL || !span_queue_put(&exporter->queue, span)) {
        span_free(span);
        metric_add(METRIC_SPANS_DROPPED, 1);
    } else if (span_queue_length(&exporter->queue) >= EXPORTER_BATCH_MAX &&
               !atomic_exchange(&exporter->woken, true)) {
        call(exporter->wake_fd);
    }
}

/* --- Waiting ---------------------------------------------------------------------------------- */

static bool stopping(const struct exporter *exporter)
{
    return atomic_load(&exporter->give_up_at) != UINT64_MAX;
}

/* Until a batch is full, the interval is over, or the stop. */
static void wait_for_spans(struct exporter *exporter)
{
    struct pollfd calls[] = {{exporter->wake_fd, POLLIN, 0}, {exporter->stop_fd, POLLIN, 0}};
    uint64_t count;
    if (poll(calls, ARRAY_SIZE(calls), (int)exporter->options.interval_ms) <= 0 ||
        calls[0].revents == 0)
        return;
    /* In this order: who finds it true now is heard by the taking that follows. */
    ssize_t got = read(exporter->wake_fd, &count, sizeof(count));
    (void)got;
    atomic_store(&exporter->woken, false);
}

/* Sleeps although batches may fill; a stop ends it. */
static void back_off(const struct exporter *exporter, unsigned milliseconds)
{
    struct pollfd stop = {.fd = exporter->stop_fd, .events = POLLIN};
    poll(&stop, 1, (int)milliseconds);
}

/* Between half of it and all of it: many programs that lost one receiver come back spread. */
static unsigned delay_ms(unsigned attempt, unsigned retry_after_s)
{
    if (retry_after_s > 0)
        return (retry_after_s < RETRY_AFTER_MAX_S ? retry_after_s : RETRY_AFTER_MAX_S) * 1000U;
    unsigned delay = DELAY_FIRST_MS << attempt;
    unsigned random;
    random_bytes(&random, sizeof(random));
    return delay / 2 + random % (delay / 2 + 1);
}

/* --- Sending ---------------------------------------------------------------------------------- */

static bool is_passing(int status)
{
    return status == 0 || status == 429 || status == 502 || status == 503 || status == 504;
}

/* One line when it begins to fail, and one when it works again. */
static void note(struct exporter *exporter, bool taken, const struct otlp_reply *reply)
{
    if (exporter->failing == !taken)
        return;
    exporter->failing = !taken;
    if (taken)
        log_write(LOG_INFO, "traces are exported again");
    else
        log_write(LOG_WARNING, "traces cannot be exported", LOG_INT("status", reply->status),
                  LOG_STR("detail", reply->status == 0 ? reply->detail : NULL));
}

/* What is counted; whether the batch is done with. */
static bool take_reply(struct exporter *exporter, const struct otlp_reply *reply, bool last)
{
    bool taken = reply->status >= 200 && reply->status < 300;
    note(exporter, taken, reply);
    if (!taken && is_passing(reply->status) && !last)
        return false;
    size_t lost = exporter->count;
    if (taken)
        lost = reply->body.size == 0
                   ? 0
                   : otlp_rejected(reply->body.data, reply->body.size, exporter->count);
    metric_add(METRIC_SPANS_FAILED, (int64_t)lost);
    metric_add(METRIC_SPANS_EXPORTED, (int64_t)(exporter->count - lost));
    return true;
}

static void send_body(struct exporter *exporter)
{
    for (unsigned attempt = 0;; attempt++) {
        struct otlp_reply reply;
        bool last = stopping(exporter) || attempt + 1 == ATTEMPTS_MAX;
        otlp_client_post(exporter->client, &exporter->body, &exporter->give_up_at, &reply);
        bool done = take_reply(exporter, &reply, last);
        buf_close(&reply.body);
        if (done)
            return;
        back_off(exporter, delay_ms(attempt, reply.retry_after_s));
    }
}

static void free_batch(struct exporter *exporter)
{
    for (size_t i = 0; i < exporter->count; i++)
        span_free(exporter->batch[i]);
    exporter->count = 0;
}

static void send_batch(struct exporter *exporter)
{
    struct buf *body = &exporter->body;
    buf_clear(body);
    otlp_encode(body, &exporter->options.resource, exporter->batch, exporter->count);
    if (body->failed || clock_monotonic() >= atomic_load(&exporter->give_up_at))
        metric_add(METRIC_SPANS_DROPPED, (int64_t)exporter->count);
    else
        send_body(exporter);
    if (body->capacity > BODY_KEPT_MAX)
        buf_close(body);
    free_batch(exporter);
}

static bool take_batch(struct exporter *exporter)
{
    struct span *span;
    while (exporter->count < EXPORTER_BATCH_MAX &&
           (span = span_queue_take(&exporter->queue)) != NULL)
        exporter->batch[exporter->count++] = span;
    return exporter->count > 0;
}

static void *exporter_main(void *argument)
{
    struct exporter *exporter = argument;
    pthread_setname_np(pthread_self(), "exporter");
    for (bool last = false; !last;) {
        wait_for_spans(exporter);
        last = stopping(exporter);
        while (take_batch(exporter))
            send_batch(exporter);
    }
    call(exporter->ended_fd);
    return NULL;
}

/* --- Life ------------------------------------------------------------------------------------- */

static void release(struct exporter *exporter)
{
    otlp_client_free(exporter->client);
    buf_close(&exporter->body);
    cleanup_close(&exporter->wake_fd);
    cleanup_close(&exporter->stop_fd);
    cleanup_close(&exporter->ended_fd);
    free(exporter);
}

static enum error_code open_exporter(struct exporter *exporter, struct error *ret_error)
{
    enum error_code code = otlp_client_new(
        exporter->options.endpoint, exporter->options.headers_file, &exporter->client, ret_error);
    if (code != ERROR_NONE)
        return code;
    exporter->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    exporter->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    exporter->ended_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (exporter->wake_fd < 0 || exporter->stop_fd < 0 || exporter->ended_fd < 0)
        return error_set(ret_error, ERROR_SYSTEM, NULL, "eventfd: %s", strerror(errno));
    if (pthread_create(&exporter->thread, NULL, exporter_main, exporter) != 0)
        return error_set(ret_error, ERROR_SYSTEM, NULL, "cannot create the exporter's thread");
    return ERROR_NONE;
}

enum error_code exporter_start(const struct exporter_options *options,
                               struct exporter **ret_exporter, struct error *ret_error)
{
    struct exporter *exporter = calloc(1, sizeof(*exporter));
    if (exporter == NULL)
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    exporter->options = *options;
    exporter->wake_fd = exporter->stop_fd = exporter->ended_fd = -1;
    atomic_init(&exporter->give_up_at, UINT64_MAX);
    span_queue_init(&exporter->queue);
    enum error_code code = open_exporter(exporter, ret_error);
    if (code == ERROR_NONE)
        *ret_exporter = exporter;
    else
        release(exporter);
    return code;
}

void exporter_stop(struct exporter *exporter, uint64_t give_up_at)
{
    uint64_t earlier = atomic_load(&exporter->give_up_at);
    if (give_up_at < earlier)
        atomic_store(&exporter->give_up_at, give_up_at);
    call(exporter->stop_fd);
    otlp_client_wake(exporter->client);
}

bool exporter_join(struct exporter *exporter, unsigned milliseconds)
{
    struct pollfd ended = {.fd = exporter->ended_fd, .events = POLLIN};
    return poll(&ended, 1, (int)milliseconds) > 0;
}

void exporter_free(struct exporter *exporter)
{
    if (exporter == NULL)
        return;
    pthread_join(exporter->thread, NULL);
    release(exporter);
}
