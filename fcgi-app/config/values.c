/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Values of configuration keys: checked against their row of the table, compared, moved. How one
 * text is read is in scalar.c, printing in print.c.
 */
#include "config/values.h"

#include <string.h>

#include "base/address.h"

static void *member(struct config *config, const struct key *key)
{
    return (char *)config + key->offset;
}

const void *value_member(const struct config *config, const struct key *key)
{
    return (const char *)config + key->offset;
}

static size_t value_size(const struct key *key)
{
    static const size_t sizes[VALUE_TYPE_COUNT] = {
        [VALUE_STRING] = sizeof(char *),
        [VALUE_PATH] = sizeof(char *),
        [VALUE_INTEGER] = sizeof(unsigned),
        [VALUE_SIZE] = sizeof(uint64_t),
        [VALUE_MODE] = sizeof(unsigned),
        [VALUE_CHOICE] = sizeof(int),
        [VALUE_ORIGINS] = sizeof(struct config_list),
        [VALUE_NETWORKS] = sizeof(struct config_list),
    };
    return sizes[key->type];
}

static void list_free(struct config_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct config_list){NULL, 0};
}

static enum error_code list_copy(const char *const *items, size_t count,
                                 struct config_list *ret_list)
{
    CLEANUP(list_free) struct config_list list = {calloc(count + 1, sizeof(char *)), 0};
    if (list.items == NULL)
        return ERROR_MEMORY;
    for (; list.count < count; list.count++) {
        list.items[list.count] = text_copy(items[list.count], strlen(items[list.count]));
        if (list.items[list.count] == NULL)
            return ERROR_MEMORY;
    }
    struct config_list old = *ret_list;
    *ret_list = list;
    list = old;
    return ERROR_NONE;
}

static enum error_code refuse(const struct key *key, const char *where, const char *text,
                              struct error *ret_error)
{
    char shown[TEXT_SHOWN_SIZE];
    text_show(shown, key->secret ? "***" : text);
    return error_set(ret_error, ERROR_INVALID, key->info.name,
                     "%s: %s cannot be \"%s\"; allowed: %s (%s)", where, key->info.name, shown,
                     key->info.allowed, key->info.type);
}

static bool is_among(const char *const *items, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(items[i], text) == 0)
            return true;
    return false;
}

static bool is_list(const struct key *key)
{
    return key->type == VALUE_ORIGINS || key->type == VALUE_NETWORKS;
}

static bool item_valid(const struct key *key, const char *text)
{
    struct network network;
    return key->type == VALUE_ORIGINS ? origin_valid(text)
                                      : network_parse(text, strlen(text), &network);
}

static enum error_code check_items(const struct key *key, const struct given *given,
                                   struct error *ret_error)
{
    const char *name = key->info.name;
    if (given->count > key->max)
        return error_set(ret_error, ERROR_INVALID, name, "%s: %s has more than %u items",
                         given->where, name, (unsigned)key->max);
    if (given->count > 1 && is_among(given->items, given->count, "*"))
        return error_set(ret_error, ERROR_INVALID, name, "%s: %s: \"*\" must be alone",
                         given->where, name);
    for (size_t i = 0; i < given->count; i++) {
        if (!item_valid(key, given->items[i]))
            return refuse(key, given->where, given->items[i], ret_error);
        if (is_among(given->items, i, given->items[i]))
            return error_set(ret_error, ERROR_INVALID, name, "%s: %s: \"%s\" is given twice",
                             given->where, name, given->items[i]);
    }
    return ERROR_NONE;
}

static enum error_code set_list(struct config *config, const struct key *key,
                                const struct given *given, struct error *ret_error)
{
    enum error_code code = check_items(key, given, ret_error);
    if (code != ERROR_NONE)
        return code;
    code = list_copy(given->items, given->count, member(config, key));
    return code == ERROR_NONE ? code : error_set(ret_error, code, NULL, "out of memory");
}

/* A list in one text: its items are between the commas; an empty text is an empty list. */
static enum error_code set_split_list(struct config *config, const struct key *key,
                                      const char *where, const char *text, struct error *ret_error)
{
    const char *items[LIST_ITEMS_MAX + 1];
    CLEANUP_FREE char *copy = text_copy(text, strlen(text));
    if (copy == NULL)
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    struct given given = {.where = where, .items = items};
    char *rest = copy[0] == '\0' ? NULL : copy;
    while (rest != NULL && given.count < ARRAY_SIZE(items))
        items[given.count++] = strsep(&rest, ",");
    return set_list(config, key, &given, ret_error);
}

enum error_code value_set(struct config *config, const struct key *key, const struct given *given,
                          struct error *ret_error)
{
    if (!given->sequence)
        return value_set_text(config, key, given->where, given->items[0], ret_error);
    if (is_list(key))
        return set_list(config, key, given, ret_error);
    return error_set(ret_error, ERROR_INVALID, key->info.name, "%s: %s takes one value, not a list",
                     given->where, key->info.name);
}

enum error_code value_set_text(struct config *config, const struct key *key, const char *where,
                               const char *text, struct error *ret_error)
{
    if (is_list(key))
        return set_split_list(config, key, where, text, ret_error);
    switch (scalar_set(key, text, member(config, key))) {
    case ERROR_NONE:
        return ERROR_NONE;
    case ERROR_MEMORY:
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    default:
        return refuse(key, where, text, ret_error);
    }
}

void value_clear(struct config *config, const struct key *key)
{
    char **text = member(config, key);
    switch (key->type) {
    case VALUE_STRING:
    case VALUE_PATH:
        free(*text);
        *text = NULL;
        break;
    case VALUE_ORIGINS:
    case VALUE_NETWORKS:
        list_free(member(config, key));
        break;
    default:
        memset(member(config, key), 0, value_size(key));
        break;
    }
}

static bool list_equal(const struct config_list *a, const struct config_list *b)
{
    bool equal = a->count == b->count;
    for (size_t i = 0; equal && i < a->count; i++)
        equal = strcmp(a->items[i], b->items[i]) == 0;
    return equal;
}

bool value_equal(const struct config *a, const struct config *b, const struct key *key)
{
    const void *left = value_member(a, key), *right = value_member(b, key);
    switch (key->type) {
    case VALUE_STRING:
    case VALUE_PATH:
        return strcmp(*(char *const *)left, *(char *const *)right) == 0;
    case VALUE_ORIGINS:
    case VALUE_NETWORKS:
        return list_equal(left, right);
    default:
        return memcmp(left, right, value_size(key)) == 0;
    }
}

void value_swap(struct config *a, struct config *b, const struct key *key)
{
    unsigned char kept[sizeof(struct config_list)];
    size_t size = value_size(key);
    memcpy(kept, member(a, key), size);
    memcpy(member(a, key), member(b, key), size);
    memcpy(member(b, key), kept, size);
}
