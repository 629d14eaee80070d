/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The command line: commands, --config, and an option for each key, as --queue-limit 10 or
 * --queue_limit=10.
 */
#include <string.h>

#include "config/sources.h"

#define NAME_SIZE 64 /* of an option with its NUL; longer than any */

static const struct {
    const char *name;
    enum config_command command;
} commands[] = {
    {"help", CONFIG_HELP},
    {"version", CONFIG_VERSION},
    {"check_config", CONFIG_CHECK},
    {"print_config", CONFIG_PRINT},
    {"healthcheck", CONFIG_HEALTHCHECK},
};

/* One option of the command line. */
struct option {
    char where[TEXT_SHOWN_SIZE]; /* as it was written, for messages */
    char name[NAME_SIZE];        /* without dashes, "_" for "-" */
    const char *value;           /* behind "=" or the next argument; NULL: neither */
    const struct key *key;       /* NULL for the others */
    enum config_command command; /* CONFIG_RUN for the others */
};

static enum config_command command_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return commands[i].command;
    return CONFIG_RUN;
}

/* Splits --name=value; both names are cut if they are too long, and then those of no option. */
static void option_split(const char *argument, struct option *option)
{
    char written[NAME_SIZE + 2];
    size_t size = strcspn(argument, "=");
    option->value = argument[size] == '=' ? argument + size + 1 : NULL;
    if (size >= sizeof(written))
        size = sizeof(written) - 1;
    memcpy(written, argument, size);
    written[size] = '\0';
    text_show(option->where, written);
    for (size_t i = 2; i <= size; i++)
        option->name[i - 2] = written[i] == '-' ? '_' : written[i];
}

/* Takes the option at argv[*index], and the argument after it if that is its value. */
static enum error_code option_next(int argc, char *const argv[], int *index,
                                   struct option *ret_option, struct error *ret_error)
{
    const char *argument = argv[(*index)++];
    if (strncmp(argument, "--", 2) != 0 || argument[2] == '\0') {
        text_show(ret_option->where, argument);
        return error_set(ret_error, ERROR_INVALID, NULL, "unexpected argument \"%s\"; see --help",
                         ret_option->where);
    }
    option_split(argument, ret_option);
    ret_option->key = key_find(ret_option->name);
    ret_option->command = command_find(ret_option->name);
    if (ret_option->command != CONFIG_RUN && ret_option->value != NULL)
        return error_set(ret_error, ERROR_INVALID, NULL, "%s takes no value", ret_option->where);
    if (ret_option->command != CONFIG_RUN)
        return ERROR_NONE;
    if (ret_option->key == NULL && strcmp(ret_option->name, "config") != 0)
        return key_unknown(ret_option->where, ret_option->name, ret_error);
    if (ret_option->value == NULL && *index == argc)
        return error_set(ret_error, ERROR_INVALID, NULL, "%s needs a value", ret_option->where);
    if (ret_option->value == NULL)
        ret_option->value = argv[(*index)++];
    return ERROR_NONE;
}

static enum config_command winning_command(int argc, char *const argv[])
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return CONFIG_HELP;
        if (strcmp(argv[i], "--version") == 0)
            return CONFIG_VERSION;
    }
    return CONFIG_RUN;
}

enum error_code options_scan(int argc, char *const argv[], struct options *ret_options,
                             struct error *ret_error)
{
    struct options options = {.command = winning_command(argc, argv)};
    for (int i = 1;
         options.command != CONFIG_HELP && options.command != CONFIG_VERSION && i < argc;) {
        struct option option;
        enum error_code code = option_next(argc, argv, &i, &option, ret_error);
        if (code != ERROR_NONE)
            return code;
        if (option.command != CONFIG_RUN && options.command != CONFIG_RUN)
            return error_set(ret_error, ERROR_INVALID, NULL, "%s: only one command can be given",
                             option.where);
        if (option.command != CONFIG_RUN)
            options.command = option.command;
        else if (option.key == NULL)
            options.file = option.value;
    }
    *ret_options = options;
    return ERROR_NONE;
}

enum error_code options_read(struct config *config, int argc, char *const argv[],
                             struct error *ret_error)
{
    for (int i = 1; i < argc;) {
        struct option option;
        enum error_code code = option_next(argc, argv, &i, &option, ret_error);
        if (code == ERROR_NONE && option.key != NULL)
            code = value_set_text(config, option.key, option.where, option.value, ret_error);
        if (code != ERROR_NONE)
            return code;
    }
    return ERROR_NONE;
}
