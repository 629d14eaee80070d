/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The configuration as text: --print-config, and the lines about keys in --help.
 */
#include <string.h>

#include "base/utf8.h"
#include "config/values.h"

/* Double-quoted YAML in ASCII, so that no character has a meaning of its own. */
static void print_quoted(struct buf *out, const char *text)
{
    size_t size = strlen(text);
    buf_append_char(out, '"');
    for (size_t at = 0; at < size;) {
        uint32_t code_point;
        at += utf8_decode(text + at, size - at, &code_point);
        if (code_point == '"' || code_point == '\\')
            buf_append_char(out, '\\');
        if (code_point < 0x80)
            buf_append_char(out, (char)code_point);
        else
            buf_printf(out, "\\U%08X", (unsigned)code_point);
    }
    buf_append_char(out, '"');
}

/* In the largest unit that keeps it exact. */
static void print_size(struct buf *out, uint64_t bytes)
{
    static const char *const units[] = {"", "KiB", "MiB", "GiB"};
    size_t unit = 0;
    while (unit + 1 < ARRAY_SIZE(units) && bytes % 1024 == 0) {
        bytes /= 1024;
        unit++;
    }
    buf_append_int(out, (int64_t)bytes);
    buf_append_string(out, units[unit]);
}

static void print_list(struct buf *out, const struct config_list *list)
{
    if (list->count == 0)
        buf_append_string(out, "[]");
    for (size_t i = 0; i < list->count; i++) {
        buf_append_string(out, "\n  - ");
        print_quoted(out, list->items[i]);
    }
}

static void print_value(struct buf *out, const struct key *key, const void *member)
{
    switch (key->type) {
    case VALUE_INTEGER:
        buf_append_int(out, *(const unsigned *)member);
        break;
    case VALUE_SIZE:
        print_size(out, *(const uint64_t *)member);
        break;
    case VALUE_MODE:
        buf_printf(out, "\"%04o\"", *(const unsigned *)member);
        break;
    case VALUE_CHOICE:
        buf_append_string(out, key->choices[*(const int *)member]);
        break;
    case VALUE_ORIGINS:
    case VALUE_NETWORKS:
        print_list(out, member);
        break;
    default:
        print_quoted(out, *(char *const *)member);
        break;
    }
}

void config_print(const struct config *config, struct buf *out)
{
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++) {
        const struct key *key = &config_keys[i];
        buf_printf(out, "# %s\n%s: ", key->info.help, key->info.name);
        if (key->secret)
            buf_append_string(out, "\"***\"");
        else
            print_value(out, key, value_member(config, key));
        buf_append_char(out, '\n');
    }
}
