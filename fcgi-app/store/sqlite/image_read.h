/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The images of the journal read back.
 */
#ifndef STORE_SQLITE_IMAGE_READ_H
#define STORE_SQLITE_IMAGE_READ_H

#include "base/arena.h"
#include "base/error.h"
#include "task/template.h"

/* The task of an image that image_append wrote; its counters are 0. Texts and ids are in the arena.
 * ERROR_MEMORY; ERROR_CORRUPT when it is no such image. */
enum error_code image_read_task(struct text image, struct arena *arena, struct task *ret_task);

enum error_code image_read_template(struct text image, struct arena *arena,
                                    struct task_template *ret_template);

/* The version of any image. */
enum error_code image_read_version(struct text image, int64_t *ret_version);

#endif
