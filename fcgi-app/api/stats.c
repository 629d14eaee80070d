/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * GET /stats: the JSON shape of the statistics. What is counted is task/statistics.h's.
 */
#include "api/answers.h"
#include "api/routes.h"
#include "api/service.h"
#include "base/clock.h"
#include "base/json_writer.h"
#include "http/body.h"
#include "http/problem.h"
#include "store/rows.h"

/* Tenths of a per cent as a number with one decimal. */
static void member_rate(struct json_writer *w, const struct statistics_group *group)
{
    struct buf text CLEANUP_BUF = {0};
    int tenths = statistics_rate(group);
    buf_printf(&text, "%d.%d", tenths / 10, tenths % 10);
    json_write_key(w, "completion_rate");
    json_write_raw(w, text.data, text.size);
    w->buf->failed |= text.failed;
}

static void members_group(struct json_writer *w, const struct statistics_group *group)
{
    json_write_member_int(w, "total", statistics_total(group));
    json_write_member_int(w, "active", statistics_active(group));
    json_write_member_int(w, "completed", group->completed);
    json_write_member_int(w, "pending", group->pending);
    json_write_member_int(w, "archived", group->archived);
    member_rate(w, group);
}

static void member_overview(struct json_writer *w, const struct statistics *statistics)
{
    json_write_key(w, "overview");
    json_write_object_begin(w);
    members_group(w, &statistics->all);
    json_write_member_int(w, "overdue", statistics->due[DUE_VIEW_OVERDUE]);
    json_write_object_end(w);
}

static void member_named_group(struct json_writer *w, const char *name,
                               const struct statistics_group *group)
{
    json_write_key(w, name);
    json_write_object_begin(w);
    members_group(w, group);
    json_write_object_end(w);
}

static void member_groups(struct json_writer *w, const struct statistics *statistics)
{
    json_write_key(w, "by_priority");
    json_write_object_begin(w);
    for (enum task_priority value = TASK_PRIORITY_HIGH; value < TASK_PRIORITY_END; value++)
        member_named_group(w, task_priority_name(value), &statistics->priorities[value]);
    json_write_object_end(w);
    json_write_key(w, "by_category");
    json_write_object_begin(w);
    for (enum task_category value = TASK_CATEGORY_WORK; value < TASK_CATEGORY_END; value++)
        member_named_group(w, task_category_name(value), &statistics->categories[value]);
    json_write_object_end(w);
}

static void member_due(struct json_writer *w, const struct statistics *statistics, date_t today)
{
    json_write_key(w, "by_due_date");
    json_write_object_begin(w);
    json_write_member_int(w, "overdue", statistics->due[DUE_VIEW_OVERDUE]);
    json_write_member_int(w, "oldest_overdue_days", statistics_oldest_days(statistics, today));
    json_write_member_int(w, "today", statistics->due[DUE_VIEW_TODAY]);
    json_write_member_int(w, "tomorrow", statistics->due[DUE_VIEW_TOMORROW]);
    json_write_member_int(w, "this_week", statistics->due[DUE_VIEW_WEEK]);
    json_write_member_int(w, "this_month", statistics->due[DUE_VIEW_MONTH]);
    json_write_member_int(w, "none", statistics->due[DUE_VIEW_NONE]);
    json_write_object_end(w);
}

static void member_relationships(struct json_writer *w, const struct statistics *statistics)
{
    json_write_key(w, "relationships");
    json_write_object_begin(w);
    json_write_member_int(w, "root_tasks", statistics->root_tasks);
    json_write_member_int(w, "subtasks", statistics->subtasks);
    json_write_member_int(w, "with_dependencies", statistics->with_dependencies);
    json_write_member_int(w, "blocked", statistics->blocked);
    json_write_member_int(w, "recurring", statistics->recurring);
    json_write_object_end(w);
}

static void member_activity(struct json_writer *w, const struct statistics *statistics)
{
    json_write_key(w, "recent_activity");
    json_write_object_begin(w);
    json_write_member_int(w, "created_today", statistics->created_today);
    json_write_member_int(w, "completed_today", statistics->completed_today);
    json_write_object_end(w);
}

static void answer_statistics(struct http_exchange *exchange, const struct statistics *statistics,
                              date_t today)
{
    char date[DATE_TEXT_SIZE];
    struct json_writer w = json_writer(&exchange->response.body);
    date_format(today, date);
    answer_today(exchange, today);
    exchange->response.content_type = HTTP_JSON;
    json_write_object_begin(&w);
    member_overview(&w, statistics);
    member_groups(&w, statistics);
    member_due(&w, statistics, today);
    member_relationships(&w, statistics);
    member_activity(&w, statistics);
    json_write_member_cstring(&w, "today", date);
    json_write_object_end(&w);
}

enum http_result api_stats(struct http_exchange *exchange)
{
    struct task_query query;
    struct statistics statistics;
    bool parsed = task_query_parse(&exchange->faults, exchange->request.parameters,
                                   exchange->request.parameter_count, clock_today(), &query);
    if (http_answered_faults(exchange) || !parsed)
        return HTTP_DONE;
    /* They tell archived tasks apart, so these are left out only when that is asked for. */
    if (http_parameter(&exchange->request, "archived") == NULL)
        query.archived = TRI_ANY;
    struct statistics_day day = {query.today, clock_day_begin(query.today),
                                 clock_day_begin(query.today + 1)};
    struct store_view *view = api_read_begin(exchange);
    if (view == NULL)
        return HTTP_DONE;
    enum error_code code = store_statistics(view, &query, &day, &exchange->arena, &statistics);
    api_read_end(exchange);
    if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    else
        answer_statistics(exchange, &statistics, query.today);
    return HTTP_DONE;
}
