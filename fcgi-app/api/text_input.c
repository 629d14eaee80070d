/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reads a body of one string. What the string may hold is the caller's to check.
 */
#include "api/text_input.h"

#include <string.h>

#include "api/task_input.h"

static void refuse_others(struct faults *faults, const json_t *body, const char *name)
{
    const char *key;
    size_t size;
    json_t *value;
    json_object_keylen_foreach((json_t *)body, key, size, value)
    {
        if (size == strlen(name) && memcmp(key, name, size) == 0)
            continue;
        const char *pointer = json_pointer_append(faults->arena, "#", key, size);
        faults->failed |= pointer == NULL;
        faults_add(faults, FAULT_POINTER, pointer == NULL ? "#" : pointer, "is not a known field");
    }
}

bool text_input_read(struct faults *faults, const json_t *body, const char *name,
                     struct text *ret_text)
{
    if (!json_is_object(body)) {
        faults_add(faults, FAULT_POINTER, "#", "must be an object");
        return false;
    }
    refuse_others(faults, body, name);
    const json_t *value = json_object_get(body, name);
    if (json_is_string(value)) {
        *ret_text = (struct text){json_string_value(value), json_string_length(value)};
        return true;
    }
    const char *pointer = json_pointer_append(faults->arena, "#", name, strlen(name));
    faults->failed |= pointer == NULL;
    faults_add(faults, FAULT_POINTER, pointer == NULL ? "#" : pointer,
               value == NULL ? "is required" : "must be a string");
    return false;
}
