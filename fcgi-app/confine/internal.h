/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The two halves of the confinement.
 */
#ifndef CONFINE_INTERNAL_H
#define CONFINE_INTERNAL_H

#include "confine/confine.h"

/* Each returns NULL, or why it could not be done: a static text or strerror's. Both need
 * no-new-privileges. */
const char *landlock_apply(const struct confine_options *options, unsigned *ret_version);
const char *seccomp_apply(const struct confine_options *options);

#endif
