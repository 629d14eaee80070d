/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Merge patches (RFC 7396) of a task.
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const params[] = {
        "REQUEST_METHOD=PATCH", "SCRIPT_NAME=/api/v1/tasks/1",
        "QUERY_STRING=", "CONTENT_TYPE=application/merge-patch+json", NULL};
    fuzz_answer(params, data, size);
    return 0;
}
