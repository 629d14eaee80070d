/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Self-confinement: the process gives up, for good, what the service never needs. Landlock leaves
 * it the named paths, a seccomp filter leaves it the system calls of the service. Which paths those
 * are is the caller's knowledge.
 */
#ifndef CONFINE_CONFINE_H
#define CONFINE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* The values of the key `sandbox`, in its order. */
enum confine_mode {
    CONFINE_AUTO, /* what the kernel and the build have */
    CONFINE_ON,   /* all of it, or an error */
    CONFINE_OFF,
    CONFINE_MODE_COUNT
};

/* What may be done at a path and below it. */
enum confine_access {
    CONFINE_READ,   /* read files, list folders */
    CONFINE_WRITE,  /* beside that: make, write, cut and remove files */
    CONFINE_REMOVE, /* remove files, nothing else */
    CONFINE_ACCESS_COUNT
};

struct confine_path {
    const char *path; /* one that does not exist, or may not be searched, is left out */
    enum confine_access access;
};

struct confine_options {
    enum confine_mode mode;
    const struct confine_path *paths;
    size_t path_count;
    bool network; /* outgoing connections by TCP and UDP, and what name resolution needs */
    bool local;   /* outgoing connections to Unix sockets */
};

/* What is in force. */
struct confine_state {
    bool seccomp;
    unsigned landlock; /* the version of the kernel's interface; 0: none */
    /* What is not in force and why, for the log; "" if all is, or with CONFINE_OFF. */
    char missing[256];
};

/* Confines the calling thread and those that it will start, and no other: call once, before the
 * threads that are to be confined and after the last path outside `paths` was opened. What is open
 * stays usable. With CONFINE_AUTO what cannot be had is told in *ret_state; with CONFINE_ON it is
 * ERROR_SYSTEM, and the process must end, since part of the confinement may be in force.
 * No-new-privileges is set in both. The process keeps a descriptor of its folder in /proc.
 * landlock(7), seccomp(2). */
enum error_code confine_process(const struct confine_options *options,
                                struct confine_state *ret_state, struct error *ret_error);

#endif
