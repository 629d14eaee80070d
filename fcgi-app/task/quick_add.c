/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The reader of quick add: one pass over the words of the text. What a description or notes may
 * hold is decided in validate.c.
 */
#include "task/quick_add.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/utf8.h"
#include "task/validate.h"

#define MARKER_MAX 16 /* bytes: more than any marker with a known value has */
#define DUE        "due:"

static const char *const field_names[] = {
    [QUICK_ADD_DESCRIPTION] = "description",
    [QUICK_ADD_PRIORITY] = "priority",
    [QUICK_ADD_CATEGORY] = "category",
    [QUICK_ADD_DUE_DATE] = "due_date",
    [QUICK_ADD_NOTES] = "notes",
};
_Static_assert(ARRAY_SIZE(field_names) == QUICK_ADD_FIELD_COUNT, "every field has a name");

const char *quick_add_field_name(enum quick_add_field field)
{
    return field_names[field];
}

struct word {
    const char *data;
    size_t size;
    size_t start; /* code points, as in a span */
    size_t end;
};

struct reader {
    struct faults *faults;
    const char *pointer;
    date_t today;
    const char *text;
    size_t size;
    size_t at;         /* bytes read */
    size_t count;      /* code points read */
    unsigned given;    /* one bit for each field that a marker gave */
    char *description; /* room for the whole text */
    size_t description_size;
    struct text notes; /* in the text */
    struct quick_add result;
};

/* --- Words ------------------------------------------------------------------------------------ */

/* Reads on while the code points are white space, or while they are not. */
static void read_run(struct reader *r, bool space)
{
    while (r->at < r->size) {
        uint32_t code_point;
        size_t length = utf8_decode(r->text + r->at, r->size - r->at, &code_point);
        if (utf8_is_space(code_point) != space)
            return;
        r->at += length;
        r->count++;
    }
}

static bool next_word(struct reader *r, struct word *ret_word)
{
    read_run(r, true);
    struct word word = {.data = r->text + r->at, .start = r->count};
    size_t from = r->at;
    read_run(r, false);
    word.size = r->at - from;
    word.end = r->count;
    *ret_word = word;
    return word.size > 0;
}

/* --- Spans and markers ------------------------------------------------------------------------ */

/* More spans than there is room for have a fault among them. */
static void add_span(struct reader *r, enum quick_add_field field, size_t start, size_t end)
{
    struct quick_add *result = &r->result;
    struct quick_add_span *last =
        result->span_count > 0 ? &result->spans[result->span_count - 1] : NULL;
    if (last != NULL && last->field == field && field == QUICK_ADD_DESCRIPTION)
        last->end = end;
    else if (result->span_count < QUICK_ADD_SPANS_MAX)
        result->spans[result->span_count++] = (struct quick_add_span){field, start, end};
}

/* A marker for the field was read: notes the span, and a fault if it is not the first. */
static void mark(struct reader *r, enum quick_add_field field, const struct word *word)
{
    unsigned bit = 1U << field;
    if ((r->given & bit) != 0)
        faults_add(r->faults, FAULT_POINTER, r->pointer, "gives %s a second time at character %zu",
                   field_names[field], word->start);
    r->given |= bit;
    add_span(r, field, word->start, word->end);
}

/* The word as markers are compared: its first bytes with ASCII letters in lower case. A longer word
 * equals no marker that has a value. */
struct marker {
    char text[MARKER_MAX];
    size_t size;
};

static struct marker marker_of(const char *data, size_t size)
{
    struct marker marker = {.size = size < MARKER_MAX ? size : MARKER_MAX};
    for (size_t i = 0; i < marker.size; i++)
        marker.text[i] = (char)(data[i] >= 'A' && data[i] <= 'Z' ? data[i] - 'A' + 'a' : data[i]);
    return marker;
}

static bool is_due(const struct marker *marker)
{
    return marker->size >= strlen(DUE) && memcmp(marker->text, DUE, strlen(DUE)) == 0;
}

static bool read_priority(struct reader *r, const struct marker *marker)
{
    const char *name = marker->text + 1;
    size_t size = marker->size - 1;
    enum task_priority priority = task_priority_parse(name, size);
    for (unsigned i = 1; size == 1 && i < TASK_PRIORITY_END; i++) {
        if (task_priority_name((enum task_priority)i)[0] == name[0])
            priority = (enum task_priority)i;
    }
    if (priority != 0)
        r->result.task.priority = priority;
    return priority != 0;
}

static bool read_category(struct reader *r, const struct marker *marker)
{
    enum task_category category = task_category_parse(marker->text + 1, marker->size - 1);
    if (category != 0)
        r->result.task.category = category;
    return category != 0;
}

/* Always the marker's: what is no date is a fault. */
static void read_due_date(struct reader *r, const struct marker *marker, const struct word *word)
{
    const char *value = marker->text + strlen(DUE);
    size_t size = marker->size - strlen(DUE);
    date_t date = DATE_NONE;
    if (size == strlen("today") && memcmp(value, "today", size) == 0)
        date = r->today;
    else if (size == strlen("tomorrow") && memcmp(value, "tomorrow", size) == 0)
        date = r->today + 1; /* after the last date there is none: DATE_NONE */
    else
        date_parse(value, size, &date);
    r->result.task.due_date = date;
    if (date == DATE_NONE)
        faults_add(r->faults, FAULT_POINTER, r->pointer,
                   "gives a due date at character %zu that is not today, tomorrow or a date of the "
                   "calendar, YYYY-MM-DD, from 1970-01-01 to 9999-12-31",
                   word->start);
}

/* Whether the word is a marker with a known value; its field is set then. */
static bool take_marker(struct reader *r, const struct word *word)
{
    struct marker marker = marker_of(word->data, word->size);
    if (marker.text[0] == '!' && read_priority(r, &marker)) {
        mark(r, QUICK_ADD_PRIORITY, word);
    } else if (marker.text[0] == '@' && read_category(r, &marker)) {
        mark(r, QUICK_ADD_CATEGORY, word);
    } else if (is_due(&marker)) {
        read_due_date(r, &marker, word);
        mark(r, QUICK_ADD_DUE_DATE, word);
    } else {
        return false;
    }
    return true;
}

/* --- Texts ------------------------------------------------------------------------------------ */

static bool is_escaped(const struct word *word)
{
    if (word->data[0] != '\\' || word->size < 2)
        return false;
    struct marker marker = marker_of(word->data + 1, word->size - 1);
    return memchr("!@#", marker.text[0], 3) != NULL || is_due(&marker);
}

static void take_plain(struct reader *r, const struct word *word)
{
    size_t escape = is_escaped(word) ? 1 : 0;
    if (r->description_size > 0)
        r->description[r->description_size++] = ' ';
    memcpy(r->description + r->description_size, word->data + escape, word->size - escape);
    r->description_size += word->size - escape;
    add_span(r, QUICK_ADD_DESCRIPTION, word->start, word->end);
}

/* All that follows, white space included. */
static void take_notes(struct reader *r, const struct word *word)
{
    r->notes.data = word->data + 1;
    r->notes.size = (size_t)(r->text + r->size - r->notes.data);
    r->count = word->start + utf8_count(word->data, r->notes.size + 1);
    r->at = r->size;
    add_span(r, QUICK_ADD_NOTES, word->start, r->count);
}

static void read_words(struct reader *r)
{
    struct word word;
    while (next_word(r, &word)) {
        if (word.data[0] == '#')
            take_notes(r, &word);
        else if (!take_marker(r, &word))
            take_plain(r, &word);
    }
}

/* --- The whole -------------------------------------------------------------------------------- */

/* Faults of a part become faults of the text, saying of which part. */
static void pass_on(struct reader *r, const struct faults *part, const char *name)
{
    r->faults->failed |= part->failed;
    for (const struct fault *fault = part->first; fault != NULL; fault = fault->next)
        faults_add(r->faults, FAULT_POINTER, r->pointer, "%s %s", name, fault->detail);
}

static void check_texts(struct reader *r)
{
    struct faults part;
    faults_init(&part, r->faults->arena);
    validate_description(&part, r->pointer, r->description, r->description_size,
                         &r->result.task.description);
    pass_on(r, &part, "the description");
    faults_init(&part, r->faults->arena);
    validate_notes(&part, r->pointer, r->notes.data, r->notes.size, &r->result.task.notes);
    pass_on(r, &part, "the notes");
}

static bool check_whole(struct faults *faults, const char *pointer, const char *text, size_t size)
{
    if (!utf8_valid(text, size)) {
        faults_add(faults, FAULT_POINTER, pointer, "must be valid UTF-8");
        return false;
    }
    size_t count = utf8_count(text, size);
    if (count > QUICK_ADD_TEXT_MAX)
        faults_add(faults, FAULT_POINTER, pointer, "must have at most %d characters, not %zu",
                   QUICK_ADD_TEXT_MAX, count);
    return count <= QUICK_ADD_TEXT_MAX;
}

bool quick_add_parse(struct faults *faults, const char *pointer, const char *text, size_t size,
                     date_t today, struct quick_add *ret_quick_add)
{
    size_t faults_before = faults->count;
    if (!check_whole(faults, pointer, text, size))
        return false;
    struct reader r = {.faults = faults,
                       .pointer = pointer,
                       .today = today,
                       .text = text,
                       .size = size,
                       .description = arena_alloc(faults->arena, size),
                       .notes = {"", 0}};
    faults->failed |= r.description == NULL;
    if (r.description == NULL)
        return false;
    task_init(&r.result.task);
    read_words(&r);
    check_texts(&r);
    if (faults->count > faults_before || faults->failed)
        return false;
    *ret_quick_add = r.result;
    return true;
}
