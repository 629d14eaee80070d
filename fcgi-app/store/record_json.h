/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The members that the journal's images and the export's records share. Both keep what is stored of
 * a row, and neither has what is computed. Instants differ, so each writes its own.
 */
#ifndef STORE_RECORD_JSON_H
#define STORE_RECORD_JSON_H

#include "base/json_writer.h"
#include "store/rows.h"

/* The members from id to archived, into the object that is open in w. Lack of memory is seen in the
 * buffer, as with all writers. */
void record_json_task(struct json_writer *w, const struct task *task);

/* The members from name to recurring, likewise. */
void record_json_template(struct json_writer *w, const struct task_template *row);

#endif
