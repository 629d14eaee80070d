/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The text of all metrics, as Prometheus text 0.0.4 or OpenMetrics 1.0. Reads the recorded values;
 * changes none.
 */
#include <string.h>

#include "base/cleanup.h"
#include "observe/log.h"
#include "observe/series.h"

#define NS_PER_SECOND    INT64_C(1000000000)
#define DECIMALS         9 /* of a nanosecond */
#define COUNTER_SUFFIX   "_total"
#define INFO_SUFFIX      "_info"
#define LABELS_MAX       4
#define STATUS_TEXT_SIZE 4

struct exposition {
    struct buf *out;
    bool openmetrics;
};

struct label {
    const char *name; /* NULL ends the list */
    const char *value;
};

static void put(const struct exposition *e, const char *text)
{
    buf_append_string(e->out, text);
}

/* special: the characters that a backslash goes before; a line feed becomes \n. */
static void put_escaped(const struct exposition *e, const char *text, const char *special)
{
    for (;;) {
        size_t plain = strcspn(text, special);
        buf_append(e->out, text, plain);
        text += plain;
        if (*text == '\0')
            return;
        buf_append_char(e->out, '\\');
        buf_append_char(e->out, *text == '\n' ? 'n' : *text);
        text++;
    }
}

static void put_name(const struct exposition *e, const char *name, const char *less_suffix)
{
    size_t size = strlen(name);
    size_t suffix = strlen(less_suffix);
    if (e->openmetrics && size > suffix && strcmp(name + size - suffix, less_suffix) == 0)
        size -= suffix;
    buf_append(e->out, name, size);
}

/* What a type is called, and what OpenMetrics leaves out of the family's name for it. */
struct family_type {
    const char *prometheus;
    const char *openmetrics;
    const char *suffix;
};

static const struct family_type counter = {"counter", "counter", COUNTER_SUFFIX};
static const struct family_type gauge = {"gauge", "gauge", ""};
static const struct family_type histogram = {"histogram", "histogram", ""};
static const struct family_type info = {"gauge", "info", INFO_SUFFIX};

static void put_family(const struct exposition *e, const char *name, const struct family_type *type,
                       const char *help)
{
    put(e, "# HELP ");
    put_name(e, name, type->suffix);
    put(e, " ");
    put_escaped(e, help, e->openmetrics ? "\\\"\n" : "\\\n");
    put(e, "\n# TYPE ");
    put_name(e, name, type->suffix);
    put(e, " ");
    put(e, e->openmetrics ? type->openmetrics : type->prometheus);
    put(e, "\n");
}

/* The part of a sample before its value. */
static void put_series(const struct exposition *e, const char *name, const char *suffix,
                       const struct label *labels)
{
    put(e, name);
    put(e, suffix);
    for (size_t i = 0; labels[i].name != NULL; i++) {
        put(e, i == 0 ? "{" : ",");
        put(e, labels[i].name);
        put(e, "=\"");
        put_escaped(e, labels[i].value, "\\\"\n");
        put(e, "\"");
    }
    put(e, labels[0].name != NULL ? "} " : " ");
}

static void put_int(const struct exposition *e, int64_t number)
{
    buf_append_int(e->out, number);
    put(e, "\n");
}

static void put_seconds(const struct exposition *e, int64_t nanoseconds)
{
    buf_append_int(e->out, nanoseconds / NS_PER_SECOND);
    char fraction[DECIMALS];
    int size = 0;
    int64_t rest = nanoseconds % NS_PER_SECOND;
    for (int64_t worth = NS_PER_SECOND / 10; rest > 0; worth /= 10) {
        fraction[size++] = (char)('0' + rest / worth);
        rest %= worth;
    }
    if (size > 0)
        buf_append_char(e->out, '.');
    buf_append(e->out, fraction, (size_t)size);
    put(e, "\n");
}

static void put_sample(const struct exposition *e, const char *name, const struct label *labels,
                       int64_t number)
{
    put_series(e, name, "", labels);
    put_int(e, number);
}

/* labels: at most LABELS_MAX - 2. */
static void put_histogram(const struct exposition *e, const char *name, const struct label *labels,
                          const struct histogram *h, const struct scale *scale)
{
    struct label with_bound[LABELS_MAX] = {{NULL, NULL}};
    size_t last = 0;
    for (; labels[last].name != NULL; last++)
        with_bound[last] = labels[last];
    with_bound[last].name = "le";

    uint64_t count = 0;
    for (size_t i = 0; i <= scale->count; i++) {
        count += atomic_load_explicit(&h->buckets[i], memory_order_relaxed);
        with_bound[last].value = i < scale->count ? scale->bounds[i].text : "+Inf";
        put_series(e, name, "_bucket", with_bound);
        put_int(e, (int64_t)count);
    }
    int64_t sum = (int64_t)atomic_load_explicit(&h->sum, memory_order_relaxed);
    put_series(e, name, "_sum", labels);
    if (scale == &seconds_scale)
        put_seconds(e, sum);
    else
        put_int(e, sum);
    put_series(e, name, "_count", labels);
    put_int(e, (int64_t)count);
}

static void put_metric(const struct exposition *e, enum metric metric)
{
    static const struct family_type *const types[] = {
        [TYPE_COUNTER] = &counter, [TYPE_COUNTER_SECONDS] = &counter,
        [TYPE_GAUGE] = &gauge,     [TYPE_GAUGE_SECONDS] = &gauge,
        [TYPE_SIZES] = &histogram, [TYPE_HISTOGRAM] = &histogram,
    };
    _Static_assert(ARRAY_SIZE(types) == TYPE_COUNT, "every type has a name");
    static const struct label none = {NULL, NULL};
    const struct metric_row *row = &metric_rows[metric];
    put_family(e, row->name, types[row->type], row->help);
    switch (row->type) {
    case TYPE_HISTOGRAM:
        put_histogram(e, row->name, &none, metric_histogram(metric), &seconds_scale);
        break;
    case TYPE_SIZES:
        put_histogram(e, row->name, &none, metric_histogram(metric), &sizes_scale);
        break;
    case TYPE_COUNTER_SECONDS:
    case TYPE_GAUGE_SECONDS:
        put_series(e, row->name, "", &none);
        put_seconds(e, metric_get(metric));
        break;
    default:
        put_sample(e, row->name, &none, metric_get(metric));
    }
}

static void put_build(const struct exposition *e)
{
    struct build build = build_info();
    put_family(e, "todo_build_info", &info, "Versions of the program and of SQLite.");
    put_sample(e, "todo_build_info",
               (struct label[]){{"version", build.version}, {"sqlite", build.sqlite}, {NULL, NULL}},
               1);
}

/* A number that falls is a gauge, whatever its name ends with: the name is part of the interface,
 * and no parser of either format refuses it (promtool remarks on it). */
static void put_tasks(const struct exposition *e)
{
    static const char *const names[] = {
        [TASKS_ACTIVE] = "active",
        [TASKS_COMPLETED] = "completed",
        [TASKS_ARCHIVED] = "archived",
    };
    _Static_assert(ARRAY_SIZE(names) == TASKS_STATUS_COUNT, "every status has a name");
    put_family(e, "todo_tasks_total", &gauge, "Tasks by status.");
    for (size_t i = 0; i < TASKS_STATUS_COUNT; i++)
        put_sample(e, "todo_tasks_total", (struct label[]){{"status", names[i]}, {NULL, NULL}},
                   tasks_with((enum task_status)i));
}

static void put_log_lines(const struct exposition *e)
{
    put_family(e, "todo_log_lines_total", &counter, "Lines written to the log.");
    for (int i = 0; i < LOG_LEVEL_COUNT; i++)
        put_sample(e, "todo_log_lines_total",
                   (struct label[]){{"level", log_level_name((enum log_level)i)}, {NULL, NULL}},
                   (int64_t)log_lines((enum log_level)i));
}

/* Every status that was foreseen, and every other that happened. */
static void put_route_requests(const struct exposition *e, const struct route_series *series)
{
    const struct metrics_route *route = series->route;
    const int *foreseen = route->statuses;
    for (int status = STATUS_MIN; status <= STATUS_MAX; status++) {
        uint64_t count =
            atomic_load_explicit(&series->requests[status - STATUS_MIN], memory_order_relaxed);
        bool listed = *foreseen == status;
        foreseen += listed;
        if (count == 0 && !listed)
            continue;
        char text[STATUS_TEXT_SIZE] = {(char)('0' + status / 100), (char)('0' + status / 10 % 10),
                                       (char)('0' + status % 10), '\0'};
        put_sample(e, "todo_api_requests_total",
                   (struct label[]){{"method", route->method},
                                    {"endpoint", route->endpoint},
                                    {"status", text},
                                    {NULL, NULL}},
                   (int64_t)count);
    }
}

static void put_routes(const struct exposition *e)
{
    size_t count;
    const struct route_series *series = route_series(&count);
    put_family(e, "todo_api_requests_total", &counter, "Requests answered, by route and status.");
    for (size_t i = 0; i < count; i++)
        put_route_requests(e, &series[i]);

    put_family(e, "todo_api_request_duration_seconds", &histogram,
               "Duration of requests, by route.");
    for (size_t i = 0; i < count; i++)
        put_histogram(e, "todo_api_request_duration_seconds",
                      (struct label[]){{"method", series[i].route->method},
                                       {"endpoint", series[i].route->endpoint},
                                       {NULL, NULL}},
                      &series[i].duration, &seconds_scale);
}

void metrics_render(struct buf *out, enum metrics_format format)
{
    struct exposition e = {out, format == METRICS_OPENMETRICS};
    put_build(&e);
    put_tasks(&e);
    put_routes(&e);
    for (int i = 0; i < METRIC_COUNT; i++)
        put_metric(&e, (enum metric)i);
    put_log_lines(&e);
    if (e.openmetrics)
        put(&e, "# EOF\n");
}
