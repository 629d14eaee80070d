/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A VFS of SQLite that passes everything to the default one, counts the calls that matter, and
 * fails a chosen one.
 */
#ifndef TESTS_UNIT_STORE_FAULT_VFS_H
#define TESTS_UNIT_STORE_FAULT_VFS_H

#include <stdbool.h>

#define FAULT_VFS_NAME "fault"

enum fault_call {
    FAULT_OPEN,
    FAULT_READ,
    FAULT_WRITE,
    FAULT_SYNC,
    FAULT_TRUNCATE,
    FAULT_SIZE,
    FAULT_LOCK,
    FAULT_SHARED_MAP,
    FAULT_CALL_COUNT
};

/* Registers it; more than once does no harm. */
void fault_vfs_register(void);

/* The next n calls succeed, the one after them returns rc; all later ones do, too, if is_lasting.
 * Thread-safe, as the two below. */
void fault_vfs_arm(enum fault_call call, int n, int rc, bool is_lasting);

/* Ends it; returns whether a call has failed since. */
bool fault_vfs_disarm(void);

/* Calls since the last arm or disarm. */
int fault_vfs_count(enum fault_call call);

#endif
