/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The order in which the sources are read, the values that follow from others, and the life of the
 * result.
 */
#define _GNU_SOURCE /* sched_getaffinity */
#include "config/config.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "config/sources.h"

#define WORKERS_AUTO_MIN 4U
#define WORKERS_AUTO_MAX 64U

static enum error_code read_defaults(struct config *config, struct error *ret_error)
{
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++) {
        const char *fallback = config_keys[i].info.fallback;
        enum error_code code =
            value_set_text(config, &config_keys[i], "default", fallback, ret_error);
        if (code != ERROR_NONE)
            return code;
    }
    return ERROR_NONE;
}

/* Only the default file may be missing: who names one means it. */
static enum error_code read_file(struct config *config, const char *named, struct error *ret_error)
{
    enum error_code code =
        file_read(config, named == NULL ? CONFIG_DEFAULT_FILE : named, ret_error);
    if (code != ERROR_NOT_FOUND)
        return code;
    if (named == NULL)
        return ERROR_NONE;
    char shown[TEXT_SHOWN_SIZE];
    text_show(shown, named);
    return error_set(ret_error, ERROR_INVALID, NULL, "%s: there is no such file", shown);
}

static unsigned workers_auto(void)
{
    cpu_set_t set;
    long cpus = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set)
                                                             : sysconf(_SC_NPROCESSORS_ONLN);
    unsigned workers = cpus > 0 ? 2 * (unsigned)cpus : 0;
    if (workers < WORKERS_AUTO_MIN)
        return WORKERS_AUTO_MIN;
    return workers > WORKERS_AUTO_MAX ? WORKERS_AUTO_MAX : workers;
}

const char *config_file(int argc, char *const argv[], char *const environment[])
{
    struct options options = {0};
    struct error error;
    if (options_scan(argc, argv, &options, &error) == ERROR_NONE && options.file != NULL)
        return options.file;
    const char *named = environment_find(environment, "TODO_CONFIG");
    return named != NULL ? named : CONFIG_DEFAULT_FILE;
}

/* Each source over the one before it. */
static enum error_code read_sources(struct config *config, const char *file, int argc,
                                    char *const argv[], char *const environment[],
                                    struct error *ret_error)
{
    enum error_code code = read_defaults(config, ret_error);
    if (code == ERROR_NONE)
        code = read_file(config, file, ret_error);
    if (code == ERROR_NONE)
        code = environment_read(config, environment, ret_error);
    if (code == ERROR_NONE)
        code = options_read(config, argc, argv, ret_error);
    if (code == ERROR_NONE && config->workers == 0)
        config->workers = workers_auto();
    return code;
}

enum error_code config_load(int argc, char *const argv[], char *const environment[],
                            struct config *ret_config, enum config_command *ret_command,
                            struct error *ret_error)
{
    CLEANUP(config_close) struct config config = {0};
    struct options options;
    memset(ret_config, 0, sizeof(*ret_config));
    enum error_code code = options_scan(argc, argv, &options, ret_error);
    if (code != ERROR_NONE)
        return code;
    if (options.command != CONFIG_HELP && options.command != CONFIG_VERSION) {
        if (options.file == NULL)
            options.file = environment_find(environment, "TODO_CONFIG");
        code = read_sources(&config, options.file, argc, argv, environment, ret_error);
        if (code != ERROR_NONE)
            return code;
    }
    *ret_command = options.command;
    *ret_config = config;
    memset(&config, 0, sizeof(config)); /* its strings have a new owner */
    return ERROR_NONE;
}

void config_close(struct config *config)
{
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++)
        value_clear(config, &config_keys[i]);
}

unsigned config_reload(struct config *config, struct config *fresh)
{
    unsigned changed = 0;
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++) {
        const struct key *key = &config_keys[i];
        if (!key->info.reloadable || value_equal(config, fresh, key))
            continue;
        value_swap(config, fresh, key);
        changed++;
    }
    return changed;
}
