/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The command line: commands, --config, and an option for each key, as --queue-limit 10 or
 * --queue_limit=10. Words are the commands on the database, and their files.
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

/* The commands that are words, each with the number of files that it takes. */
static const struct {
    const char *name;
    unsigned min, max;
} verbs[] = {
    [CONFIG_VERB_IMPORT] = {"import", 1, 1}, [CONFIG_VERB_EXPORT] = {"export", 0, 1},
    [CONFIG_VERB_BACKUP] = {"backup", 1, 1}, [CONFIG_VERB_RESTORE] = {"restore", 1, 1},
    [CONFIG_VERB_VERIFY] = {"verify", 0, 1}, [CONFIG_VERB_KEY] = {"key", 1, 2},
};
_Static_assert(ARRAY_SIZE(verbs) == CONFIG_VERB_COUNT, "one row for each command");

/* One option or word of the command line. */
struct option {
    bool is_word;
    bool dry_run;
    bool scopes;
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

static enum error_code unexpected(const struct option *option, struct error *ret_error)
{
    return error_set(ret_error, ERROR_INVALID, NULL, "unexpected argument \"%s\"; see --help",
                     option->where);
}

/* Takes the option at argv[*index], and the argument after it if that is its value. */
static enum error_code option_next(int argc, char *const argv[], int *index,
                                   struct option *ret_option, struct error *ret_error)
{
    const char *argument = argv[(*index)++];
    *ret_option = (struct option){.value = argument, .command = CONFIG_RUN};
    text_show(ret_option->where, argument);
    ret_option->is_word = argument[0] != '-' || argument[1] == '\0';
    if (ret_option->is_word)
        return ERROR_NONE;
    if (strncmp(argument, "--", 2) != 0 || argument[2] == '\0')
        return unexpected(ret_option, ret_error);
    option_split(argument, ret_option);
    ret_option->dry_run = strcmp(ret_option->name, "dry_run") == 0;
    if (ret_option->dry_run && ret_option->value == NULL)
        return ERROR_NONE;
    ret_option->key = key_find(ret_option->name);
    ret_option->command = command_find(ret_option->name);
    if (ret_option->command != CONFIG_RUN && ret_option->value != NULL)
        return error_set(ret_error, ERROR_INVALID, NULL, "%s takes no value", ret_option->where);
    if (ret_option->command != CONFIG_RUN)
        return ERROR_NONE;
    ret_option->scopes = strcmp(ret_option->name, "scopes") == 0;
    if (ret_option->key == NULL && !ret_option->scopes && strcmp(ret_option->name, "config") != 0)
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

/* The first word is a command, the second one its file, or what `key` shall do. */
static enum error_code take_word(struct options *options, const struct option *word,
                                 struct error *ret_error)
{
    struct config_operands *operands = &options->operands;
    if (options->command == CONFIG_VERB && operands->file == NULL &&
        verbs[operands->verb].max > 0) {
        operands->file = word->value;
        return ERROR_NONE;
    }
    if (options->command == CONFIG_VERB && operands->name == NULL &&
        verbs[operands->verb].max == 2) {
        operands->name = word->value;
        return ERROR_NONE;
    }
    size_t verb = 0;
    while (verb < CONFIG_VERB_COUNT && strcmp(verbs[verb].name, word->value) != 0)
        verb++;
    if (options->command != CONFIG_RUN || verb == CONFIG_VERB_COUNT)
        return unexpected(word, ret_error);
    options->command = CONFIG_VERB;
    operands->verb = (enum config_verb)verb;
    return ERROR_NONE;
}

static enum error_code take_option(struct options *options, const struct option *option,
                                   struct error *ret_error)
{
    if (option->is_word)
        return take_word(options, option, ret_error);
    if (option->dry_run) {
        options->operands.dry_run = true;
    } else if (option->command != CONFIG_RUN) {
        if (options->command != CONFIG_RUN)
            return error_set(ret_error, ERROR_INVALID, NULL, "%s: only one command can be given",
                             option->where);
        options->command = option->command;
    } else if (option->scopes) {
        options->operands.scopes = option->value;
    } else if (option->key == NULL) {
        options->file = option->value;
    }
    return ERROR_NONE;
}

/* What `key` can do, each with whether it takes a name. */
static const struct {
    const char *name;
    bool operand;
} key_actions[] = {
    [CONFIG_KEY_NEW] = {"new", true},
    [CONFIG_KEY_LIST] = {"list", false},
    [CONFIG_KEY_REVOKE] = {"revoke", true},
};
_Static_assert(ARRAY_SIZE(key_actions) == CONFIG_KEY_ACTION_COUNT, "one row for each action");

enum config_key_action config_key_action(const struct config_operands *operands)
{
    size_t action = 0;
    while (action < CONFIG_KEY_ACTION_COUNT &&
           strcmp(key_actions[action].name, operands->file != NULL ? operands->file : "") != 0)
        action++;
    return (enum config_key_action)action;
}

static enum error_code check_key_operands(const struct config_operands *operands,
                                          struct error *ret_error)
{
    enum config_key_action action = config_key_action(operands);
    if (action == CONFIG_KEY_ACTION_COUNT)
        return error_set(ret_error, ERROR_INVALID, NULL,
                         "key needs what to do: new NAME, list or revoke ID");
    if (key_actions[action].operand != (operands->name != NULL))
        return error_set(ret_error, ERROR_INVALID, NULL, "key %s takes %s",
                         key_actions[action].name,
                         key_actions[action].operand ? "one operand" : "no operand");
    if (operands->scopes != NULL && action != CONFIG_KEY_NEW)
        return error_set(ret_error, ERROR_INVALID, NULL, "--scopes is for key new alone");
    return ERROR_NONE;
}

static enum error_code check_operands(const struct options *options, struct error *ret_error)
{
    const struct config_operands *operands = &options->operands;
    bool is_verb = options->command == CONFIG_VERB;
    if (operands->dry_run && (!is_verb || operands->verb != CONFIG_VERB_IMPORT))
        return error_set(ret_error, ERROR_INVALID, NULL, "--dry-run is for import alone");
    if (operands->scopes != NULL && (!is_verb || operands->verb != CONFIG_VERB_KEY))
        return error_set(ret_error, ERROR_INVALID, NULL, "--scopes is for key new alone");
    if (is_verb && operands->verb == CONFIG_VERB_KEY)
        return check_key_operands(operands, ret_error);
    if (is_verb && operands->file == NULL && verbs[operands->verb].min > 0)
        return error_set(ret_error, ERROR_INVALID, NULL, "%s needs the name of a file",
                         verbs[operands->verb].name);
    return ERROR_NONE;
}

enum error_code options_scan(int argc, char *const argv[], struct options *ret_options,
                             struct error *ret_error)
{
    struct options options = {.command = winning_command(argc, argv)};
    bool is_won = options.command != CONFIG_RUN;
    for (int i = 1; !is_won && i < argc;) {
        struct option option;
        enum error_code code = option_next(argc, argv, &i, &option, ret_error);
        if (code == ERROR_NONE)
            code = take_option(&options, &option, ret_error);
        if (code != ERROR_NONE)
            return code;
    }
    enum error_code code = is_won ? ERROR_NONE : check_operands(&options, ret_error);
    if (code == ERROR_NONE)
        *ret_options = options;
    return code;
}

void config_operands(int argc, char *const argv[], struct config_operands *ret_operands)
{
    struct options options = {.command = CONFIG_RUN};
    options_scan(argc, argv, &options, NULL);
    *ret_operands = options.operands;
}

enum error_code options_read(struct config *config, int argc, char *const argv[],
                             struct error *ret_error)
{
    for (int i = 1; i < argc;) {
        struct option option;
        enum error_code code = option_next(argc, argv, &i, &option, ret_error);
        if (code == ERROR_NONE && !option.is_word && option.key != NULL)
            code = value_set_text(config, option.key, option.where, option.value, ret_error);
        if (code != ERROR_NONE)
            return code;
    }
    return ERROR_NONE;
}
