/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The table of keys in memory: read from its file, searched by hash.
 */
#include "access/api_keys.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"

#define BLANKS    " \t\r"
#define SLOTS_MIN 16

enum field { FIELD_ID, FIELD_NAME, FIELD_SCOPES, FIELD_CREATED, FIELD_HASH, FIELD_COUNT };

static const char *const scope_names[] = {"read", "write", "admin"};

const char *api_scope_name(enum api_scope scope)
{
    size_t i = 0;
    while (i + 1 < ARRAY_SIZE(scope_names) && (1U << i) != (unsigned)scope)
        i++;
    return scope_names[i];
}

static unsigned scope_of(const char *text, size_t size)
{
    for (size_t i = 0; i < ARRAY_SIZE(scope_names); i++)
        if (strlen(scope_names[i]) == size && memcmp(scope_names[i], text, size) == 0)
            return 1U << i;
    return 0;
}

bool api_scopes_parse(const char *text, size_t size, unsigned *ret_scopes)
{
    unsigned scopes = 0;
    for (const char *end = text + size;;) {
        const char *comma = memchr(text, ',', (size_t)(end - text));
        size_t length = (size_t)((comma != NULL ? comma : end) - text);
        unsigned scope = scope_of(text, length);
        if (scope == 0 || (scopes & scope) != 0)
            return false;
        scopes |= scope;
        if (comma == NULL)
            break;
        text = comma + 1;
    }
    *ret_scopes = scopes;
    return true;
}

void api_scopes_append(struct buf *out, unsigned scopes)
{
    const char *separator = "";
    for (size_t i = 0; i < ARRAY_SIZE(scope_names); i++) {
        if ((scopes >> i & 1) == 0)
            continue;
        buf_append_string(out, separator);
        buf_append_string(out, scope_names[i]);
        separator = ",";
    }
}

bool api_key_name_valid(const char *name, size_t size)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@";
    if (size == 0 || size > API_KEY_NAME_MAX)
        return false;
    for (size_t i = 0; i < size; i++)
        if (memchr(allowed, name[i], sizeof(allowed) - 1) == NULL)
            return false;
    return true;
}

void api_key_hash(const char *text, size_t size, uint8_t out[static SHA256_SIZE])
{
    struct sha256 sha;
    sha256_init(&sha);
    sha256_update(&sha, text, size);
    sha256_final(&sha, out);
}

/* --- One line --------------------------------------------------------------------------------- */

static size_t split(const char *line, size_t size, struct text fields[static FIELD_COUNT])
{
    const char *end = line + size;
    size_t count = 0;
    while (line < end) {
        if (memchr(BLANKS, *line, sizeof(BLANKS) - 1) != NULL) {
            line++;
            continue;
        }
        const char *start = line;
        while (line < end && memchr(BLANKS, *line, sizeof(BLANKS) - 1) == NULL)
            line++;
        if (count < FIELD_COUNT)
            fields[count] = (struct text){start, (size_t)(line - start)};
        count++;
    }
    return count;
}

static bool id_valid(const struct text *id)
{
    uint8_t bytes[API_KEY_ID_SIZE / 2];
    return hex_decode(id->data, id->size, bytes, sizeof(bytes));
}

/* NULL: the line is in order; else what is not. */
static const char *read_key(const struct text fields[static FIELD_COUNT], size_t count,
                            struct api_key *ret_key)
{
    struct api_key key = {.id = ""};
    if (count != FIELD_COUNT)
        return "a line has id, name, scopes, time and hash";
    if (!id_valid(&fields[FIELD_ID]))
        return "the id must be 8 hexadecimal digits";
    if (!api_key_name_valid(fields[FIELD_NAME].data, fields[FIELD_NAME].size))
        return "the name must be 1 to 64 letters, digits and . _ - @";
    if (!api_scopes_parse(fields[FIELD_SCOPES].data, fields[FIELD_SCOPES].size, &key.scopes))
        return "the scopes must be of read, write and admin, separated by commas";
    if (!instant_parse(fields[FIELD_CREATED].data, fields[FIELD_CREATED].size, &key.created))
        return "the time must be such as 2026-01-02T10:11:12.123Z";
    if (!hex_decode(fields[FIELD_HASH].data, fields[FIELD_HASH].size, key.hash, sizeof(key.hash)))
        return "the hash must be 64 hexadecimal digits";
    memcpy(key.id, fields[FIELD_ID].data, API_KEY_ID_SIZE);
    memcpy(key.name, fields[FIELD_NAME].data, fields[FIELD_NAME].size);
    *ret_key = key;
    return NULL;
}

/* --- The table -------------------------------------------------------------------------------- */

/* What differs is collected to the end: the time tells nothing of where. */
static bool hash_equal(const uint8_t *a, const uint8_t *b)
{
    unsigned difference = 0;
    for (size_t i = 0; i < SHA256_SIZE; i++)
        difference |= (unsigned)(a[i] ^ b[i]);
    return difference == 0;
}

static size_t first_slot(const struct api_keys *keys, const uint8_t *hash)
{
    uint32_t start;
    memcpy(&start, hash, sizeof(start));
    return start & keys->slot_mask;
}

static const struct api_key *find_hash(const struct api_keys *keys, const uint8_t *hash)
{
    if (keys->count == 0)
        return NULL;
    for (size_t slot = first_slot(keys, hash); keys->slots[slot] != 0;
         slot = (slot + 1) & keys->slot_mask)
        if (hash_equal(keys->keys[keys->slots[slot] - 1].hash, hash))
            return &keys->keys[keys->slots[slot] - 1];
    return NULL;
}

const struct api_key *api_keys_find(const struct api_keys *keys, const char *text, size_t size)
{
    uint8_t hash[SHA256_SIZE];
    if (size != API_KEY_SIZE || memcmp(text, API_KEY_PREFIX, sizeof(API_KEY_PREFIX) - 1) != 0)
        return NULL;
    api_key_hash(text, size, hash);
    return find_hash(keys, hash);
}

void api_keys_close(struct api_keys *keys)
{
    free(keys->keys);
    free(keys->slots);
    *keys = (struct api_keys){.count = 0};
}

/* Room for as many keys as the text has lines, and twice as many slots. */
static bool make_room(struct api_keys *keys, const char *text, size_t size)
{
    size_t lines = 1;
    size_t slots = SLOTS_MIN;
    for (size_t i = 0; i < size; i++)
        lines += text[i] == '\n';
    if (lines > API_KEYS_MAX)
        lines = API_KEYS_MAX;
    while (slots < 2 * lines)
        slots *= 2;
    keys->keys = calloc(lines, sizeof(keys->keys[0]));
    keys->slots = calloc(slots, sizeof(keys->slots[0]));
    keys->slot_mask = slots - 1;
    return keys->keys != NULL && keys->slots != NULL;
}

static const char *add(struct api_keys *keys, const struct api_key *key)
{
    if (keys->count == API_KEYS_MAX)
        return "there are more than 4096 keys";
    for (size_t i = 0; i < keys->count; i++)
        if (memcmp(keys->keys[i].id, key->id, API_KEY_ID_SIZE) == 0)
            return "the id is there already";
    if (find_hash(keys, key->hash) != NULL)
        return "the hash is there already";
    size_t slot = first_slot(keys, key->hash);
    while (keys->slots[slot] != 0)
        slot = (slot + 1) & keys->slot_mask;
    keys->keys[keys->count++] = *key;
    keys->slots[slot] = (uint16_t)keys->count;
    return NULL;
}

static const char *take_line(struct api_keys *keys, const char *line, size_t size)
{
    struct text fields[FIELD_COUNT];
    struct api_key key;
    size_t count = split(line, size, fields);
    if (count == 0 || fields[0].data[0] == '#')
        return NULL;
    const char *fault = read_key(fields, count, &key);
    return fault != NULL ? fault : add(keys, &key);
}

enum error_code api_keys_parse(const char *path, const char *text, size_t size,
                               struct api_keys *ret_keys, struct error *ret_error)
{
    struct api_keys keys CLEANUP(api_keys_close) = {.count = 0};
    size_t number = 1;
    if (!make_room(&keys, text, size))
        return error_set(ret_error, ERROR_MEMORY, NULL, "not enough memory for the API keys");
    for (const char *end = text + size; text < end; number++) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        const char *next = newline != NULL ? newline + 1 : end;
        const char *fault =
            take_line(&keys, text, (size_t)((newline != NULL ? newline : end) - text));
        if (fault != NULL)
            return error_set(ret_error, ERROR_INVALID, NULL, "%s:%zu: %s", path, number, fault);
        text = next;
    }
    *ret_keys = keys;
    keys = (struct api_keys){.count = 0};
    return ERROR_NONE;
}
