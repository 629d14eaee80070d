/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The JSON shape of a change. Owns the order and names of the members.
 */
#include "api/change_json.h"

#include "api/task_json.h"

static void member_seq(struct json_writer *w, const char *key, int64_t seq)
{
    if (seq == 0)
        json_write_member_null(w, key);
    else
        json_write_member_int(w, key, seq);
}

void change_json(struct json_writer *w, const struct change *change)
{
    char at[INSTANT_TEXT_SIZE];
    size_t size = instant_format(change->at, at);
    json_write_object_begin(w);
    json_write_member_int(w, "seq", change->seq);
    json_write_member_string(w, "at", at, size);
    json_write_member_cstring(w, "action", change_action_name(change->action));
    json_write_member_cstring(w, "summary", change->summary);
    json_write_key(w, "task_ids");
    json_id_array(w, change->task_ids);
    json_write_member_cstring(w, "request_id", change->request_id);
    json_write_member_cstring(w, "actor", change->actor);
    member_seq(w, "undone_by", change->undone_by);
    member_seq(w, "undoes", change->undoes);
    json_write_object_end(w);
}

void change_json_list(struct json_writer *w, const struct change_page *page)
{
    json_write_key(w, "changes");
    json_write_array_begin(w);
    for (size_t i = 0; i < page->count; i++)
        change_json(w, &page->changes[i]);
    json_write_array_end(w);
}
