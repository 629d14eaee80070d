/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The tallies, written.
 */
#include "store/sqlite/tally_changes.h"

#include <assert.h>
#include <string.h>

/* --- Summing up ------------------------------------------------------------------------------- */

void tally_changes_clear(struct tally_changes *changes)
{
    changes->count = 0;
    memset(changes->slots, 0, sizeof(changes->slots));
}

/* Fibonacci hashing. */
static size_t first_slot(enum tally_kind kind, int64_t id)
{
    uint64_t key = (uint64_t)id * TALLY_KIND_COUNT + kind;
    return (size_t)((key * 0x9e3779b97f4a7c15U) >> 32) % TALLY_CHANGES_SLOTS;
}

/* The row, which is made if there was none. */
static struct tally_change *change_of(struct tally_changes *changes, enum tally_kind kind,
                                      int64_t id)
{
    size_t slot = first_slot(kind, id);
    for (; changes->slots[slot] != 0; slot = (slot + 1) % TALLY_CHANGES_SLOTS) {
        struct tally_change *row = &changes->rows[changes->slots[slot] - 1];
        if (row->id == id && row->kind == kind)
            return row;
    }
    assert(changes->count < TALLY_CHANGES_MAX);
    struct tally_change *row = &changes->rows[changes->count++];
    *row = (struct tally_change){.kind = kind, .id = id};
    changes->slots[slot] = (uint16_t)changes->count;
    return row;
}

static void add_to_calendar(struct tally_changes *changes, const struct tally_state *state,
                            int32_t n)
{
    uint32_t facets = state->facets | (state->dependent ? FACET_DEPENDENT : 0);
    int64_t id = calendar_id(state->due_date / CALENDAR_BLOCK_DAYS, facets);
    struct tally_change *row = change_of(changes, TALLY_KIND_CALENDAR, id);
    row->n += n;
    row->days[state->due_date % CALENDAR_BLOCK_DAYS] += n;
}

enum error_code tally_changes_add(struct tally_changes *changes, struct store_view *view,
                                  const struct tally_state *state, int32_t n)
{
    if (changes->count + TALLY_KIND_COUNT > TALLY_CHANGES_MAX) {
        enum error_code code = tally_changes_write(changes, view);
        if (code != ERROR_NONE)
            return code;
    }
    uint32_t facets = state->facets;
    change_of(changes, TALLY_KIND_FACETS, facets)->n += n;
    if (state->dependent)
        change_of(changes, TALLY_KIND_DEPENDENT, facets)->n += n;
    int64_t due = (int64_t)state->due_date * 4 + ((facets & FACET_ARCHIVED) != 0 ? 2 : 0) +
                  ((facets & FACET_COMPLETED) != 0 ? 1 : 0);
    change_of(changes, TALLY_KIND_DUE, due)->n += n;
    change_of(changes, TALLY_KIND_CREATED, state->created_at / TALLY_SLOT_MS)->n += n;
    if (state->completed_at != INSTANT_NONE)
        change_of(changes, TALLY_KIND_COMPLETED, state->completed_at / TALLY_SLOT_MS)->n += n;
    if (state->due_date >= DATE_MIN && state->due_date < DATE_NONE)
        add_to_calendar(changes, state, n);
    return ERROR_NONE;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static const enum statement statements[] = {
    [TALLY_KIND_FACETS] = STATEMENT_TALLY_ADD,
    [TALLY_KIND_DEPENDENT] = STATEMENT_TALLY_ADD_DEPENDENT,
    [TALLY_KIND_DUE] = STATEMENT_TALLY_ADD_DUE,
    [TALLY_KIND_CREATED] = STATEMENT_TALLY_ADD_CREATED,
    [TALLY_KIND_COMPLETED] = STATEMENT_TALLY_ADD_COMPLETED,
    [TALLY_KIND_CALENDAR] = STATEMENT_CALENDAR_ADD,
};

_Static_assert(ARRAY_SIZE(statements) == TALLY_KIND_COUNT, "one per kind");

static bool is_nothing(const struct tally_change *row)
{
    static const struct tally_change nothing;
    return row->n == 0 && memcmp(row->days, nothing.days, sizeof(row->days)) == 0;
}

static enum error_code write_row(struct store_view *view, const struct tally_change *row)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, statements[row->kind], &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, row->id);
    sqlite3_bind_int(statement, 2, row->n);
    for (int i = 0; row->kind == TALLY_KIND_CALENDAR && i < CALENDAR_BLOCK_DAYS; i++)
        sqlite3_bind_int(statement, 3 + i, row->days[i]);
    return store_run(view, statement);
}

enum error_code tally_changes_write(struct tally_changes *changes, struct store_view *view)
{
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < changes->count && code == ERROR_NONE; i++) {
        if (!is_nothing(&changes->rows[i]))
            code = write_row(view, &changes->rows[i]);
    }
    tally_changes_clear(changes);
    return code;
}
