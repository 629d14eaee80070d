/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The export: every task and template as one JSON document, made part by part so that its memory
 * does not grow with the number of tasks. Shared by the endpoint and the command.
 *
 * The document says nothing that time alone changes (no versions, no counters, no time of export):
 * two states with the same content have the same bytes.
 */
#ifndef API_EXPORT_H
#define API_EXPORT_H

#include "base/json_writer.h"
#include "store/rows.h"

enum export_phase { EXPORT_HEAD, EXPORT_TASKS, EXPORT_TEMPLATES, EXPORT_END };

/* Zero-initialised but for view, which must be one snapshot from the first part to the last. */
struct export
{
    struct store_view *view;
    enum export_phase phase;
    int64_t last_id;
    bool comma; /* the next record follows another */
};

/* Appends the next part to out; false in *ret_more: it was the last. */
enum error_code export_part(struct export *export, struct buf *out, bool *ret_more);

#define EXPORT_NAME_SIZE 48

/* The name of a file for a document that is exported now: todo-app-export-20260105T101112Z.json. */
void export_file_name(int64_t now, char out[static EXPORT_NAME_SIZE]);

#endif
