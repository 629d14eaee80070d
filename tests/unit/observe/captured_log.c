/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Capturing the log.
 */
#include "config.h"

#include "tests/unit/observe/captured_log.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "observe/log.h"

static int captured = -1;
static json_t *lines;

int captured_log_begin(void)
{
    captured = memfd_create("log", MFD_CLOEXEC);
    ck_assert_int_ge(captured, 0);
    log_init(captured, "service", "1.2.3");
    return captured;
}

void captured_log_end(void)
{
    close(captured);
    json_decref(lines);
    lines = NULL;
}

char *captured_log_text(void)
{
    off_t size = lseek(captured, 0, SEEK_END);
    char *text = calloc(1, (size_t)size + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_int_eq(pread(captured, text, (size_t)size, 0), size);
    return text;
}

const json_t *captured_log_lines(void)
{
    char *text CLEANUP_FREE = captured_log_text();
    json_decref(lines);
    lines = json_array();
    for (char *line = text; *line != '\0';) {
        char *end = strchr(line, '\n');
        ck_assert_msg(end != NULL, "no line feed after: %s", line);
        json_error_t error;
        json_t *object = json_loadb(line, (size_t)(end - line), JSON_ALLOW_NUL, &error);
        ck_assert_msg(json_is_object(object), "%s: %s", error.text, line);
        json_array_append_new(lines, object);
        line = end + 1;
    }
    return lines;
}
