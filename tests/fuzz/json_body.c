/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Bodies of JSON: the first byte chooses where it is posted.
 */
#include "base/cleanup.h"
#include "fuzz.h"

static const char *const targets[][2] = {
    {"REQUEST_METHOD=POST", "SCRIPT_NAME=/api/v1/tasks"},
    {"REQUEST_METHOD=PUT", "SCRIPT_NAME=/api/v1/tasks/2"},
    {"REQUEST_METHOD=POST", "SCRIPT_NAME=/api/v1/tasks/1/subtasks"},
    {"REQUEST_METHOD=POST", "SCRIPT_NAME=/api/v1/tasks/bulk/complete"},
    {"REQUEST_METHOD=POST", "SCRIPT_NAME=/api/v1/tasks/bulk/delete"},
    {"REQUEST_METHOD=POST", "SCRIPT_NAME=/api/v1/templates"},
    {"REQUEST_METHOD=PUT", "SCRIPT_NAME=/api/v1/templates/weekly"},
    {"REQUEST_METHOD=POST", "SCRIPT_NAME=/api/v1/templates/weekly/tasks"},
    {"REQUEST_METHOD=POST", "SCRIPT_NAME=/api/v1/tasks/quick-add"},
    {"REQUEST_METHOD=POST", "SCRIPT_NAME=/api/v1/tasks/1/template"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const char *const *target = targets[data[0] % ARRAY_SIZE(targets)];
    const char *const params[] = {target[0], target[1],
                                  "QUERY_STRING=", "CONTENT_TYPE=application/json", NULL};
    fuzz_answer(params, data + 1, size - 1);
    return 0;
}
