/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Collecting faults. How they are shown to a client is decided in http/problem.c.
 */
#include "base/faults.h"

void faults_init(struct faults *faults, struct arena *arena)
{
    *faults = (struct faults){.arena = arena};
    faults->tail = &faults->first;
}

void faults_add(struct faults *faults, enum fault_kind kind, const char *where, const char *format,
                ...)
{
    faults->count++;
    if (faults->count > FAULTS_MAX)
        return;

    va_list arguments;
    va_start(arguments, format);
    char *detail = arena_vprintf(faults->arena, format, arguments);
    va_end(arguments);
    char *where_copy = arena_strdup(faults->arena, where);
    struct fault *fault = arena_alloc(faults->arena, sizeof(*fault));
    if (detail == NULL || where_copy == NULL || fault == NULL) {
        faults->failed = true;
        return;
    }
    *fault = (struct fault){.kind = kind, .where = where_copy, .detail = detail};
    *faults->tail = fault;
    faults->tail = &fault->next;
}
