/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the tests of the configuration have in common: loading from given options, variables and
 * file, and what is expected of the outcome.
 */
#ifndef TESTS_UNIT_CONFIG_SUPPORT_H
#define TESTS_UNIT_CONFIG_SUPPORT_H

#include <check.h>

#include "base/cleanup.h"
#include "config/config.h"

extern struct config config; /* what the last load gave; closed after each test */
extern struct error error;
extern enum config_command command;
extern char file_path[]; /* a file of the test's own; absent until support_file */

TCase *support_case(Suite *suite, const char *name);

/* Writes the file. */
void support_file(const char *text);
void support_file_bytes(const char *data, size_t size);

/* Loads with these lists, each ended by NULL; NULL for none. The file is read if it was written. */
enum error_code support_load(const char *const *options, const char *const *variables);

/* Loads without any option. */
enum error_code support_load_bare(const char *const *variables);

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Loads and must succeed, or must be refused with all these parts in the message. */
void support_accept(const char *const *options, const char *const *variables);
void support_refuse(const char *const *options, const char *const *variables,
                    const char *const *parts);

Suite *suite_config(void);
Suite *suite_values(void);
Suite *suite_yaml(void);
Suite *suite_options(void);
Suite *suite_environment(void);
Suite *suite_print(void);
Suite *suite_keys(void);

#endif
