/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Statistics. What the tallies and the calendar know is summed up from them; a filter that they do
 * not know, a search or a parent, leads to one pass over the rows that match it.
 */
#include "store/rows.h"
#include "store/sqlite/calendar.h"
#include "store/sqlite/list.h"
#include "store/sqlite/tally_changes.h"

/* Statistics on their way. */
struct count {
    struct list list;
    const struct statistics_day *day;
    struct date_range due;                 /* that is asked for */
    struct date_range views[DUE_VIEW_END]; /* of it, what is part of each view */
    date_t overdue_from;                   /* none is overdue before it */
    struct statistics statistics;
};

/* --- Facets -------------------------------------------------------------------------------------
 */

/* A date that stands for any, where the facets alone are known. */
static struct statistics_facts facets_facts(uint32_t facets)
{
    struct task task;
    facets_read(facets, &task);
    return (struct statistics_facts){
        .priority = task.priority,
        .category = task.category,
        .completed = task.completed,
        .archived = task.archived,
        .subtask = (facets & FACET_SUBTASK) != 0,
        .blocked = (facets & FACET_BLOCKED) != 0,
        .recurring = (facets & FACET_RECURRING) != 0,
        .due_date = (facets & FACET_UNDATED) != 0 ? DATE_NONE : DATE_MIN,
    };
}

/* --- From tallies ------------------------------------------------------------------------------
 */

static enum error_code count_facets(struct count *count)
{
    struct list *list = &count->list;
    enum error_code code = list_load_tally(list);
    for (size_t i = 0; i < list->tally.count && code == ERROR_NONE; i++) {
        struct statistics_facts facts = facets_facts(list->tally.rows[i].facets);
        if ((list->tally.rows[i].facets & list->forbidden) == 0)
            statistics_add_many(&count->statistics, &facts, list->tally.rows[i].n);
    }
    return code;
}

/* Runs a statement that gives one number, with these parameters. */
static enum error_code number(struct store_view *view, enum statement id, const int64_t *parameters,
                              size_t parameter_count, int64_t *ret_number)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    for (size_t i = 0; i < parameter_count; i++)
        sqlite3_bind_int64(statement, (int)i + 1, parameters[i]);
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW)
        *ret_number = sqlite3_column_int64(statement, 0);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? ERROR_NONE : store_error(view, rc);
}

static enum error_code count_dependent(struct count *count)
{
    const int64_t parameters[] = {count->list.forbidden | FACET_ARCHIVED};
    return number(count->list.view, STATEMENT_STATISTICS_DEPENDENT, parameters, 1,
                  &count->statistics.with_dependencies);
}

/* As the list's count of this view has it. */
static enum error_code count_due_view(struct count *count, enum due_view view)
{
    struct task_query query = *count->list.query;
    struct progress progress = {0};
    query.archived = TRI_FALSE;
    query.due = view;
    task_query_resolve_due(&query);
    enum error_code code = store_task_count(count->list.view, &query, count->list.arena, &progress);
    count->statistics.due[view] = progress.total;
    return code;
}

/* For filters by state alone, which the tally of due dates knows, too; it has fewer rows. */
static enum error_code count_due_views(struct count *count)
{
    enum error_code code = ERROR_NONE;
    for (enum due_view view = DUE_VIEW_OVERDUE; view <= DUE_VIEW_MONTH && code == ERROR_NONE;
         view++)
        code = count_due_view(count, view);
    return code;
}

/* --- From the calendar -------------------------------------------------------------------------
 */

static struct date_range overlap(struct date_range a, struct date_range b)
{
    return (struct date_range){a.first > b.first ? a.first : b.first,
                               a.last < b.last ? a.last : b.last};
}

static void set_ranges(struct count *count)
{
    const struct task_query *query = count->list.query;
    date_t today = count->day->today;
    count->due = query->due_range ? (struct date_range){query->due_from, query->due_to}
                                  : due_view_range(DUE_VIEW_ANY, today);
    for (enum due_view view = DUE_VIEW_OVERDUE; view <= DUE_VIEW_MONTH; view++)
        count->views[view] = overlap(due_view_range(view, today), count->due);
    count->overdue_from = count->due.first;
}

/* The first block with an overdue task is where the oldest one is found. */
static void add_overdue(struct count *count, const struct calendar_row *row)
{
    int64_t *overdue = &count->statistics.due[DUE_VIEW_OVERDUE];
    int64_t before = *overdue;
    *overdue += calendar_sum(row, count->views[DUE_VIEW_OVERDUE]);
    if (before == 0 && *overdue > 0 && row->first > count->overdue_from)
        count->overdue_from = row->first;
}

static void add_views(struct count *count, const struct calendar_row *row)
{
    if ((row->facets & FACET_OPEN) != 0)
        add_overdue(count, row);
    for (enum due_view view = DUE_VIEW_TODAY; view <= DUE_VIEW_MONTH; view++)
        count->statistics.due[view] += calendar_sum(row, count->views[view]);
}

static void visit_view(void *context, const struct calendar_row *row)
{
    add_views(context, row);
}

/* For a filter by due dates: all that is said of the tasks comes from here. */
static void visit_due(void *context, const struct calendar_row *row)
{
    struct count *count = context;
    struct statistics_facts facts = facets_facts(row->facets);
    facts.has_dependencies = (row->facets & FACET_DEPENDENT) != 0;
    statistics_add_many(&count->statistics, &facts, calendar_sum(row, count->due));
    if (!facts.archived)
        add_views(count, row);
}

#define CUTS_MAX (2 * DUE_VIEW_END)

static enum error_code visit_calendar(struct count *count, struct date_range range,
                                      uint32_t forbidden, calendar_visitor visit)
{
    date_t cuts[CUTS_MAX];
    struct calendar_query query = {range, forbidden, cuts, 0};
    cuts[query.cut_count++] = count->due.first;
    cuts[query.cut_count++] = count->due.last + 1;
    for (enum due_view view = DUE_VIEW_OVERDUE; view <= DUE_VIEW_MONTH; view++) {
        cuts[query.cut_count++] = count->views[view].first;
        cuts[query.cut_count++] = count->views[view].last + 1;
    }
    return calendar_visit(count->list.view, &query, visit, count);
}

/* All days up to the last one that is in a view. */
static struct date_range views_range(const struct count *count)
{
    date_t week = count->views[DUE_VIEW_WEEK].last, month = count->views[DUE_VIEW_MONTH].last;
    return (struct date_range){DATE_MIN, week > month ? week : month};
}

static enum error_code find_oldest_due(struct count *count)
{
    const int64_t parameters[] = {count->overdue_from, count->views[DUE_VIEW_OVERDUE].last,
                                  count->list.forbidden};
    int64_t oldest = DATE_NONE;
    if (count->statistics.due[DUE_VIEW_OVERDUE] == 0)
        return ERROR_NONE;
    enum error_code code =
        number(count->list.view, STATEMENT_STATISTICS_OLDEST_DUE, parameters, 3, &oldest);
    count->statistics.oldest_due = (date_t)oldest;
    return code;
}

static enum error_code count_due(struct count *count)
{
    const struct list *list = &count->list;
    if (list->query->due_none || list->query->archived == TRI_TRUE)
        return ERROR_NONE;
    if ((list->forbidden & ~FACETS_STATE) == 0)
        return count_due_views(count);
    return visit_calendar(count, views_range(count), list->forbidden | FACET_ARCHIVED, visit_view);
}

/* --- Activity ----------------------------------------------------------------------------------
 */

/* Whether the day is made of whole slots. */
static bool has_slots(const struct statistics_day *day)
{
    return day->begin > 0 && day->begin % TALLY_SLOT_MS == 0 && day->end % TALLY_SLOT_MS == 0;
}

static enum error_code count_slots(const struct count *count, enum statement id,
                                   int64_t *ret_number)
{
    const int64_t parameters[] = {count->day->begin / TALLY_SLOT_MS,
                                  count->day->end / TALLY_SLOT_MS};
    return number(count->list.view, id, parameters, 2, ret_number);
}

/* The due dates of the tasks that are counted: "no date" is one of them without a filter. */
static struct date_range due_counted(const struct count *count)
{
    return count->list.query->due_range ? count->due : (struct date_range){DATE_MIN, DATE_NONE};
}

static enum error_code count_created_rows(struct count *count)
{
    const struct list *list = &count->list;
    struct date_range due = due_counted(count);
    enum error_code code = ERROR_NONE;
    for (int state = 0; state < 4 && code == ERROR_NONE; state++) {
        const int64_t parameters[] = {count->day->begin, count->day->end, list->forbidden,
                                      due.first,         due.last,        state / 2,
                                      state % 2};
        int64_t n = 0;
        if (!tally_state_allowed(list->forbidden, state / 2, state % 2))
            continue;
        code = number(list->view, STATEMENT_STATISTICS_CREATED_ROWS, parameters,
                      ARRAY_SIZE(parameters), &n);
        count->statistics.created_today += n;
    }
    return code;
}

static enum error_code count_completed_rows(struct count *count)
{
    const struct list *list = &count->list;
    struct date_range due = due_counted(count);
    const int64_t parameters[] = {count->day->begin, count->day->end, list->forbidden, due.first,
                                  due.last};
    return number(list->view, STATEMENT_STATISTICS_COMPLETED_ROWS, parameters,
                  ARRAY_SIZE(parameters), &count->statistics.completed_today);
}

static enum error_code count_activity(struct count *count)
{
    struct statistics *statistics = &count->statistics;
    const struct list *list = &count->list;
    bool in_slots = has_slots(count->day) && list->forbidden == 0 && !list->query->due_range;
    enum error_code code =
        in_slots ? count_slots(count, STATEMENT_STATISTICS_CREATED, &statistics->created_today)
                 : count_created_rows(count);
    if (code != ERROR_NONE)
        return code;
    return in_slots
               ? count_slots(count, STATEMENT_STATISTICS_COMPLETED, &statistics->completed_today)
               : count_completed_rows(count);
}

/* --- From rows ---------------------------------------------------------------------------------
 */

#define FACTS "t.facets, t.due_date, t.created_at, t.completed_at, t.dep_total"

static void add_row(struct count *count, sqlite3_stmt *statement)
{
    struct statistics_facts facts = facets_facts((uint32_t)sqlite3_column_int64(statement, 0));
    facts.due_date = sqlite3_column_int(statement, 1);
    facts.created_at = sqlite3_column_int64(statement, 2);
    facts.completed_at = sqlite3_column_type(statement, 3) == SQLITE_NULL
                             ? INSTANT_NONE
                             : sqlite3_column_int64(statement, 3);
    facts.has_dependencies = sqlite3_column_int64(statement, 4) > 0;
    statistics_add(&count->statistics, count->day, &facts);
}

static enum error_code count_arm(struct count *count, sqlite3_stmt *statement,
                                 const struct arm *arm)
{
    for (int i = 0; i < ARM_VALUES; i++)
        sqlite3_bind_int64(statement, i + 1, arm->values[i]);
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW)
        add_row(count, statement);
    sqlite3_reset(statement);
    return store_error(count->list.view, rc);
}

static enum error_code count_rows(struct count *count)
{
    CLEANUP_SQL struct sql sql = {0};
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    struct source source;
    struct arm *arms = NULL;
    size_t arm_count = 0;
    enum error_code code = list_cheapest_source(&count->list, &source);
    if (code == ERROR_NONE)
        code = list_arms(&count->list, &source, &arms, &arm_count);
    if (code != ERROR_NONE)
        return code;
    list_sql_matching(&count->list, &source, FACTS, &sql);
    code = sql_prepare(count->list.view, &sql, &statement);
    for (size_t i = 0; i < arm_count && code == ERROR_NONE; i++)
        code = count_arm(count, statement, &arms[i]);
    return code;
}

/* --- Both ---------------------------------------------------------------------------------------
 */

static enum error_code count_dated(struct count *count)
{
    return visit_calendar(count, count->due, count->list.forbidden, visit_due);
}

static enum error_code count_undated(struct count *count)
{
    enum error_code code = count_facets(count);
    if (code == ERROR_NONE)
        code = count_dependent(count);
    return code == ERROR_NONE ? count_due(count) : code;
}

static enum error_code count_all(struct count *count)
{
    const struct task_query *query = count->list.query;
    if (list_is_empty(query))
        return ERROR_NONE;
    if (query->search_folded.size > 0 || query->has_parent == TRI_TRUE)
        return count_rows(count);
    enum error_code code = query->due_range ? count_dated(count) : count_undated(count);
    if (code == ERROR_NONE)
        code = find_oldest_due(count);
    return code == ERROR_NONE ? count_activity(count) : code;
}

enum error_code store_statistics(struct store_view *view, const struct task_query *query,
                                 const struct statistics_day *day, struct arena *arena,
                                 struct statistics *ret_statistics)
{
    struct count count = {.day = day};
    statistics_init(&count.statistics);
    enum error_code code = list_init(&count.list, view, query, NULL, arena);
    set_ranges(&count);
    if (code == ERROR_NONE)
        code = count_all(&count);
    if (code == ERROR_NONE)
        *ret_statistics = count.statistics;
    return code;
}
