/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Which function runs which command, and what they share.
 */
#include "command/command.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "command/internal.h"

static enum command_status (*const commands[])(const struct config *,
                                               const struct config_operands *) = {
    [CONFIG_VERB_IMPORT] = command_import, [CONFIG_VERB_EXPORT] = command_export,
    [CONFIG_VERB_BACKUP] = command_backup, [CONFIG_VERB_RESTORE] = command_restore,
    [CONFIG_VERB_VERIFY] = command_verify, [CONFIG_VERB_KEY] = command_key,
};
_Static_assert(ARRAY_SIZE(commands) == CONFIG_VERB_COUNT, "one function for each command");

enum command_status command_fail(const struct error *error)
{
    fprintf(stderr, "todo-app: %s\n", error->message);
    return COMMAND_FAILED;
}

struct store_options command_store_options(const struct config *config)
{
    return (struct store_options){
        .path = config->database,
        .queue_limit = config->queue_limit,
        .batch_limit = config->batch_limit,
        .batch_time_ms = config->batch_time_ms,
        .busy_timeout_ms = config->busy_timeout_ms,
        .wal_limit_bytes = config->wal_limit_bytes,
        .idempotency_ttl_ms = (int64_t)config->idempotency_ttl_h * 3600 * 1000,
    };
}

enum command_status command_run(const struct config *config, const struct config_operands *operands)
{
    struct error error;
    umask(S_IWGRP | S_IRWXO); /* as the service does, which may use the files next */
    signal(SIGPIPE, SIG_IGN); /* a write that fails says so */
    if (clock_set_zone(config->time_zone, &error) != ERROR_NONE)
        return command_fail(&error);
    return commands[operands->verb](config, operands);
}
