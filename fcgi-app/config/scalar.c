/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * How the text of a single value becomes a number, a mode, a choice or an owned string.
 */
#include <string.h>

#include "base/utf8.h"
#include "config/values.h"

char *text_copy(const char *text, size_t size)
{
    char *copy = malloc(size + 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

/* Digits only, no leading zero, at most max. Stores where it ended. */
static bool parse_number(const char *text, uint64_t max, uint64_t *ret_number, const char **ret_end)
{
    uint64_t number = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || (text[0] == '0' && digits > 1))
        return false;
    for (size_t i = 0; i < digits; i++) {
        number = number * 10 + (uint64_t)(text[i] - '0');
        if (number > max)
            return false;
    }
    *ret_number = number;
    *ret_end = text + digits;
    return true;
}

static enum error_code set_integer(const struct key *key, const char *text, void *ret_member)
{
    uint64_t number;
    const char *end;
    if (!parse_number(text, key->max, &number, &end) || *end != '\0' || number < key->min)
        return ERROR_INVALID;
    *(unsigned *)ret_member = (unsigned)number;
    return ERROR_NONE;
}

static const struct {
    const char *suffix;
    unsigned shift;
} size_units[] = {{"", 0}, {"K", 10}, {"KiB", 10}, {"M", 20}, {"MiB", 20}, {"G", 30}, {"GiB", 30}};

static enum error_code set_size(const struct key *key, const char *text, void *ret_member)
{
    uint64_t number;
    const char *end;
    if (!parse_number(text, key->max, &number, &end))
        return ERROR_INVALID;
    for (size_t i = 0; i < ARRAY_SIZE(size_units); i++) {
        if (strcmp(end, size_units[i].suffix) != 0)
            continue;
        uint64_t bytes = number << size_units[i].shift; /* max is far below what would overflow */
        if (bytes < key->min || bytes > key->max)
            return ERROR_INVALID;
        *(uint64_t *)ret_member = bytes;
        return ERROR_NONE;
    }
    return ERROR_INVALID;
}

static enum error_code set_mode(const struct key *key, const char *text, void *ret_member)
{
    size_t digits = strspn(text, "01234567");
    if (digits < 3 || digits > 4 || text[digits] != '\0')
        return ERROR_INVALID;
    unsigned long mode = strtoul(text, NULL, 8);
    if (mode > key->max)
        return ERROR_INVALID;
    *(unsigned *)ret_member = (unsigned)mode;
    return ERROR_NONE;
}

static enum error_code set_choice(const struct key *key, const char *text, void *ret_member)
{
    for (int i = 0; key->choices[i] != NULL; i++) {
        if (strcmp(text, key->choices[i]) != 0)
            continue;
        *(int *)ret_member = i;
        return ERROR_NONE;
    }
    return ERROR_INVALID;
}

static bool is_printable(const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        uint32_t code_point;
        at += utf8_decode(text + at, size - at, &code_point);
        if (code_point == UTF8_INVALID || utf8_is_control(code_point))
            return false;
    }
    return true;
}

static enum error_code set_text(const struct key *key, const char *text, void *ret_member)
{
    size_t size = strlen(text);
    if (size < key->min || size > key->max || !is_printable(text, size))
        return ERROR_INVALID;
    char *copy = text_copy(text, size);
    if (copy == NULL)
        return ERROR_MEMORY;
    char **place = ret_member;
    free(*place);
    *place = copy;
    return ERROR_NONE;
}

typedef enum error_code (*setter)(const struct key *, const char *, void *);

static const setter setters[VALUE_TYPE_COUNT] = {
    [VALUE_STRING] = set_text, [VALUE_PATH] = set_text, [VALUE_INTEGER] = set_integer,
    [VALUE_SIZE] = set_size,   [VALUE_MODE] = set_mode, [VALUE_CHOICE] = set_choice,
};

enum error_code scalar_set(const struct key *key, const char *text, void *ret_member)
{
    return setters[key->type](key, text, ret_member);
}
