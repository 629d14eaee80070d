/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * API keys: what one is, the file of their hashes, and finding the one that a caller presents. The
 * file is changed by api_key_file.h; what a key may do is decided in http/gate.c.
 *
 * A key is API_KEY_PREFIX and 256 random bits in base64url. The file has only its SHA-256: of that
 * much randomness a plain hash tells nothing, and it costs a request less than a microsecond.
 */
#ifndef ACCESS_API_KEYS_H
#define ACCESS_API_KEYS_H

#include "base/buf.h"
#include "base/digest.h"
#include "base/error.h"

#define API_KEY_PREFIX    "todo_"
#define API_KEY_SIZE      48 /* characters: the prefix and 43 of base64url */
#define API_KEY_ID_SIZE   8  /* hexadecimal digits */
#define API_KEY_NAME_MAX  64
#define API_KEYS_MAX      4096
#define API_KEYS_FILE_MAX ((size_t)1024 * 1024) /* bytes */

enum api_scope {
    API_SCOPE_READ = 1 << 0,
    API_SCOPE_WRITE = 1 << 1,
    API_SCOPE_ADMIN = 1 << 2,
};

struct api_key {
    char id[API_KEY_ID_SIZE + 1];
    char name[API_KEY_NAME_MAX + 1]; /* who uses it: the actor of a change */
    unsigned scopes;                 /* of enum api_scope */
    int64_t created;                 /* milliseconds since 1970 */
    uint8_t hash[SHA256_SIZE];
};

/* Read-only once it is made; then any thread may search it. Zeroed: no keys. */
struct api_keys {
    struct api_key *keys; /* in the order of the file */
    size_t count;
    uint16_t *slots; /* open addressing by the hash: place in keys plus 1, 0 for none */
    size_t slot_mask;
};

/* Reads the file: a line for each key, its id, name, scopes (separated by commas), time of creation
 * and hash separated by blanks; empty lines and those that begin with # are comments. A file that
 * others may write is refused: whoever can, could add a key. ERROR_INVALID names file, line and
 * fault; ERROR_MEMORY. *ret_keys is untouched on failure. */
enum error_code api_keys_read(const char *path, struct api_keys *ret_keys, struct error *ret_error);

/* The same of a text; path is for messages. */
enum error_code api_keys_parse(const char *path, const char *text, size_t size,
                               struct api_keys *ret_keys, struct error *ret_error);

void api_keys_close(struct api_keys *keys);

/* The key whose text this is; NULL: none. Takes the same time wherever two hashes differ. */
const struct api_key *api_keys_find(const struct api_keys *keys, const char *text, size_t size);

void api_key_hash(const char *text, size_t size, uint8_t out[static SHA256_SIZE]);

/* 1 to API_KEY_NAME_MAX letters, digits and . _ - @ of ASCII. */
bool api_key_name_valid(const char *name, size_t size);

/* "read,write": each at most once, at least one. */
bool api_scopes_parse(const char *text, size_t size, unsigned *ret_scopes);
void api_scopes_append(struct buf *out, unsigned scopes);

/* The name of one scope; a static string. */
const char *api_scope_name(enum api_scope scope);

#endif
