/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The bulk actions: reads the ids and options of the body, and shows what became of each id.
 */
#include <stdio.h>
#include <string.h>

#include "api/answers.h"
#include "api/routes.h"
#include "api/write.h"
#include "http/body.h"
#include "http/problem.h"
#include "task/dependencies.h"
#include "task/validate.h"

#define ALONE_ABOVE 100 /* more ids than that are too much for a savepoint */

/* --- The body --------------------------------------------------------------------------------- */

/* An id of the body, and its place there. */
struct placed_id {
    int64_t id;
    size_t place;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed_id *left = a, *right = b;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return left->place < right->place ? -1 : 1;
}

static void add_place_fault(struct faults *faults, size_t place, const char *detail)
{
    char pointer[40];
    snprintf(pointer, sizeof(pointer), "#/ids/%zu", place);
    faults_add(faults, FAULT_POINTER, pointer, "%s", detail);
}

static void refuse_repeated(struct faults *faults, struct placed_id *placed, size_t count)
{
    qsort(placed, count, sizeof(*placed), compare_placed);
    for (size_t i = 1; i < count; i++) {
        if (placed[i].id == placed[i - 1].id)
            add_place_fault(faults, placed[i].place, "is given twice");
    }
}

static bool read_id(struct faults *faults, const json_t *value, size_t place, int64_t *ret_id)
{
    char pointer[40];
    int64_t number;
    if (!http_json_integer(value, &number)) {
        add_place_fault(faults, place, "must be the id of a task");
        return false;
    }
    snprintf(pointer, sizeof(pointer), "#/ids/%zu", place);
    return validate_id(faults, pointer, number, ret_id);
}

static void read_ids(struct faults *faults, const json_t *value, struct bulk_request *request)
{
    size_t count = json_array_size(value);
    if (!json_is_array(value) || count < 1 || count > BULK_IDS_MAX) {
        faults_add(faults, FAULT_POINTER, "#/ids", "must be an array of 1 to %d ids", BULK_IDS_MAX);
        return;
    }
    struct id_list *ids = &request->ids;
    struct placed_id *placed = arena_calloc(faults->arena, count, sizeof(*placed));
    ids->ids = arena_calloc(faults->arena, count, sizeof(*ids->ids));
    if (ids->ids == NULL || placed == NULL) {
        faults->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t id;
        if (!read_id(faults, json_array_get(value, i), i, &id))
            continue;
        placed[ids->count] = (struct placed_id){id, i};
        ids->ids[ids->count++] = id;
    }
    refuse_repeated(faults, placed, ids->count);
}

static void read_atomic(struct faults *faults, const json_t *value, struct bulk_request *request)
{
    if (json_is_boolean(value))
        request->atomic = json_is_true(value);
    else
        faults_add(faults, FAULT_POINTER, "#/atomic", "must be true or false");
}

static void read_subtasks(struct faults *faults, const json_t *value, struct bulk_request *request)
{
    const char *text = json_string_value(value);
    size_t size = json_string_length(value);
    if (text != NULL && size == strlen("delete") && memcmp(text, "delete", size) == 0)
        request->subtasks = SUBTASKS_DELETE;
    else if (text != NULL && size == strlen("keep") && memcmp(text, "keep", size) == 0)
        request->subtasks = SUBTASKS_KEEP;
    else
        faults_add(faults, FAULT_POINTER, "#/subtasks", "must be delete or keep");
}

static const struct {
    const char *name;
    void (*read)(struct faults *faults, const json_t *value, struct bulk_request *request);
    bool delete_only;
} fields[] = {
    {"ids", read_ids, false},
    {"atomic", read_atomic, false},
    {"subtasks", read_subtasks, true},
};

static void read_member(struct faults *faults, const char *key, size_t size, const json_t *value,
                        struct bulk_request *request)
{
    for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
        if (strlen(fields[i].name) == size && memcmp(fields[i].name, key, size) == 0 &&
            (!fields[i].delete_only || request->kind == BULK_DELETE)) {
            fields[i].read(faults, value, request);
            return;
        }
    }
    const char *pointer = json_pointer_append(faults->arena, "#", key, size);
    faults_add(faults, FAULT_POINTER, pointer != NULL ? pointer : "#", "is not a known field");
}

static void read_body(struct faults *faults, json_t *body, struct bulk_request *request)
{
    const char *key;
    size_t size;
    json_t *value;
    if (body == NULL)
        return; /* told as a fault already */
    if (!json_is_object(body)) {
        faults_add(faults, FAULT_POINTER, "#", "must be an object");
        return;
    }
    json_object_keylen_foreach(body, key, size, value)
        read_member(faults, key, size, value, request);
    if (json_object_get(body, "ids") == NULL)
        faults_add(faults, FAULT_POINTER, "#/ids", "is required");
}

/* --- The answer ------------------------------------------------------------------------------- */

static void write_skipped(struct json_writer *w, const struct bulk_result *result)
{
    json_write_array_begin(w);
    for (size_t i = 0; i < result->skipped_count; i++) {
        json_write_object_begin(w);
        json_write_member_int(w, "id", result->skipped[i].id);
        json_write_member_cstring(w, "reason", result->skipped[i].reason);
        json_write_object_end(w);
    }
    json_write_array_end(w);
}

static void write_result(struct json_writer *w, const struct bulk_result *result)
{
    json_write_object_begin(w);
    json_write_key(w, "succeeded");
    json_id_array(w, result->succeeded);
    json_write_key(w, "skipped");
    write_skipped(w, result);
    json_write_key(w, "failed");
    json_refused_items(w, result->failed, result->failed_count);
    json_write_key(w, "created");
    json_id_array(w, result->created);
    json_write_object_end(w);
}

static enum error_code run_bulk(struct api_write *write, struct operation *operation)
{
    struct http_response *response = &write->exchange->response;
    struct json_writer w = json_writer(&response->body);
    struct bulk_result result;
    enum error_code code = operation_bulk(operation, write->input, &result);
    if (code != ERROR_NONE || operation->refusal.kind != REFUSAL_NONE)
        return code;
    response->content_type = HTTP_JSON;
    write_result(&w, &result);
    return ERROR_NONE;
}

/* --- The handlers ----------------------------------------------------------------------------- */

static enum http_result submit_bulk(struct http_exchange *exchange, enum bulk_kind kind)
{
    bool answered = false;
    json_t *body = http_body_parse(exchange, &answered);
    if (answered)
        return api_write_refused(exchange, NULL);
    struct bulk_request *request = arena_calloc(&exchange->arena, 1, sizeof(*request));
    if (request == NULL) {
        json_decref(body);
        problem_answer_error(exchange, ERROR_MEMORY);
        return HTTP_DONE;
    }
    request->kind = kind;
    read_body(&exchange->faults, body, request);
    if (http_answered_faults(exchange))
        return api_write_refused(exchange, body);
    struct api_write *write = api_write_new(exchange, run_bulk, body, 0);
    if (write == NULL)
        return HTTP_DONE;
    write->input = request;
    write->job.alone = write->key == NULL && request->ids.count > ALONE_ABOVE;
    return api_write_submit(write);
}

enum http_result api_bulk_complete(struct http_exchange *exchange)
{
    return submit_bulk(exchange, BULK_COMPLETE);
}

enum http_result api_bulk_delete(struct http_exchange *exchange)
{
    return submit_bulk(exchange, BULK_DELETE);
}

enum http_result api_bulk_archive(struct http_exchange *exchange)
{
    return submit_bulk(exchange, BULK_ARCHIVE);
}
