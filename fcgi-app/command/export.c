/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The command export: into a file, which appears under its name when it is complete, or to standard
 * output.
 */
#include "config.h"

#include "api/export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/internal.h"

#define NAME_SIZE 4352

struct output {
    int fd;
    const char *name; /* for messages */
};

static enum error_code write_all(const struct output *output, const char *data, size_t size,
                                 struct error *ret_error)
{
    while (size > 0) {
        ssize_t written = write(output->fd, data, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return error_set(ret_error, ERROR_STORAGE, NULL, "cannot write to %s: %s", output->name,
                             strerror(errno));
        data += written;
        size -= (size_t)written;
    }
    return ERROR_NONE;
}

static enum error_code write_parts(struct store_view *view, const struct output *output,
                                   struct error *ret_error)
{
    struct buf part CLEANUP_BUF = {0};
    struct export export = {.view = view};
    bool more = true;
    while (more) {
        buf_clear(&part);
        enum error_code code = export_part(&export, &part, &more);
        if (code != ERROR_NONE)
            return error_set(ret_error, code, NULL, "cannot read the tasks: %s", error_name(code));
        code = write_all(output, part.data, part.size, ret_error);
        if (code != ERROR_NONE)
            return code;
    }
    return ERROR_NONE;
}

static void close_store(struct store **store)
{
    store_close(*store);
}

static void close_reader(struct store_reader **reader)
{
    store_reader_close(*reader);
}

static enum error_code write_export(const struct config *config, const struct output *output,
                                    struct error *ret_error)
{
    struct store *store CLEANUP(close_store) = NULL;
    struct store_reader *reader CLEANUP(close_reader) = NULL;
    struct store_options options = command_store_options(config);
    if (access(config->database, F_OK) != 0)
        return error_set(ret_error, ERROR_INVALID, NULL, "there is no database %s",
                         config->database);
    enum error_code code = store_open(&options, &store, ret_error);
    if (code == ERROR_NONE)
        code = store_reader_open(store, &reader, ret_error);
    if (code != ERROR_NONE)
        return code;
    struct store_view *view = store_read_begin(reader, &code);
    if (view == NULL)
        return error_set(ret_error, code, NULL, "cannot read the tasks: %s", error_name(code));
    code = write_parts(view, output, ret_error);
    store_read_end(reader);
    return code;
}

static enum error_code publish(int fd, const char *temporary, const char *name,
                               struct error *ret_error)
{
    if (fsync(fd) == 0 && rename(temporary, name) == 0)
        return ERROR_NONE;
    return error_set(ret_error, ERROR_STORAGE, NULL, "cannot complete %s: %s", name,
                     strerror(errno));
}

static enum error_code export_to_file(const struct config *config, const char *name,
                                      struct error *ret_error)
{
    char temporary[NAME_SIZE];
    if (snprintf(temporary, sizeof(temporary), "%s.tmp-XXXXXX", name) >= (int)sizeof(temporary))
        return error_set(ret_error, ERROR_INVALID, NULL, "the name %s is too long", name);
    int fd CLEANUP_CLOSE = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return error_set(ret_error, ERROR_INVALID, NULL, "cannot create %s: %s", name,
                         strerror(errno));
    struct output output = {fd, name};
    enum error_code code = write_export(config, &output, ret_error);
    if (code == ERROR_NONE)
        code = publish(fd, temporary, name, ret_error);
    if (code != ERROR_NONE)
        unlink(temporary);
    return code;
}

enum command_status command_export(const struct config *config,
                                   const struct config_operands *operands)
{
    struct error error;
    struct output standard = {STDOUT_FILENO, "standard output"};
    bool to_file = operands->file != NULL && strcmp(operands->file, "-") != 0;
    enum error_code code = to_file ? export_to_file(config, operands->file, &error)
                                   : write_export(config, &standard, &error);
    return code == ERROR_NONE ? COMMAND_DONE : command_fail(&error);
}
