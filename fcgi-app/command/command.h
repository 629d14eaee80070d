/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The commands that work on the database without serving: import, export, backup, restore, verify;
 * and key, which works on the file of API keys. They may run beside the service, except restore.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "config/config.h"

/* What a command leaves to the shell. */
enum command_status {
    COMMAND_DONE = 0,
    COMMAND_FAILED = 1,  /* it could not be done; standard error says why */
    COMMAND_REFUSED = 2, /* import: the document has faults; verify: the database has */
};

/* Runs the command that the operands name; results on standard output, messages on standard error.
 */
enum command_status command_run(const struct config *config,
                                const struct config_operands *operands);

#endif
