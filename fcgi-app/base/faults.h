/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A list of faults in a caller's input: every one is collected, none stops the check, so that a
 * client is told all of them at once.
 */
#ifndef BASE_FAULTS_H
#define BASE_FAULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum fault_kind {
    FAULT_POINTER,   /* where: a JSON pointer fragment (RFC 6901 section 6) such as "#/due_date" */
    FAULT_PARAMETER, /* where: the name of a query parameter */
    FAULT_HEADER,    /* where: the name of a header field */
};

struct fault {
    struct fault *next;
    enum fault_kind kind;
    const char *where;
    const char *detail;
};

#define FAULTS_MAX 100 /* more are counted but not kept */

/* Caller-owned; everything in it lives in the arena. Not thread-safe. */
struct faults {
    struct arena *arena;
    struct fault *first;
    struct fault **tail;
    size_t count;
    bool failed; /* no memory: the list is incomplete */
};

void faults_init(struct faults *faults, struct arena *arena);

/* where and the formatted detail are copied. */
void faults_add(struct faults *faults, enum fault_kind kind, const char *where, const char *format,
                ...) PRINTF_LIKE(4, 5);

#endif
