/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Where values come from: the file, the environment, the options. Each source sets what it names
 * and leaves the rest. Errors name the place.
 */
#ifndef CONFIG_SOURCES_H
#define CONFIG_SOURCES_H

#include "config/values.h"

#define CONFIG_FILE_MAX (1024 * 1024) /* bytes */

/* A file that does not exist is ERROR_NOT_FOUND; the caller knows whether that is an error. */
enum error_code file_read(struct config *config, const char *path, struct error *ret_error);

/* Variables TODO_*; TODO_CONFIG is not a key. */
enum error_code environment_read(struct config *config, char *const environment[],
                                 struct error *ret_error);
/* The value of a variable; NULL if there is none. */
const char *environment_find(char *const environment[], const char *name);

/* What the options say beside values. */
struct options {
    enum config_command command;
    const char *file; /* --config, or NULL */
    struct config_operands operands;
};

/* Looks at all options without their values: is each one known and complete? --help and --version
 * win over everything, even over an error. */
enum error_code options_scan(int argc, char *const argv[], struct options *ret_options,
                             struct error *ret_error);
/* Sets the values; after options_scan. */
enum error_code options_read(struct config *config, int argc, char *const argv[],
                             struct error *ret_error);

/* The error for a name that is no key. */
enum error_code key_unknown(const char *where, const char *name, struct error *ret_error);

#endif
