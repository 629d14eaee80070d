/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Copies of a series have one name with another number each; the time of the file tells their age.
 */
#include "command/prune.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The names of a series: what is before and after the number. */
struct series {
    const char *name; /* of the new file */
    size_t before;    /* bytes before its number */
    size_t after;     /* where the rest begins */
};

struct copy {
    char *name;
    struct timespec changed;
};

struct copies {
    struct copy *items;
    size_t count, capacity;
};

static void copies_close(struct copies *copies)
{
    for (size_t i = 0; i < copies->count; i++)
        free(copies->items[i].name);
    free(copies->items);
}

static void close_folder(DIR **folder)
{
    if (*folder != NULL)
        closedir(*folder);
}

static bool is_digit(char c)
{
    return isdigit((unsigned char)c) != 0;
}

/* Finds the last number of the name. */
static bool series_of(const char *name, struct series *ret_series)
{
    size_t after = strlen(name);
    while (after > 0 && !is_digit(name[after - 1]))
        after--;
    size_t before = after;
    while (before > 0 && is_digit(name[before - 1]))
        before--;
    *ret_series = (struct series){name, before, after};
    return after > 0;
}

static bool is_of_series(const struct series *series, const char *name)
{
    struct series other;
    return series_of(name, &other) && other.before == series->before &&
           strncmp(name, series->name, series->before) == 0 &&
           strcmp(name + other.after, series->name + series->after) == 0;
}

static enum error_code add(struct copies *copies, const char *name, struct timespec changed)
{
    if (copies->count == copies->capacity) {
        size_t capacity = copies->capacity == 0 ? 16 : 2 * copies->capacity;
        struct copy *items = realloc(copies->items, capacity * sizeof(*items));
        if (items == NULL)
            return ERROR_MEMORY;
        copies->items = items;
        copies->capacity = capacity;
    }
    char *own = strdup(name);
    if (own == NULL)
        return ERROR_MEMORY;
    copies->items[copies->count++] = (struct copy){own, changed};
    return ERROR_NONE;
}

/* The others of the series in the folder. */
static enum error_code find_copies(DIR *folder, const struct series *series, struct copies *copies)
{
    struct dirent *entry;
    struct stat status;
    enum error_code code = ERROR_NONE;
    while (code == ERROR_NONE && (entry = readdir(folder)) != NULL)
        if (is_of_series(series, entry->d_name) && strcmp(entry->d_name, series->name) != 0 &&
            fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode))
            code = add(copies, entry->d_name, status.st_mtim);
    return code;
}

static int newest_first(const void *left, const void *right)
{
    const struct timespec a = ((const struct copy *)left)->changed;
    const struct timespec b = ((const struct copy *)right)->changed;
    if (a.tv_sec != b.tv_sec)
        return a.tv_sec < b.tv_sec ? 1 : -1;
    return a.tv_nsec < b.tv_nsec ? 1 : a.tv_nsec > b.tv_nsec ? -1 : 0;
}

static enum error_code failed(const char *what, const char *path, struct error *ret_error)
{
    return error_set(ret_error, ERROR_SYSTEM, NULL, "cannot %s %s: %s", what, path,
                     strerror(errno));
}

static enum error_code prune(DIR *folder, const struct series *series, unsigned keep,
                             struct error *ret_error)
{
    struct copies copies CLEANUP(copies_close) = {0};
    enum error_code code = find_copies(folder, series, &copies);
    if (code != ERROR_NONE)
        return error_set(ret_error, code, NULL, "no memory for the names of the copies");
    if (copies.count > 0)
        qsort(copies.items, copies.count, sizeof(*copies.items), newest_first);
    for (size_t i = keep - 1; i < copies.count; i++)
        if (unlinkat(dirfd(folder), copies.items[i].name, 0) != 0)
            return failed("remove the old copy", copies.items[i].name, ret_error);
    return ERROR_NONE;
}

enum error_code command_prune(const char *file, unsigned keep, struct error *ret_error)
{
    char *for_name CLEANUP_FREE = strdup(file);
    char *for_folder CLEANUP_FREE = strdup(file);
    if (for_name == NULL || for_folder == NULL)
        return error_set(ret_error, ERROR_MEMORY, NULL, "no memory for the name of the copy");
    struct series series;
    if (keep == 0 || !series_of(basename(for_name), &series))
        return ERROR_NONE;
    const char *path = dirname(for_folder);
    DIR *folder CLEANUP(close_folder) = opendir(path);
    return folder == NULL ? failed("read the folder", path, ret_error)
                          : prune(folder, &series, keep, ret_error);
}
