/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Files around a database that is copied.
 */
#include "config.h"

#include "store/sqlite/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum error_code file_error(const char *doing, const char *path, struct error *ret_error)
{
    int reason = errno;
    bool is_full = reason == ENOSPC || reason == EDQUOT;
    bool is_broken = reason == EIO || reason == EROFS;
    enum error_code code = is_full ? ERROR_STORAGE_FULL : is_broken ? ERROR_STORAGE : ERROR_INVALID;
    return error_set(ret_error, code, NULL, "cannot %s %s: %s", doing, path, strerror(reason));
}

enum error_code file_temporary(const char *path, char out[static STORE_PATH_SIZE],
                               struct error *ret_error)
{
    int size = snprintf(out, STORE_PATH_SIZE, "%s.tmp-XXXXXX", path);
    if (size < 0 || size >= STORE_PATH_SIZE)
        return error_set(ret_error, ERROR_INVALID, NULL, "the name %s is too long", path);
    int fd CLEANUP_CLOSE = mkostemp(out, O_CLOEXEC);
    return fd >= 0 ? ERROR_NONE : file_error("create a file beside", path, ret_error);
}

void file_remove(const char *path)
{
    static const char *const suffixes[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
        char name[STORE_PATH_SIZE + 16];
        snprintf(name, sizeof(name), "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

static enum error_code sync_path(const char *path, int flags, struct error *ret_error)
{
    int fd CLEANUP_CLOSE = open(path, O_RDONLY | O_CLOEXEC | flags);
    return fd >= 0 && fsync(fd) == 0 ? ERROR_NONE : file_error("sync", path, ret_error);
}

enum error_code file_sync_folder(const char *path, struct error *ret_error)
{
    const char *slash = strrchr(path, '/');
    char *folder CLEANUP_FREE = slash == NULL   ? strdup(".")
                                : slash == path ? strdup("/")
                                                : strndup(path, (size_t)(slash - path));
    if (folder == NULL)
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    return sync_path(folder, O_DIRECTORY, ret_error);
}

enum error_code file_publish(const char *temporary, const char *path, struct error *ret_error)
{
    enum error_code code = sync_path(temporary, 0, ret_error);
    if (code == ERROR_NONE && rename(temporary, path) != 0)
        code = file_error("rename the new file to", path, ret_error);
    return code == ERROR_NONE ? file_sync_folder(path, ret_error) : code;
}
