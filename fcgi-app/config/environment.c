/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Values from the environment: TODO_ and the name of a key in upper case.
 */
#include <ctype.h>
#include <string.h>

#include "config/sources.h"

#define PREFIX        "TODO_"
#define FILE_VARIABLE "TODO_CONFIG"
#define NAME_SIZE     64 /* of a variable with its NUL; longer than that of any key */

const char *environment_find(char *const environment[], const char *name)
{
    size_t size = strlen(name);
    for (size_t i = 0; environment[i] != NULL; i++)
        if (strncmp(environment[i], name, size) == 0 && environment[i][size] == '=')
            return environment[i] + size + 1;
    return NULL;
}

/* The key of a variable's name, in upper case exactly; NULL if there is none. */
static const struct key *variable_key(const char *variable)
{
    char name[NAME_SIZE];
    const char *upper = variable + strlen(PREFIX);
    size_t size = strlen(upper);
    for (size_t i = 0; i <= size; i++) {
        if (islower((unsigned char)upper[i]))
            return NULL;
        name[i] = (char)tolower((unsigned char)upper[i]);
    }
    return key_find(name);
}

static enum error_code variable_unknown(const char *variable, struct error *ret_error)
{
    char name[NAME_SIZE], shown[TEXT_SHOWN_SIZE];
    size_t i = 0;
    for (const char *at = variable + strlen(PREFIX); *at != '\0'; at++)
        name[i++] = (char)tolower((unsigned char)*at);
    name[i] = '\0';
    text_show(shown, variable);
    return key_unknown(shown, name, ret_error);
}

static enum error_code read_variable(struct config *config, const char *entry,
                                     struct error *ret_error)
{
    char variable[NAME_SIZE];
    size_t size = strcspn(entry, "=");
    if (size >= sizeof(variable))
        size = sizeof(variable) - 1;
    memcpy(variable, entry, size);
    variable[size] = '\0';
    if (strcmp(variable, FILE_VARIABLE) == 0)
        return ERROR_NONE;
    const struct key *key = variable_key(variable);
    if (key == NULL)
        return variable_unknown(variable, ret_error);
    const char *value = entry + size + (entry[size] == '=');
    return value_set_text(config, key, variable, value, ret_error);
}

enum error_code environment_read(struct config *config, char *const environment[],
                                 struct error *ret_error)
{
    for (size_t i = 0; environment[i] != NULL; i++) {
        if (strncmp(environment[i], PREFIX, strlen(PREFIX)) != 0)
            continue;
        enum error_code code = read_variable(config, environment[i], ret_error);
        if (code != ERROR_NONE)
            return code;
    }
    return ERROR_NONE;
}
