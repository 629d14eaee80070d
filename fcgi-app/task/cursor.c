/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The cursor of a list as bytes: a version, a digest of the query, the key values of the last row,
 * a check sum; as text base64url of them. What the rows after it are is the store's SQL.
 */
#include "task/cursor.h"

#include <string.h>

#include "base/digest.h"
#include "base/utf8.h"

#define CURSOR_VERSION  1
#define DIGEST_SIZE     8
#define CHECK_SUM_SIZE  4
#define INTEGER_SIZE    8
#define TEXT_LENGTH_MAX (TASK_DESCRIPTION_MAX * 4) /* a code point has at most four bytes */

/* The longest cursor: every key, with the longest description. */
#define CURSOR_SIZE_MAX                                                                            \
    (1 + DIGEST_SIZE + TASK_SORT_KEY_COUNT * INTEGER_SIZE + TEXT_LENGTH_MAX + CHECK_SUM_SIZE)
#define CURSOR_TEXT_MAX ((CURSOR_SIZE_MAX + 2) / 3 * 4)

static void put_integer(uint8_t out[static INTEGER_SIZE], int64_t number)
{
    for (int i = 0; i < INTEGER_SIZE; i++)
        out[i] = (uint8_t)((uint64_t)number >> (8 * (INTEGER_SIZE - 1 - i)));
}

static int64_t get_integer(const uint8_t in[static INTEGER_SIZE])
{
    uint64_t number = 0;
    for (int i = 0; i < INTEGER_SIZE; i++)
        number = number << 8 | in[i];
    return (int64_t)number;
}

static void check_sum(const void *data, size_t size, uint8_t out[static SHA256_SIZE])
{
    struct sha256 sha;
    sha256_init(&sha);
    sha256_update(&sha, data, size);
    sha256_final(&sha, out);
}

/* Everything that decides which rows there are and in which order. The due view goes in by its
 * name, and today only where the client gave it: a list may be read on past midnight. */
static void query_digest(const struct task_query *query, uint8_t out[static SHA256_SIZE])
{
    const int64_t values[] = {
        query->completed,
        query->archived,
        query->priorities,
        query->categories,
        query->due,
        query->due_after,
        query->due_before,
        query->has_parent,
        query->parent_id,
        query->recurring,
        query->blocked,
        query->view,
        query->today_given ? query->today : DATE_NONE,
        (int64_t)query->search.size,
    };
    uint8_t bytes[INTEGER_SIZE];
    struct sha256 sha;
    sha256_init(&sha);
    for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
        put_integer(bytes, values[i]);
        sha256_update(&sha, bytes, sizeof(bytes));
    }
    sha256_update(&sha, query->search.data, query->search.size);
    for (size_t i = 0; i < query->sort_count; i++) {
        put_integer(bytes, 2 * (int64_t)query->sort[i].key + query->sort[i].descending);
        sha256_update(&sha, bytes, sizeof(bytes));
    }
    sha256_final(&sha, out);
}

static void append_integer(struct buf *out, int64_t number)
{
    uint8_t bytes[INTEGER_SIZE];
    put_integer(bytes, number);
    buf_append(out, bytes, sizeof(bytes));
}

/* The folded text runs to the next key, so its length comes first. */
static void append_folded(struct buf *out, struct text text)
{
    CLEANUP_BUF struct buf folded = {0};
    utf8_fold(&folded, text.data, text.size);
    append_integer(out, (int64_t)folded.size);
    buf_append(out, folded.data, folded.size);
    out->failed |= folded.failed;
}

static void append_key(struct buf *out, enum task_sort_key key, const struct task *task)
{
    switch (key) {
    case TASK_SORT_PRIORITY:
        append_integer(out, task->priority);
        break;
    case TASK_SORT_DUE_DATE:
        append_integer(out, task->due_date);
        break;
    case TASK_SORT_CREATED_AT:
        append_integer(out, task->created_at);
        break;
    case TASK_SORT_UPDATED_AT:
        append_integer(out, task->updated_at);
        break;
    case TASK_SORT_DESCRIPTION:
        append_folded(out, task->description);
        break;
    default:
        append_integer(out, task->id);
        break;
    }
}

char *task_cursor_encode(struct arena *arena, const struct task_query *query,
                         const struct task *last)
{
    CLEANUP_BUF struct buf bytes = {0};
    CLEANUP_BUF struct buf text = {0};
    uint8_t digest[SHA256_SIZE];
    query_digest(query, digest);
    buf_append_char(&bytes, CURSOR_VERSION);
    buf_append(&bytes, digest, DIGEST_SIZE);
    for (size_t i = 0; i < query->sort_count; i++)
        append_key(&bytes, query->sort[i].key, last);
    if (bytes.failed)
        return NULL;
    check_sum(bytes.data, bytes.size, digest);
    buf_append(&bytes, digest, CHECK_SUM_SIZE);
    if (bytes.failed)
        return NULL;
    base64url_append(&text, bytes.data, bytes.size);
    return text.failed ? NULL : arena_memdup(arena, text.data, text.size);
}

/* What is left to read of a cursor's keys. */
struct reader {
    const uint8_t *at;
    size_t left;
};

static bool take_integer(struct reader *reader, int64_t min, int64_t max, int64_t *ret_number)
{
    if (reader->left < INTEGER_SIZE)
        return false;
    *ret_number = get_integer(reader->at);
    reader->at += INTEGER_SIZE;
    reader->left -= INTEGER_SIZE;
    return *ret_number >= min && *ret_number <= max;
}

static bool take_folded(struct reader *reader, struct arena *arena, struct text *ret_text)
{
    int64_t size;
    if (!take_integer(reader, 0, TEXT_LENGTH_MAX, &size) || (size_t)size > reader->left)
        return false;
    if (!utf8_valid((const char *)reader->at, (size_t)size))
        return false;
    *ret_text = (struct text){arena_memdup(arena, reader->at, (size_t)size), (size_t)size};
    reader->at += size;
    reader->left -= (size_t)size;
    return ret_text->data != NULL;
}

/* The check sum is no secret: whoever forges one must still give values that a task can have. */
static bool take_key(struct reader *reader, enum task_sort_key key, struct arena *arena,
                     struct task_cursor *cursor)
{
    int64_t number = 0;
    bool taken;
    switch (key) {
    case TASK_SORT_PRIORITY:
        taken = take_integer(reader, TASK_PRIORITY_HIGH, TASK_PRIORITY_END - 1, &number);
        cursor->priority = (enum task_priority)number;
        return taken;
    case TASK_SORT_DUE_DATE:
        taken = take_integer(reader, DATE_MIN, DATE_NONE, &number);
        cursor->due_date = (date_t)number;
        return taken;
    case TASK_SORT_CREATED_AT:
        return take_integer(reader, INT64_MIN, INT64_MAX, &cursor->created_at);
    case TASK_SORT_UPDATED_AT:
        return take_integer(reader, INT64_MIN, INT64_MAX, &cursor->updated_at);
    case TASK_SORT_DESCRIPTION:
        return take_folded(reader, arena, &cursor->description_folded);
    default:
        return take_integer(reader, 1, TASK_ID_MAX, &cursor->id);
    }
}

/* Version, query and check sum; *ret_keys is what lies between. */
static bool open_envelope(const struct task_query *query, const struct buf *bytes,
                          struct reader *ret_keys)
{
    if (bytes->size < 1 + DIGEST_SIZE + CHECK_SUM_SIZE)
        return false;
    uint8_t digest[SHA256_SIZE];
    size_t summed = bytes->size - CHECK_SUM_SIZE;
    check_sum(bytes->data, summed, digest);
    if (memcmp(bytes->data + summed, digest, CHECK_SUM_SIZE) != 0)
        return false;
    if (bytes->data[0] != CURSOR_VERSION)
        return false;
    query_digest(query, digest);
    if (memcmp(bytes->data + 1, digest, DIGEST_SIZE) != 0)
        return false;
    *ret_keys =
        (struct reader){(const uint8_t *)bytes->data + 1 + DIGEST_SIZE, summed - 1 - DIGEST_SIZE};
    return true;
}

bool task_cursor_decode(struct arena *arena, const struct task_query *query, const char *text,
                        struct task_cursor *ret_cursor)
{
    size_t size = strlen(text);
    if (size > CURSOR_TEXT_MAX)
        return false;
    CLEANUP_BUF struct buf bytes = {0};
    struct reader keys;
    if (!base64url_decode(&bytes, text, size) || !open_envelope(query, &bytes, &keys))
        return false;
    struct task_cursor cursor = {0};
    for (size_t i = 0; i < query->sort_count; i++)
        if (!take_key(&keys, query->sort[i].key, arena, &cursor))
            return false;
    if (keys.left > 0)
        return false;
    *ret_cursor = cursor;
    return true;
}
