/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The table of configuration keys, for the other files of this folder.
 */
#ifndef CONFIG_KEYS_H
#define CONFIG_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "config/config.h"

#define CONFIG_KEY_COUNT 33

enum value_type {
    VALUE_STRING,
    VALUE_PATH,
    VALUE_INTEGER,
    VALUE_SIZE, /* bytes, with or without K, M, G, KiB, MiB, GiB */
    VALUE_MODE, /* permission bits in octal */
    VALUE_CHOICE,
    VALUE_ORIGINS,  /* a list */
    VALUE_NETWORKS, /* a list */
    VALUE_TYPE_COUNT
};

struct key {
    struct config_key_info info;
    enum value_type type;
    size_t offset;     /* of the member in struct config */
    uint64_t min, max; /* of the number, or of the bytes of a text, or of the list's items */
    const char *const *choices; /* NULL-terminated; the value is the index */
    bool secret;                /* never shown: not by --print-config, not in an error */
};

extern const struct key config_keys[CONFIG_KEY_COUNT];

/* The key of exactly this name; NULL if there is none. */
const struct key *key_find(const char *name);

/* The name that a misspelt one was probably meant to be; NULL if none is near. */
const char *key_nearest(const char *name);

#endif
