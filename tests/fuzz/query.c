/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Query strings of the lists, cursors included: the first byte chooses the list.
 */
#include "config.h"

#include <string.h>

#include "base/cleanup.h"
#include "fuzz.h"

static const char *const lists[] = {
    "SCRIPT_NAME=/api/v1/tasks",     "SCRIPT_NAME=/api/v1/tasks/1/subtasks",
    "SCRIPT_NAME=/api/v1/stats",     "SCRIPT_NAME=/api/v1/tasks.csv",
    "SCRIPT_NAME=/api/v1/tasks.ics", "SCRIPT_NAME=/api/v1/changes",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    char *text CLEANUP_FREE = fuzz_text(data + 1, size - 1);
    char *query CLEANUP_FREE = NULL;
    FUZZ_CHECK(asprintf(&query, "QUERY_STRING=%s", text) > 0);
    const char *const params[] = {"REQUEST_METHOD=GET", lists[data[0] % ARRAY_SIZE(lists)], query,
                                  NULL};
    fuzz_answer(params, NULL, 0);
    return 0;
}
