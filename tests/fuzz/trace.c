/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * traceparent: whatever comes, the trace is one by the rules of W3C Trace Context section 3.2.
 */
#include <string.h>

#include "base/cleanup.h"
#include "fuzz.h"
#include "observe/trace.h"

static void check_id(const char *id, size_t size)
{
    FUZZ_CHECK(strlen(id) == size && strspn(id, "0123456789abcdef") == size);
    FUZZ_CHECK(strspn(id, "0") < size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trace trace;
    char *text CLEANUP_FREE = fuzz_text(data, size);
    memset(&trace, 'x', sizeof(trace));
    trace_begin(&trace, text);
    check_id(trace.trace_id, 32);
    check_id(trace.span_id, 16);
    if (trace.parent_id[0] == '\0') {
        FUZZ_CHECK((trace.flags & 1) == 0);
        return 0;
    }
    check_id(trace.parent_id, 16);
    FUZZ_CHECK(strlen(text) >= 55 && memcmp(text, "ff", 2) != 0);
    FUZZ_CHECK(memcmp(text + 3, trace.trace_id, 32) == 0);
    FUZZ_CHECK(memcmp(text + 36, trace.parent_id, 16) == 0);
    return 0;
}
