/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Attempts of a confined process. Confinement cannot be undone: each attempt has its own process.
 */
#ifndef TESTS_UNIT_CONFINE_SUPPORT_H
#define TESTS_UNIT_CONFINE_SUPPORT_H

#include <check.h>
#include <stdbool.h>

#include "confine/confine.h"

/* Folders made for a test, with a file "file" in each; removed by support_close. */
extern char support_write[32], support_read[32], support_remove[32], support_outside[32];

void support_open(void);
void support_close(void);

/* Folder and name, in a static buffer of which four are in turn. */
const char *support_path(const char *folder, const char *name);

/* Runs the attempt in a child that is confined to the folders above (CONFINE_ON, or CONFINE_AUTO
 * where only one half is there); with what the attempt returns, 0 to 99, as the result. Negative:
 * the signal that ended it. An attempt gives 0, or the error number, or another small number. */
int support_attempt(int (*attempt)(void), bool network);

/* The same with connections to Unix sockets. */
int support_attempt_local(int (*attempt)(void));

/* What this machine can do. */
struct confine_state support_probe(void);

#endif
