/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The command key: making, listing and revoking API keys. The key goes to standard output alone, so
 * that it can be taken by a pipe; everything about it to standard error.
 */
#include <stdio.h>
#include <string.h>

#include "access/api_key_file.h"
#include "base/clock.h"
#include "command/internal.h"

#define DEFAULT_SCOPES (API_SCOPE_READ | API_SCOPE_WRITE)

static enum command_status new_key(const char *path, const struct config_operands *operands)
{
    struct error error;
    struct api_key key;
    char text[API_KEY_SIZE + 1];
    unsigned scopes = DEFAULT_SCOPES;
    if (operands->scopes != NULL &&
        !api_scopes_parse(operands->scopes, strlen(operands->scopes), &scopes)) {
        error_set(&error, ERROR_INVALID, NULL,
                  "--scopes takes read, write and admin, separated by commas");
        return command_fail(&error);
    }
    if (api_key_file_add(path, operands->name, scopes, clock_now(), &key, text, &error) !=
        ERROR_NONE)
        return command_fail(&error);
    fprintf(stderr, "%s: key %s of %s; it is shown this once\n", path, key.id, key.name);
    bool printed = printf("%s\n", text) > 0 && fflush(stdout) == 0;
    explicit_bzero(text, sizeof(text));
    return printed ? COMMAND_DONE : COMMAND_FAILED;
}

static enum command_status list_keys(const char *path)
{
    struct error error;
    struct api_keys keys CLEANUP(api_keys_close) = {.count = 0};
    if (api_keys_read(path, &keys, &error) != ERROR_NONE)
        return command_fail(&error);
    for (size_t i = 0; i < keys.count; i++) {
        const struct api_key *key = &keys.keys[i];
        struct buf scopes CLEANUP_BUF = {0};
        char created[INSTANT_TEXT_SIZE];
        api_scopes_append(&scopes, key->scopes);
        instant_format(key->created, created);
        const char *scope_text = buf_string(&scopes);
        printf("%s  %s  %-16s  %s\n", key->id, created, scope_text != NULL ? scope_text : "?",
               key->name);
    }
    return fflush(stdout) == 0 ? COMMAND_DONE : COMMAND_FAILED;
}

static enum command_status revoke_key(const char *path, const char *id)
{
    struct error error;
    struct api_key key;
    if (api_key_file_revoke(path, id, &key, &error) != ERROR_NONE)
        return command_fail(&error);
    fprintf(stderr, "%s: key %s of %s is revoked; a running service takes it until SIGHUP\n", path,
            key.id, key.name);
    return COMMAND_DONE;
}

enum command_status command_key(const struct config *config, const struct config_operands *operands)
{
    const char *path = config->api_keys_file;
    if (path[0] == '\0') {
        struct error error;
        error_set(&error, ERROR_INVALID, NULL, "key needs api_keys_file: the file of the keys");
        return command_fail(&error);
    }
    switch (config_key_action(operands)) {
    case CONFIG_KEY_NEW:
        return new_key(path, operands);
    case CONFIG_KEY_LIST:
        return list_keys(path);
    default:
        return revoke_key(path, operands->name);
    }
}
