/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the running service needs when it has started: the folders of the database, the socket, the
 * configuration and the keys, time zones, and what its libraries read. What libcurl needs to
 * resolve names and to speak TLS is not among it: the exporter of traces has a thread of its own,
 * which is started before. The means are in confine/.
 */
#include "config.h"

#include "api/confinement.h"

#include <stdlib.h>
#include <string.h>

#include "confine/confine.h"
#include "observe/log.h"
#include "observe/metrics.h"

#define PATHS_MAX 24

/* What no configuration changes. */
static const char *const read_paths[] = {
    "/usr/share/zoneinfo",
    "/usr/lib/locale",                /* the case of letters */
    "/dev/urandom",                   /* SQLite */
    "/sys/devices/system/cpu",        /* glibc: processors, for its heaps */
    "/proc/sys/vm/overcommit_memory", /* glibc: whether a heap is to be cut */
};

struct paths {
    struct confine_path list[PATHS_MAX];
    size_t count;
    char *owned[PATHS_MAX];
    size_t owned_count;
    bool failed;
};

static void paths_close(struct paths *paths)
{
    for (size_t i = 0; i < paths->owned_count; i++)
        free(paths->owned[i]);
}

static void add(struct paths *paths, const char *path, enum confine_access access)
{
    if (path != NULL && paths->count < PATHS_MAX)
        paths->list[paths->count++] = (struct confine_path){path, access};
}

/* Takes path, which NULL makes a failure. */
static void add_owned(struct paths *paths, char *path, enum confine_access access)
{
    if (path == NULL) {
        paths->failed = true;
        return;
    }
    paths->owned[paths->owned_count++] = path;
    add(paths, path, access);
}

static char *folder_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    if (slash == NULL)
        return strdup(".");
    return slash == file ? strdup("/") : strndup(file, (size_t)(slash - file));
}

/* The folder, since a file in it may be replaced by another; and where a symbolic link leads. */
static void add_folder_of(struct paths *paths, const char *file, enum confine_access access)
{
    add_owned(paths, folder_of(file), access);
    char *real CLEANUP_FREE = realpath(file, NULL);
    if (real != NULL)
        add_owned(paths, folder_of(real), access);
}

static void tell(const struct config *config, const struct confine_state *state)
{
    metric_set(METRIC_SANDBOX_SECCOMP, state->seccomp);
    metric_set(METRIC_SANDBOX_LANDLOCK, state->landlock);
    if (config->sandbox == CONFINE_OFF)
        log_write(LOG_INFO, "not confined", LOG_STR("detail", "sandbox is off"));
    else
        log_write(LOG_INFO, state->seccomp || state->landlock != 0 ? "confined" : "not confined",
                  LOG_STR("seccomp", state->seccomp ? "on" : "off"),
                  LOG_INT("landlock", state->landlock),
                  LOG_STR("missing", state->missing[0] == '\0' ? NULL : state->missing));
}

/* What gcov and the sanitizers do at the end of the process is no part of the service. */
static enum error_code apply(const struct confine_options *options, struct confine_state *ret_state,
                             struct error *ret_error)
{
#ifdef INSTRUMENTED
    static const char reason[] = "the program was built for sanitizers or coverage";
    if (options->mode == CONFINE_ON)
        return error_set(ret_error, ERROR_SYSTEM, "sandbox", "%s; configure sandbox: auto", reason);
    memset(ret_state, 0, sizeof(*ret_state));
    memcpy(ret_state->missing, reason, sizeof(reason));
    return ERROR_NONE;
#else
    return confine_process(options, ret_state, ret_error);
#endif
}

enum error_code api_confine(const struct config *config, const char *config_file,
                            struct error *ret_error)
{
    struct paths paths CLEANUP(paths_close) = {0};
    struct confine_state state;
    add_folder_of(&paths, config->database, CONFINE_WRITE);
    add_owned(&paths, folder_of(config->socket), CONFINE_REMOVE);
    add_folder_of(&paths, config_file, CONFINE_READ);
    if (config->api_keys_file[0] != '\0')
        add_folder_of(&paths, config->api_keys_file, CONFINE_READ);
    add(&paths, getenv("TZDIR"), CONFINE_READ);
    for (size_t i = 0; i < ARRAY_SIZE(read_paths); i++)
        add(&paths, read_paths[i], CONFINE_READ);
    if (paths.failed)
        return error_set(ret_error, ERROR_MEMORY, NULL, "not enough memory");
    const struct confine_options options = {
        .mode = (enum confine_mode)config->sandbox,
        .paths = paths.list,
        .path_count = paths.count,
        .local = config->proxy_status[0] != '\0',
    };
    enum error_code code = apply(&options, &state, ret_error);
    if (code == ERROR_NONE)
        tell(config, &state);
    return code;
}
