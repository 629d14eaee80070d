/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Quick add: spans lie in the text, in order, apart; what was read is a task's; the same text is
 * read the same.
 */
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "task/quick_add.h"

#define TODAY 20000

static void check_text(struct text text, size_t max)
{
    FUZZ_CHECK(utf8_valid(text.data, text.size));
    FUZZ_CHECK(utf8_count(text.data, text.size) <= max);
}

static void check_spans(const struct quick_add *read, size_t length)
{
    size_t end = 0;
    FUZZ_CHECK(read->span_count <= QUICK_ADD_SPANS_MAX);
    for (size_t i = 0; i < read->span_count; i++) {
        const struct quick_add_span *span = &read->spans[i];
        FUZZ_CHECK(span->field < QUICK_ADD_FIELD_COUNT);
        FUZZ_CHECK(span->start >= end && span->end > span->start && span->end <= length);
        end = span->end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_close) struct arena arena = {0};
    struct faults faults;
    struct quick_add read;
    arena_init(&arena, 4096);
    faults_init(&faults, &arena);
    bool good = quick_add_parse(&faults, "#/text", (const char *)data, size, TODAY, &read);
    FUZZ_CHECK(good == (faults.count == 0));
    if (!good)
        return 0;
    check_text(read.task.description, TASK_DESCRIPTION_MAX);
    FUZZ_CHECK(read.task.description.size > 0);
    check_text(read.task.notes, TASK_NOTES_MAX);
    FUZZ_CHECK(read.task.due_date == DATE_NONE ||
               (read.task.due_date >= DATE_MIN && read.task.due_date <= DATE_MAX));
    check_spans(&read, utf8_count((const char *)data, size));
    return 0;
}
