/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Varied tasks and random changes to them.
 */
#include "sample.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* --- Chance ----------------------------------------------------------------------------------- */

unsigned chance_below(struct chance *chance, unsigned limit)
{
    chance->state = chance->state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)((chance->state >> 33) % limit);
}

bool chance_in(struct chance *chance, unsigned n)
{
    return chance_below(chance, n) == 0;
}

/* --- Tasks ------------------------------------------------------------------------------------ */

/* Words whose folding is anything but ASCII's are among them. */
static const char *const words[] = {
    "Milk",    "buy",     "Report", "DOCUMENT",   "document",    "straße", "STRASSE",
    "Σίσυφος", "σίσυφος", "İzmir",  "izmir",      "e\u0301cole", "École",  "K",
    "\u212A",  "ſea",     "sea",    "\"quoted\"", "a*b",         "AND",    "日本語",
    "😀",       "x",       "50%",    "_under",     "naïve",       "NAÏVE",
};

static struct text make_text(struct chance *chance, struct arena *arena, unsigned least,
                             unsigned most, const char *separator)
{
    CLEANUP_BUF struct buf text = {0};
    unsigned count = least + chance_below(chance, most - least + 1);
    for (unsigned i = 0; i < count; i++) {
        buf_append_string(&text, i > 0 ? separator : "");
        buf_append_string(&text, words[chance_below(chance, ARRAY_SIZE(words))]);
    }
    return (struct text){arena_memdup(arena, text.size > 0 ? text.data : "", text.size), text.size};
}

static date_t make_date(struct chance *chance)
{
    if (chance_in(chance, 3))
        return DATE_NONE;
    if (chance_in(chance, 20))
        return chance_in(chance, 2) ? DATE_MIN : DATE_MAX;
    return SAMPLE_TODAY - 20 + (date_t)chance_below(chance, 40);
}

/* Few different instants, so that many tasks share one. */
static int64_t make_instant(struct chance *chance)
{
    return INT64_C(1700000000000) + chance_below(chance, 12);
}

void sample_task(struct chance *chance, struct arena *arena, struct task *ret_task)
{
    task_init(ret_task);
    ret_task->description = make_text(chance, arena, 1, 3, " ");
    if (chance_in(chance, 3))
        ret_task->notes = make_text(chance, arena, 1, 6, "\n");
    ret_task->priority = (enum task_priority)(1 + chance_below(chance, 3));
    ret_task->category = (enum task_category)(1 + chance_below(chance, 4));
    ret_task->due_date = make_date(chance);
    ret_task->created_at = make_instant(chance);
    ret_task->updated_at = make_instant(chance);
    ret_task->completed = chance_in(chance, 3);
    bool archived = chance_in(chance, ret_task->completed ? 3 : 20);
    ret_task->archived = archived && !chance->never_archived;
    ret_task->completed_at = ret_task->completed ? ret_task->updated_at : INSTANT_NONE;
    if (ret_task->due_date != DATE_NONE && chance_in(chance, 6))
        ret_task->recurring = (struct recurrence){
            (enum recurrence_type)(1 + chance_below(chance, 3)), 2, ret_task->due_date, 0};
}

/* --- Queries ---------------------------------------------------------------------------------- */

static enum tristate make_tristate(struct chance *chance, unsigned any_in)
{
    return chance_below(chance, any_in) > 1 ? TRI_ANY
                                            : (enum tristate)(1 + chance_below(chance, 2));
}

static void make_due(struct chance *chance, struct task_query *query)
{
    query->due =
        chance_in(chance, 3) ? (enum due_view)chance_below(chance, DUE_VIEW_END) : DUE_VIEW_ANY;
    if (chance_in(chance, 8))
        query->due_after = SAMPLE_TODAY - 10 + (date_t)chance_below(chance, 20);
    if (chance_in(chance, 8))
        query->due_before = SAMPLE_TODAY - 10 + (date_t)chance_below(chance, 20);
    task_query_resolve_due(query);
}

static void make_search(struct chance *chance, struct arena *arena, struct task_query *query)
{
    static const char *const needles[] = {
        "doc", "x",   "STRASSE", "straß",  "ΣΊΣ", "ς",   "izm",   "İz",       "ure",  "k",   "sea",
        "\"q", "a*b", "本語",    "日本語", "😀",   "50%", "école", "e\u0301c", "zzzz", "aïve"};
    const char *needle = needles[chance_below(chance, ARRAY_SIZE(needles))];
    CLEANUP_BUF struct buf folded = {0};
    utf8_fold(&folded, needle, strlen(needle));
    query->search = (struct text){needle, strlen(needle)};
    query->search_folded =
        (struct text){arena_memdup(arena, folded.data, folded.size), folded.size};
}

static void make_sort(struct chance *chance, struct task_query *query)
{
    unsigned used = 0;
    query->sort_count = 0;
    unsigned keys = chance_below(chance, 4);
    for (unsigned i = 0; i < keys; i++) {
        enum task_sort_key key = (enum task_sort_key)(1 + chance_below(chance, 5));
        if ((used & 1U << key) != 0)
            continue;
        used |= 1U << key;
        query->sort[query->sort_count++] = (struct task_sort){key, chance_in(chance, 2)};
    }
    query->sort[query->sort_count++] = (struct task_sort){TASK_SORT_ID, chance_in(chance, 2)};
}

void sample_query(struct chance *chance, struct arena *arena, struct task_query *ret_query)
{
    task_query_init(ret_query, SAMPLE_TODAY);
    ret_query->completed = make_tristate(chance, 8);
    ret_query->archived = chance_in(chance, 2) ? TRI_FALSE : (enum tristate)chance_below(chance, 3);
    ret_query->priorities = chance_in(chance, 4) ? 2 * (1 + chance_below(chance, 7)) : 0;
    ret_query->categories = chance_in(chance, 4) ? 2 * (1 + chance_below(chance, 15)) : 0;
    ret_query->recurring = make_tristate(chance, 14);
    ret_query->blocked = make_tristate(chance, 14);
    ret_query->view = chance_in(chance, 3) ? TASK_VIEW_TREE : TASK_VIEW_FLAT;
    if (chance_in(chance, 8)) {
        ret_query->has_parent = chance_in(chance, 2) ? TRI_FALSE : TRI_TRUE;
        ret_query->parent_id = 1 + chance_below(chance, 20);
    }
    make_due(chance, ret_query);
    if (chance_in(chance, 4))
        make_search(chance, arena, ret_query);
    make_sort(chance, ret_query);
    ret_query->limit = 1 + (int)chance_below(chance, chance_in(chance, 3) ? 200 : 20);
}
