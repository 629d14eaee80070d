/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A backup on standard output, and a restore from standard input: the way in and out of a container
 * that has no other program, as with `kubectl exec`. Private to command/.
 */
#ifndef COMMAND_STREAM_H
#define COMMAND_STREAM_H

#include "command/command.h"

/* Whether the operand means standard input or output. */
bool command_is_stream(const struct config_operands *operands);

/* As command_backup and command_restore with a file beside the database, which is removed at the
 * end: the folder needs room for it. Messages go to standard error. */
enum command_status command_backup_stream(const struct config *config);
enum command_status command_restore_stream(const struct config *config);

#endif
