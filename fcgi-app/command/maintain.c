/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The commands backup, restore and verify.
 */
#include <stdio.h>

#include "base/clock.h"
#include "command/internal.h"
#include "command/prune.h"
#include "command/stream.h"
#include "store/maintenance.h"

enum command_status command_backup(const struct config *config,
                                   const struct config_operands *operands)
{
    if (command_is_stream(operands))
        return command_backup_stream(config);
    struct error error;
    struct store_options options = command_store_options(config);
    if (store_backup(&options, operands->file, clock_now(), &error) != ERROR_NONE)
        return command_fail(&error);
    printf("%s: backup of %s, checked\n", operands->file, config->database);
    fflush(stdout);
    if (command_prune(operands->file, config->backup_keep, &error) != ERROR_NONE)
        return command_fail(&error);
    return COMMAND_DONE;
}

enum command_status command_restore(const struct config *config,
                                    const struct config_operands *operands)
{
    if (command_is_stream(operands))
        return command_restore_stream(config);
    struct error error;
    char kept[STORE_PATH_SIZE];
    struct store_options options = command_store_options(config);
    if (store_restore(&options, operands->file, clock_now(), kept, &error) != ERROR_NONE)
        return command_fail(&error);
    printf("%s: restored from %s\n", config->database, operands->file);
    if (kept[0] != '\0')
        printf("%s: the former database\n", kept);
    return COMMAND_DONE;
}

static void print_finding(void *context, const char *text)
{
    (void)context;
    printf("%s\n", text);
}

enum command_status command_verify(const struct config *config,
                                   const struct config_operands *operands)
{
    struct error error;
    struct store_options options = command_store_options(config);
    if (operands->file != NULL)
        options.path = operands->file;
    enum error_code code = store_verify(&options, print_finding, NULL, &error);
    if (code == ERROR_NONE) {
        printf("%s: ok\n", options.path);
        return COMMAND_DONE;
    }
    command_fail(&error);
    return code == ERROR_CORRUPT ? COMMAND_REFUSED : COMMAND_FAILED;
}
