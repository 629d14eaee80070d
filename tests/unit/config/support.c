/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The fixture of the configuration's tests.
 */
#include "support.h"

#include <stdio.h>
#include <string.h>

#define ARGUMENTS_MAX 40

struct config config;
struct error error;
enum config_command command;
char file_path[64];

static void setup(void)
{
    strcpy(file_path, "unit-config-XXXXXX");
    int fd = mkstemp(file_path);
    ck_assert_int_ge(fd, 0);
    close(fd);
}

static void teardown(void)
{
    config_close(&config);
    unlink(file_path);
}

TCase *support_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return tcase;
}

void support_file_bytes(const char *data, size_t size)
{
    FILE *file = fopen(file_path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

void support_file(const char *text)
{
    support_file_bytes(text, strlen(text));
}

static enum error_code load(int count, const char *const *arguments, const char *const *variables)
{
    static const char *const none[] = {NULL};
    config_close(&config);
    memset(&error, 0, sizeof(error));
    command = CONFIG_RUN;
    return config_load(count, (char *const *)arguments,
                       (char *const *)(variables == NULL ? none : variables), &config, &command,
                       &error);
}

enum error_code support_load(const char *const *options, const char *const *variables)
{
    const char *arguments[ARGUMENTS_MAX] = {"todo-app", "--config", file_path};
    int count = 3;
    for (; options != NULL && *options != NULL; options++)
        arguments[count++] = *options;
    return load(count, arguments, variables);
}

enum error_code support_load_bare(const char *const *variables)
{
    return load(1, LIST("todo-app"), variables);
}

void support_accept(const char *const *options, const char *const *variables)
{
    enum error_code code = support_load(options, variables);
    ck_assert_msg(code == ERROR_NONE, "%s", error.message);
}

void support_refuse(const char *const *options, const char *const *variables,
                    const char *const *parts)
{
    static const struct config empty;
    ck_assert_int_eq(support_load(options, variables), ERROR_INVALID);
    ck_assert_int_eq(error.code, ERROR_INVALID);
    ck_assert_mem_eq(&config, &empty, sizeof(empty));
    for (; *parts != NULL; parts++)
        ck_assert_msg(strstr(error.message, *parts) != NULL, "\"%s\" lacks \"%s\"", error.message,
                      *parts);
}
