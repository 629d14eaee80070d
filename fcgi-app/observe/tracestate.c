/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The grammar of tracestate (W3C Trace Context, sections 3.3.1.1 to 3.3.1.3).
 */
#include "observe/tracestate.h"

#include <string.h>

#include "base/text.h"

#define LETTERS     "abcdefghijklmnopqrstuvwxyz"
#define DIGITS      "0123456789"
#define KEY_MARKS   "_-*/"
#define WHITE_SPACE " \t"

#define KEY_SIZE_MAX    256
#define TENANT_SIZE_MAX 241 /* before the @ of a key for several tenants */
#define SYSTEM_SIZE_MAX 14  /* behind it */
#define VALUE_SIZE_MAX  256

/* The members of a list, in order; each is `key=value` with its key's size. */
struct members {
    struct text items[TRACESTATE_MEMBERS_MAX];
    size_t key_sizes[TRACESTATE_MEMBERS_MAX];
    size_t count;
};

static bool is_among(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_name(struct text name, const char *first, size_t max)
{
    if (name.size == 0 || name.size > max || !is_among(name.data[0], first))
        return false;
    for (size_t i = 1; i < name.size; i++)
        if (!is_among(name.data[i], LETTERS DIGITS KEY_MARKS))
            return false;
    return true;
}

static bool is_key(struct text key)
{
    const char *at = memchr(key.data, '@', key.size);
    if (at == NULL)
        return is_name(key, LETTERS, KEY_SIZE_MAX);
    struct text tenant = {key.data, (size_t)(at - key.data)};
    struct text system = {at + 1, key.size - tenant.size - 1};
    return is_name(tenant, LETTERS DIGITS, TENANT_SIZE_MAX) &&
           is_name(system, LETTERS, SYSTEM_SIZE_MAX);
}

/* Its last character is no space: that would have been trimmed. */
static bool is_value(struct text value)
{
    if (value.size == 0 || value.size > VALUE_SIZE_MAX)
        return false;
    for (size_t i = 0; i < value.size; i++)
        if (value.data[i] < 0x20 || value.data[i] > 0x7e || value.data[i] == '=')
            return false;
    return true;
}

static struct text trim(struct text part)
{
    while (part.size > 0 && is_among(part.data[0], WHITE_SPACE)) {
        part.data++;
        part.size--;
    }
    while (part.size > 0 && is_among(part.data[part.size - 1], WHITE_SPACE))
        part.size--;
    return part;
}

static bool is_known(const struct members *members, struct text member, size_t key_size)
{
    for (size_t i = 0; i < members->count; i++)
        if (members->key_sizes[i] == key_size &&
            memcmp(members->items[i].data, member.data, key_size) == 0)
            return true;
    return false;
}

static bool take_member(struct members *members, struct text member, size_t *seen)
{
    if (member.size == 0)
        return true;
    const char *equals = memchr(member.data, '=', member.size);
    if (equals == NULL || ++*seen > TRACESTATE_MEMBERS_MAX)
        return false;
    struct text key = {member.data, (size_t)(equals - member.data)};
    struct text value = {equals + 1, member.size - key.size - 1};
    if (!is_key(key) || !is_value(value))
        return false;
    if (is_known(members, member, key.size))
        return true;
    members->items[members->count] = member;
    members->key_sizes[members->count++] = key.size;
    return true;
}

static size_t write_members(const struct members *members, char *text)
{
    size_t size = 0;
    for (size_t i = 0; i < members->count; i++) {
        struct text member = members->items[i];
        size_t comma = i > 0 ? 1 : 0;
        if (size + comma + member.size > TRACESTATE_SIZE_MAX)
            break;
        memcpy(text + size, ",", comma);
        memcpy(text + size + comma, member.data, member.size);
        size += comma + member.size;
    }
    text[size] = '\0';
    return size;
}

size_t tracestate_read(const char *header, char ret_text[static TRACESTATE_SIZE_MAX + 1])
{
    struct members members = {.count = 0};
    size_t seen = 0;
    ret_text[0] = '\0';
    for (const char *at = header; at != NULL;) {
        size_t size = strcspn(at, ",");
        if (!take_member(&members, trim((struct text){at, size}), &seen))
            return 0;
        at = at[size] == ',' ? at + size + 1 : NULL;
    }
    return write_members(&members, ret_text);
}
