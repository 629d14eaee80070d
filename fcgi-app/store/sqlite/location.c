/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The place of the database in the file system.
 */
#include "config.h"

#include "store/sqlite/location.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

/* Their locks or their shared memory do not do what SQLite needs. FUSE is not here: many of its
 * file systems are local. */
static const struct {
    uint64_t type;
    const char *name;
} network_types[] = {
    {0x00006969, "NFS"},    {0x0000517b, "SMB"},  {0xfe534d42, "SMB"},   {0xff534d42, "CIFS"},
    {0x00c36400, "CephFS"}, {0x5346414f, "AFS"},  {0x6b414653, "AFS"},   {0x73757245, "Coda"},
    {0x0000564c, "NCP"},    {0x01161970, "GFS2"}, {0x7461636f, "OCFS2"}, {0x0bd00bd0, "Lustre"},
    {0x01021997, "9P"},     {0x47504653, "GPFS"}, {0xaad7aaea, "PanFS"}, {0x20030528, "OrangeFS"},
    {0x19830326, "BeeGFS"},
};

const char *location_network_name(uint64_t type)
{
    for (size_t i = 0; i < ARRAY_SIZE(network_types); i++) {
        if (network_types[i].type == type)
            return network_types[i].name;
    }
    return NULL;
}

/* The folder of a path, in memory that the caller frees. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return strdup(".");
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

static enum error_code no_memory(struct error *ret_error)
{
    return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
}

/* For a file that does not exist yet. */
static enum error_code resolve_folder(const char *path, char **ret_path, struct error *ret_error)
{
    struct stat status;
    /* What is there now and is no link was made by another process just now. */
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode))
        return error_set(ret_error, ERROR_INVALID, "database",
                         "%s is a symbolic link to nothing; name the file itself", path);
    char *folder CLEANUP_FREE = folder_of(path);
    if (folder == NULL)
        return no_memory(ret_error);
    char *canonical CLEANUP_FREE = realpath(folder, NULL);
    if (canonical == NULL)
        return error_set(ret_error, ERROR_INVALID, "database",
                         "the folder %s of the database cannot be used: %s; create it, or name "
                         "another",
                         folder, strerror(errno));
    const char *slash = strrchr(path, '/');
    const char *joint = strcmp(canonical, "/") == 0 ? "" : "/";
    char *joined = NULL;
    if (asprintf(&joined, "%s%s%s", canonical, joint, slash == NULL ? path : slash + 1) < 0)
        return no_memory(ret_error);
    *ret_path = joined;
    return ERROR_NONE;
}

enum error_code location_resolve(const char *path, char **ret_path, struct error *ret_error)
{
    if (path[0] == '\0' || path[strlen(path) - 1] == '/')
        return error_set(ret_error, ERROR_INVALID, "database",
                         "\"%s\" does not name a database file", path);
    char *canonical = realpath(path, NULL);
    if (canonical != NULL) {
        *ret_path = canonical;
        return ERROR_NONE;
    }
    if (errno == ENOENT)
        return resolve_folder(path, ret_path, ret_error);
    return error_set(ret_error, errno == ENOMEM ? ERROR_MEMORY : ERROR_INVALID, "database",
                     "%s cannot be used: %s", path, strerror(errno));
}

static enum error_code check_file(const char *path, struct error *ret_error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return ERROR_NONE;
    if (!S_ISREG(status.st_mode))
        return error_set(ret_error, ERROR_INVALID, "database",
                         "%s is not a regular file; name a database file", path);
    if (access(path, R_OK | W_OK) != 0)
        return error_set(ret_error, ERROR_INVALID, "database",
                         "%s cannot be read and written: %s; change its owner or mode, or name "
                         "another file",
                         path, strerror(errno));
    return ERROR_NONE;
}

static enum error_code check_folder(const char *folder, struct error *ret_error)
{
    if (access(folder, W_OK | X_OK) != 0)
        return error_set(ret_error, ERROR_INVALID, "database",
                         "the folder %s cannot be written: %s; SQLite keeps files beside the "
                         "database, so change its owner or mode, or name another folder",
                         folder, strerror(errno));
    struct statfs fs;
    if (statfs(folder, &fs) != 0)
        return ERROR_NONE;
    /* The field is signed, and sign-extended on some machines. */
    const char *network = location_network_name((uint32_t)fs.f_type);
    if (network != NULL)
        return error_set(ret_error, ERROR_INVALID, "database",
                         "the folder %s is on a network file system (%s), where SQLite cannot "
                         "keep data safe; use a local disk or a block volume",
                         folder, network);
    return ERROR_NONE;
}

enum error_code location_check(const char *path, struct error *ret_error)
{
    char *folder CLEANUP_FREE = folder_of(path);
    if (folder == NULL)
        return no_memory(ret_error);
    enum error_code code = check_folder(folder, ret_error);
    return code == ERROR_NONE ? check_file(path, ret_error) : code;
}

uint64_t location_file_size(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0)
        return (uint64_t)status.st_size;
    return errno == ENOENT ? 0 : SIZE_UNKNOWN;
}

uint64_t location_free_bytes(const char *path)
{
    struct statvfs fs;
    if (statvfs(path, &fs) != 0)
        return SIZE_UNKNOWN;
    return (uint64_t)fs.f_bavail * fs.f_frsize;
}

uint64_t location_disk_bytes(const char *path)
{
    struct statvfs fs;
    if (statvfs(path, &fs) != 0)
        return SIZE_UNKNOWN;
    return (uint64_t)fs.f_blocks * fs.f_frsize;
}
