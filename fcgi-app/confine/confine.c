/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The order of the confinement, and what a missing half means.
 */
#include "config.h"

#include "confine/confine.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "confine/internal.h"

/* Landlock first: its system calls are none of those that the filter leaves. */
static void apply(const struct confine_options *options, struct confine_state *state)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        snprintf(state->missing, sizeof state->missing, "no-new-privileges: %s", strerror(errno));
        return;
    }
    const char *landlock = landlock_apply(options, &state->landlock);
    const char *seccomp = seccomp_apply(options);
    state->seccomp = seccomp == NULL;
    snprintf(state->missing, sizeof state->missing, "%s%s%s%s%s",
             landlock != NULL ? "Landlock: " : "", landlock != NULL ? landlock : "",
             landlock != NULL && seccomp != NULL ? "; " : "", seccomp != NULL ? "seccomp: " : "",
             seccomp != NULL ? seccomp : "");
}

enum error_code confine_process(const struct confine_options *options,
                                struct confine_state *ret_state, struct error *ret_error)
{
    struct confine_state state = {0};
    if (options->mode != CONFINE_OFF)
        apply(options, &state);
    if (options->mode == CONFINE_ON && state.missing[0] != '\0')
        return error_set(ret_error, ERROR_SYSTEM, "sandbox",
                         "sandbox is on and cannot be had (%s); configure sandbox: auto",
                         state.missing);
    *ret_state = state;
    return ERROR_NONE;
}
