/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Documents to be imported.
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const params[] = {"REQUEST_METHOD=POST", "SCRIPT_NAME=/api/v1/import",
                                         "QUERY_STRING=", "CONTENT_TYPE=application/json", NULL};
    fuzz_answer(params, data, size);
    return 0;
}
