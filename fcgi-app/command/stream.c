/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Backup and restore by way of a file beside the database: what is sent was checked before, and
 * what came is checked as a whole before it replaces anything.
 */
#include "command/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/random.h"
#include "command/internal.h"
#include "store/maintenance.h"

#define STREAM_STEP ((size_t)64 * 1024)

/* The file on the way; removed at the end of its scope. */
struct passing {
    char path[STORE_PATH_SIZE];
};

static void passing_remove(struct passing *passing)
{
    unlink(passing->path);
}

bool command_is_stream(const struct config_operands *operands)
{
    return operands->file != NULL && strcmp(operands->file, "-") == 0;
}

static enum error_code passing_name(struct passing *passing, const struct config *config,
                                    struct error *ret_error)
{
    uint64_t number = 0; /* containers that share the folder may have the same process ids */
    random_bytes(&number, sizeof(number));
    int size = snprintf(passing->path, sizeof(passing->path), "%s.stream-%" PRIx64,
                        config->database, number);
    return size < (int)sizeof(passing->path) - 64
               ? ERROR_NONE
               : error_set(ret_error, ERROR_INVALID, NULL, "the name of the database is too long");
}

static enum error_code write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, data, size);
        if (written < 0 && errno != EINTR)
            return ERROR_SYSTEM;
        if (written > 0) {
            data += written;
            size -= (size_t)written;
        }
    }
    return ERROR_NONE;
}

/* Copies to the end of `from`; *ret_size is what went through. */
static enum error_code pump(int from, int to, long long *ret_size, struct error *ret_error)
{
    char data[STREAM_STEP];
    long long total = 0;
    for (;;) {
        ssize_t size = read(from, data, sizeof(data));
        if (size == 0)
            break;
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0 || write_all(to, data, (size_t)size) != ERROR_NONE)
            return error_set(ret_error, ERROR_SYSTEM, NULL, "cannot %s: %s",
                             size < 0 ? "read" : "write", strerror(errno));
        total += size;
    }
    *ret_size = total;
    return ERROR_NONE;
}

static enum error_code open_passing(const struct passing *passing, int flags, int *ret_fd,
                                    struct error *ret_error)
{
    int fd = open(passing->path, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return error_set(ret_error, ERROR_SYSTEM, NULL, "cannot open %s: %s", passing->path,
                         strerror(errno));
    *ret_fd = fd;
    return ERROR_NONE;
}

enum command_status command_backup_stream(const struct config *config)
{
    struct passing passing CLEANUP(passing_remove) = {0};
    struct store_options options = command_store_options(config);
    struct error error;
    int CLEANUP_CLOSE fd = -1;
    long long size = 0;
    enum error_code code = passing_name(&passing, config, &error);
    if (code == ERROR_NONE)
        code = store_backup(&options, passing.path, clock_now(), &error);
    if (code == ERROR_NONE)
        code = open_passing(&passing, O_RDONLY, &fd, &error);
    if (code == ERROR_NONE)
        code = pump(fd, STDOUT_FILENO, &size, &error);
    if (code != ERROR_NONE)
        return command_fail(&error);
    fprintf(stderr, "standard output: backup of %s, checked, %lld bytes\n", config->database, size);
    return COMMAND_DONE;
}

enum command_status command_restore_stream(const struct config *config)
{
    struct passing passing CLEANUP(passing_remove) = {0};
    struct store_options options = command_store_options(config);
    struct error error;
    char kept[STORE_PATH_SIZE] = "";
    int CLEANUP_CLOSE fd = -1;
    long long size = 0;
    enum error_code code = passing_name(&passing, config, &error);
    if (code == ERROR_NONE)
        code = open_passing(&passing, O_WRONLY | O_CREAT | O_EXCL, &fd, &error);
    if (code == ERROR_NONE)
        code = pump(STDIN_FILENO, fd, &size, &error);
    if (code == ERROR_NONE)
        code = store_restore(&options, passing.path, clock_now(), kept, &error);
    if (code != ERROR_NONE)
        return command_fail(&error);
    fprintf(stderr, "%s: restored from standard input, %lld bytes\n", config->database, size);
    if (kept[0] != '\0')
        fprintf(stderr, "%s: the former database\n", kept);
    return COMMAND_DONE;
}
