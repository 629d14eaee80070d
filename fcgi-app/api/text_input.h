/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A body that is an object with one string.
 */
#ifndef API_TEXT_INPUT_H
#define API_TEXT_INPUT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/faults.h"
#include "base/text.h"

/* Reads the member `name` of a body (any JSON value). Any other member is refused. The text is the
 * body's; it may hold NUL. False: there is none, and faults were added. */
bool text_input_read(struct faults *faults, const json_t *body, const char *name,
                     struct text *ret_text);

#endif
