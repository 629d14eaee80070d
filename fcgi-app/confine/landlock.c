/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Landlock: the file system, the network and other processes as the kernel's interface of any
 * version can close them. By raw system calls, since C libraries have no functions for them; the
 * numbers are those of the kernel's interface, of which the headers may know an older version.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "confine/internal.h"

#define VERSION_QUERY  1 /* flag of landlock_create_ruleset */
#define RULE_PATH      1 /* LANDLOCK_RULE_PATH_BENEATH */
#define VERSION_MAX    6 /* rights of later versions are not used */
#define PROCESS_FOLDER "/proc/self"

/* The same on all architectures. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

#define FS_WRITE_FILE  (UINT64_C(1) << 1)
#define FS_READ_FILE   (UINT64_C(1) << 2)
#define FS_READ_DIR    (UINT64_C(1) << 3)
#define FS_REMOVE_FILE (UINT64_C(1) << 5)
#define FS_MAKE_REG    (UINT64_C(1) << 8)
#define FS_TRUNCATE    (UINT64_C(1) << 14)
#define FS_ALL(bits)   ((UINT64_C(1) << (bits)) - 1)

/* The rights that may be granted on what is no folder. */
#define FS_OF_FILES (FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE)

#define NET_ALL   UINT64_C(3) /* bind and connect by TCP */
#define NET_BIND  UINT64_C(1)
#define SCOPE_ALL UINT64_C(3) /* abstract Unix sockets and signals of processes outside */

/* struct landlock_ruleset_attr; older kernels take it if what they do not know is 0. */
struct ruleset {
    uint64_t fs;
    uint64_t net;
    uint64_t scoped;
};

struct __attribute__((packed)) path_rule {
    uint64_t allowed;
    int32_t fd;
};

/* What each version can refuse. */
static const struct ruleset versions[VERSION_MAX + 1] = {
    [1] = {FS_ALL(13), 0, 0},       [2] = {FS_ALL(14), 0, 0},
    [3] = {FS_ALL(15), 0, 0},       [4] = {FS_ALL(15), NET_ALL, 0},
    [5] = {FS_ALL(16), NET_ALL, 0}, [6] = {FS_ALL(16), NET_ALL, SCOPE_ALL},
};

static const uint64_t rights[] = {
    [CONFINE_READ] = FS_READ_FILE | FS_READ_DIR,
    [CONFINE_WRITE] =
        FS_READ_FILE | FS_READ_DIR | FS_WRITE_FILE | FS_REMOVE_FILE | FS_MAKE_REG | FS_TRUNCATE,
    [CONFINE_REMOVE] = FS_REMOVE_FILE,
};
_Static_assert(ARRAY_SIZE(rights) == CONFINE_ACCESS_COUNT, "rights for each access");

/* Which the kernel has; 0 if none, with errno. */
static unsigned probe_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, VERSION_QUERY);
    if (version <= 0)
        return 0;
    return version > VERSION_MAX ? VERSION_MAX : (unsigned)version;
}

static bool add_rule(int ruleset, int fd, uint64_t allowed)
{
    struct path_rule rule = {.allowed = allowed, .fd = fd};
    return syscall(SYS_landlock_add_rule, ruleset, RULE_PATH, &rule, 0) == 0;
}

static bool left_out(int reason)
{
    return reason == ENOENT || reason == ENOTDIR || reason == EACCES || reason == ELOOP;
}

static bool add_path(int ruleset, const struct confine_path *path, uint64_t handled)
{
    struct stat status;
    int fd CLEANUP_CLOSE = open(path->path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return left_out(errno);
    if (fstat(fd, &status) != 0)
        return false;
    uint64_t allowed = rights[path->access] & handled;
    if (!S_ISDIR(status.st_mode))
        allowed &= FS_OF_FILES;
    return allowed == 0 || add_rule(ruleset, fd, allowed);
}

/* The process's own figures. A rule belongs to the inode, and /proc makes a new one when the old is
 * no longer in use: the descriptor, which stays open, keeps it. */
static bool add_process(int ruleset)
{
    int fd = open(PROCESS_FOLDER, O_PATH | O_CLOEXEC | O_DIRECTORY);
    return fd < 0 ? left_out(errno) : add_rule(ruleset, fd, rights[CONFINE_READ]);
}

const char *landlock_apply(const struct confine_options *options, unsigned *ret_version)
{
    unsigned version = probe_version();
    if (version == 0)
        return errno == ENOSYS || errno == EOPNOTSUPP ? "not in this kernel" : strerror(errno);
    struct ruleset handled = versions[version];
    if (options->network)
        handled.net &= NET_BIND;
    size_t size = version < 4   ? offsetof(struct ruleset, net)
                  : version < 6 ? offsetof(struct ruleset, scoped)
                                : sizeof handled;
    int ruleset CLEANUP_CLOSE = (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
    if (ruleset < 0)
        return strerror(errno);
    for (size_t i = 0; i < options->path_count; i++)
        if (!add_path(ruleset, &options->paths[i], handled.fs))
            return strerror(errno);
    if (!add_process(ruleset) || syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        return strerror(errno);
    *ret_version = version;
    return NULL;
}
