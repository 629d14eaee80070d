/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Quick add: a task written as one line, such as
 * "Buy milk !h @shopping due:2026-01-05 #2 litres".
 *
 * Words are separated by white space. `!h`, `!m`, `!l` or a full name sets the priority, `@work`
 * and so on the category, `due:` with a date, `today` or `tomorrow` the due date, each once and in
 * any case (ASCII). The first word that begins with `#` starts the notes, which run to the end of
 * the text as they are, without the `#`. All other words, joined by one space, are the description.
 * A backslash before `!`, `@`, `#` or `due:` at the start of a word makes it plain text and is
 * dropped.
 */
#ifndef TASK_QUICK_ADD_H
#define TASK_QUICK_ADD_H

#include "base/faults.h"
#include "task/task.h"

#define QUICK_ADD_TEXT_MAX 25000 /* code points: room for the longest description and notes */

enum quick_add_field {
    QUICK_ADD_DESCRIPTION,
    QUICK_ADD_PRIORITY,
    QUICK_ADD_CATEGORY,
    QUICK_ADD_DUE_DATE,
    QUICK_ADD_NOTES,
    QUICK_ADD_FIELD_COUNT
};

/* The field's name in the API. */
const char *quick_add_field_name(enum quick_add_field field);

/* Where a field was read: code points start to end - 1 of the text, markers and escapes included.
 * Description words that follow each other are one span. */
struct quick_add_span {
    enum quick_add_field field;
    size_t start;
    size_t end;
};

/* Three markers and the notes, each once, and description before, between and after them. */
#define QUICK_ADD_SPANS_MAX 8

struct quick_add {
    struct task task; /* the fields read; the others have their defaults */
    struct quick_add_span spans[QUICK_ADD_SPANS_MAX]; /* in the order of the text */
    size_t span_count;
};

/* Reads a text of any bytes; it need not be terminated. today: the date that `due:today` means.
 * False: every fault was added at pointer, and the output is untouched. Texts in the result live
 * in the arena of faults. */
bool quick_add_parse(struct faults *faults, const char *pointer, const char *text, size_t size,
                     date_t today, struct quick_add *ret_quick_add);

#endif
