/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the commands share. Private to command/.
 */
#ifndef COMMAND_INTERNAL_H
#define COMMAND_INTERNAL_H

#include "command/command.h"
#include "store/store.h"

/* The options of the store that the configuration says. */
struct store_options command_store_options(const struct config *config);

/* "todo-app: <message>" on standard error; COMMAND_FAILED. */
enum command_status command_fail(const struct error *error);

enum command_status command_import(const struct config *config,
                                   const struct config_operands *operands);
enum command_status command_export(const struct config *config,
                                   const struct config_operands *operands);
enum command_status command_backup(const struct config *config,
                                   const struct config_operands *operands);
enum command_status command_restore(const struct config *config,
                                    const struct config_operands *operands);
enum command_status command_verify(const struct config *config,
                                   const struct config_operands *operands);
enum command_status command_key(const struct config *config,
                                const struct config_operands *operands);

#endif
