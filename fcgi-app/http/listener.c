/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The listening socket: inherited from a service manager, or created beside a lock file that tells
 * a live instance from a stale socket.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "http/server.h"

#define FIRST_INHERITED_FD 3 /* sd_listen_fds(3) */

static bool is_listening(int fd)
{
    int listening = 0;
    socklen_t size = sizeof listening;
    return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0;
}

static bool environment_is(const char *name, long wanted)
{
    const char *value = getenv(name);
    if (value == NULL || *value == '\0')
        return false;
    char *end;
    return strtol(value, &end, 10) == wanted && *end == '\0';
}

/* The inherited descriptor, or -1 when there is none. */
static enum error_code find_inherited(int *ret_fd, struct error *ret_error)
{
    *ret_fd = -1;
    if (getenv("LISTEN_FDS") != NULL && environment_is("LISTEN_PID", getpid())) {
        if (!environment_is("LISTEN_FDS", 1) || !is_listening(FIRST_INHERITED_FD))
            return error_set(ret_error, ERROR_INVALID, "LISTEN_FDS",
                             "expected one listening socket as descriptor %d; make the socket unit "
                             "pass exactly one stream socket",
                             FIRST_INHERITED_FD);
        *ret_fd = FIRST_INHERITED_FD;
    } else if (is_listening(STDIN_FILENO)) {
        *ret_fd = STDIN_FILENO;
    }
    return ERROR_NONE;
}

static bool prepare_fd(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
           fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

static enum error_code system_error(struct error *ret_error, const char *path, const char *what)
{
    return error_set(ret_error, ERROR_SYSTEM, "socket", "%s: %s: %s", path, what, strerror(errno));
}

/* Whether the lock file is still the one at its path: its last owner may have removed it between
 * our open and our lock. */
static bool same_file(int fd, const char *path)
{
    struct stat opened, named;
    return fstat(fd, &opened) == 0 && stat(path, &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

static enum error_code take_lock(const char *lock_path, const char *path, int *ret_fd,
                                 struct error *ret_error)
{
    for (;;) {
        int CLEANUP_CLOSE fd = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
            return system_error(ret_error, lock_path,
                                "cannot create the lock file; the folder of the socket must exist "
                                "and be writable");
        if (flock(fd, LOCK_EX | LOCK_NB) != 0)
            return errno == EWOULDBLOCK
                       ? error_set(ret_error, ERROR_CONFLICT, "socket",
                                   "%s: another instance is listening here; stop it, or configure "
                                   "another socket",
                                   path)
                       : system_error(ret_error, lock_path, "cannot lock");
        if (same_file(fd, lock_path)) {
            *ret_fd = fd;
            fd = -1;
            return ERROR_NONE;
        }
    }
}

/* Whether somebody answers at the socket; a full backlog is somebody too. */
static bool is_live(const struct sockaddr_un *address)
{
    int CLEANUP_CLOSE fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return fd >= 0 &&
           (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN);
}

static enum error_code remove_stale(const struct sockaddr_un *address, struct error *ret_error)
{
    const char *path = address->sun_path;
    struct stat status;
    if (lstat(path, &status) != 0)
        return errno == ENOENT ? ERROR_NONE : system_error(ret_error, path, "cannot look at it");
    if (!S_ISSOCK(status.st_mode))
        return error_set(ret_error, ERROR_CONFLICT, "socket",
                         "%s: exists and is not a socket; remove it, or configure another socket",
                         path);
    if (is_live(address))
        return error_set(ret_error, ERROR_CONFLICT, "socket",
                         "%s: another program is listening here; stop it, or configure another "
                         "socket",
                         path);
    return unlink(path) == 0 ? ERROR_NONE
                             : system_error(ret_error, path, "cannot remove the stale socket");
}

/* The mode is set before listen: until then nobody can connect. */
static enum error_code bind_socket(const struct sockaddr_un *address, unsigned mode,
                                   unsigned backlog, int *ret_fd, struct error *ret_error)
{
    const char *path = address->sun_path;
    int CLEANUP_CLOSE fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return system_error(ret_error, path, "cannot create a socket");
    if (bind(fd, (const struct sockaddr *)address, sizeof *address) != 0)
        return system_error(ret_error, path, "cannot bind");
    if (chmod(path, mode) != 0 || listen(fd, (int)backlog) != 0) {
        enum error_code code = system_error(ret_error, path, "cannot listen");
        unlink(path);
        return code;
    }
    *ret_fd = fd;
    fd = -1;
    return ERROR_NONE;
}

static enum error_code create(struct http_listener *listener, const char *path, unsigned mode,
                              unsigned backlog, struct error *ret_error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return error_set(ret_error, ERROR_INVALID, "socket",
                         "%s: is too long; the path of a socket has at most %zu bytes", path,
                         sizeof address.sun_path - 1);
    memcpy(address.sun_path, path, strlen(path) + 1);
    char *CLEANUP_FREE copy = strdup(path);
    char lock_path[sizeof address.sun_path + sizeof ".lock"];
    snprintf(lock_path, sizeof lock_path, "%s.lock", path);
    if (copy == NULL)
        return error_set(ret_error, ERROR_MEMORY, "socket", "no memory for the listener");
    int CLEANUP_CLOSE lock_fd = -1;
    int fd = -1;
    enum error_code code = take_lock(lock_path, path, &lock_fd, ret_error);
    if (code != ERROR_NONE)
        return code;
    code = remove_stale(&address, ret_error);
    if (code == ERROR_NONE)
        code = bind_socket(&address, mode, backlog, &fd, ret_error);
    if (code != ERROR_NONE) {
        unlink(lock_path);
        return code;
    }
    *listener = (struct http_listener){.fd = fd, .lock_fd = lock_fd, .path = copy};
    lock_fd = -1;
    copy = NULL;
    return ERROR_NONE;
}

enum error_code http_listener_open(struct http_listener *listener, const char *path, unsigned mode,
                                   unsigned backlog, struct error *ret_error)
{
    int fd;
    enum error_code code = find_inherited(&fd, ret_error);
    if (code != ERROR_NONE)
        return code;
    if (fd < 0)
        return create(listener, path, mode, backlog, ret_error);
    if (!prepare_fd(fd))
        return system_error(ret_error, "inherited socket", "cannot make it non-blocking");
    *listener = (struct http_listener){.fd = fd, .lock_fd = -1};
    return ERROR_NONE;
}

void http_listener_close(struct http_listener *listener)
{
    if (listener->path != NULL) {
        char lock_path[sizeof((struct sockaddr_un *)0)->sun_path + sizeof ".lock"];
        snprintf(lock_path, sizeof lock_path, "%s.lock", listener->path);
        unlink(listener->path);
        unlink(lock_path);
    }
    if (listener->fd >= 0)
        close(listener->fd);
    if (listener->lock_fd >= 0)
        close(listener->lock_fd);
    free(listener->path);
    *listener = (struct http_listener){.fd = -1, .lock_fd = -1};
}
