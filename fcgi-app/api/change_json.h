/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A change of the journal as JSON: one shape for the feed, histories and undo.
 */
#ifndef API_CHANGE_JSON_H
#define API_CHANGE_JSON_H

#include "base/json_writer.h"
#include "store/rows.h"

void change_json(struct json_writer *w, const struct change *change);

/* The member `changes`. */
void change_json_list(struct json_writer *w, const struct change_page *page);

#endif
