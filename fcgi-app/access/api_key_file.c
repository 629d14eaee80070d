/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading the file of keys, and replacing it. Two commands at once take turns by a lock on the
 * folder, which leaves no file behind.
 */
#include "config.h"

#include "access/api_key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/random.h"

#define PATH_SIZE   4352
#define READ_SIZE   ((size_t)4096)
#define FILE_MODE   0640 /* of a new file */
#define RANDOM_SIZE 32

static enum error_code failed(const char *path, const char *what, struct error *ret_error)
{
    return error_set(ret_error, ERROR_INVALID, NULL, "%s: cannot be %s: %s", path, what,
                     strerror(errno));
}

static enum error_code read_all(int fd, const char *path, struct buf *ret_text,
                                struct error *ret_error)
{
    for (;;) {
        char *place = buf_reserve(ret_text, READ_SIZE);
        if (place == NULL)
            return error_set(ret_error, ERROR_MEMORY, NULL, "not enough memory for %s", path);
        ssize_t got = read(fd, place, READ_SIZE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed(path, "read", ret_error);
        if (got == 0)
            return ERROR_NONE;
        ret_text->size += (size_t)got;
        if (ret_text->size > API_KEYS_FILE_MAX)
            return error_set(ret_error, ERROR_INVALID, NULL, "%s: longer than %zu bytes", path,
                             API_KEYS_FILE_MAX);
    }
}

enum error_code api_key_file_text(const char *path, struct buf *ret_text, struct error *ret_error)
{
    struct stat status;
    int fd CLEANUP_CLOSE = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT)
        return ERROR_NOT_FOUND;
    if (fd < 0 || fstat(fd, &status) != 0)
        return failed(path, "read", ret_error);
    if (!S_ISREG(status.st_mode))
        return error_set(ret_error, ERROR_INVALID, NULL, "%s: is not a file", path);
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return error_set(ret_error, ERROR_INVALID, NULL,
                         "%s: others than its owner may write it, and so make keys; chmod go-w",
                         path);
    return read_all(fd, path, ret_text, ret_error);
}

enum error_code api_keys_read(const char *path, struct api_keys *ret_keys, struct error *ret_error)
{
    struct buf text CLEANUP_BUF = {0};
    enum error_code code = api_key_file_text(path, &text, ret_error);
    if (code == ERROR_NOT_FOUND)
        return error_set(ret_error, ERROR_INVALID, NULL,
                         "%s: there is no such file; `todo-app key new NAME` makes it", path);
    if (code != ERROR_NONE)
        return code;
    return api_keys_parse(path, text.data, text.size, ret_keys, ret_error);
}

/* --- Replacing -------------------------------------------------------------------------------- */

static enum error_code folder_of(const char *path, char out[static PATH_SIZE],
                                 struct error *ret_error)
{
    char copy[PATH_SIZE];
    if (snprintf(copy, sizeof(copy), "%s", path) >= (int)sizeof(copy))
        return error_set(ret_error, ERROR_INVALID, NULL, "the path of the keys is too long");
    snprintf(out, PATH_SIZE, "%s", dirname(copy));
    return ERROR_NONE;
}

static enum error_code lock_folder(const char *path, int *ret_fd, struct error *ret_error)
{
    char folder[PATH_SIZE];
    enum error_code code = folder_of(path, folder, ret_error);
    if (code != ERROR_NONE)
        return code;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return failed(folder, "opened", ret_error);
    while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
        ;
    *ret_fd = fd;
    return ERROR_NONE;
}

/* A file keeps who owns it and who may read it; a new one belongs to whom its folder belongs. */
static bool keep_owner(const char *path, int folder_fd, int fd)
{
    struct stat status;
    mode_t mode = FILE_MODE;
    if (stat(path, &status) == 0)
        mode = status.st_mode & (S_IRWXU | S_IRGRP | S_IROTH);
    else if (fstat(folder_fd, &status) != 0)
        return false;
    if (geteuid() == 0 && fchown(fd, status.st_uid, status.st_gid) != 0)
        return false;
    return fchmod(fd, mode) == 0;
}

static bool write_all(int fd, const struct buf *text)
{
    size_t done = 0;
    while (done < text->size) {
        ssize_t written = write(fd, text->data + done, text->size - done);
        if (written < 0 && errno != EINTR)
            return false;
        done += written > 0 ? (size_t)written : 0;
    }
    return fsync(fd) == 0;
}

static enum error_code replace(const char *path, int folder_fd, const struct buf *text,
                               struct error *ret_error)
{
    char temporary[PATH_SIZE];
    if (text->failed)
        return error_set(ret_error, ERROR_MEMORY, NULL, "not enough memory for %s", path);
    if (snprintf(temporary, sizeof(temporary), "%s.tmp-XXXXXX", path) >= (int)sizeof(temporary))
        return error_set(ret_error, ERROR_INVALID, NULL, "the path of the keys is too long");
    int fd CLEANUP_CLOSE = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return failed(path, "written", ret_error);
    if (keep_owner(path, folder_fd, fd) && write_all(fd, text) && rename(temporary, path) == 0 &&
        fsync(folder_fd) == 0)
        return ERROR_NONE;
    failed(path, "written", ret_error);
    unlink(temporary);
    return ERROR_INVALID;
}

/* The file as it is: its text, and its keys, which are all in order. A missing one is empty. */
static enum error_code read_present(const char *path, struct buf *ret_text,
                                    struct api_keys *ret_keys, struct error *ret_error)
{
    enum error_code code = api_key_file_text(path, ret_text, ret_error);
    if (code == ERROR_NOT_FOUND)
        return ERROR_NONE;
    if (code == ERROR_NONE)
        code = api_keys_parse(path, ret_text->data, ret_text->size, ret_keys, ret_error);
    return code;
}

static bool has_id(const struct api_keys *keys, const char *id)
{
    for (size_t i = 0; i < keys->count; i++)
        if (strcmp(keys->keys[i].id, id) == 0)
            return true;
    return false;
}

static enum error_code make_key(const struct api_keys *keys, struct api_key *key, struct buf *text,
                                struct error *ret_error)
{
    uint8_t bytes[RANDOM_SIZE];
    do {
        random_bytes(bytes, API_KEY_ID_SIZE / 2);
        hex_encode(bytes, API_KEY_ID_SIZE / 2, key->id);
    } while (has_id(keys, key->id));
    random_bytes(bytes, sizeof(bytes));
    buf_append_string(text, API_KEY_PREFIX);
    base64url_append(text, bytes, sizeof(bytes));
    explicit_bzero(bytes, sizeof(bytes));
    if (text->failed)
        return error_set(ret_error, ERROR_MEMORY, NULL, "not enough memory for a key");
    api_key_hash(text->data, text->size, key->hash);
    return ERROR_NONE;
}

static void append_key(struct buf *out, const struct api_key *key)
{
    char created[INSTANT_TEXT_SIZE];
    char hash[2 * SHA256_SIZE + 1];
    instant_format(key->created, created);
    hex_encode(key->hash, sizeof(key->hash), hash);
    if (out->size > 0 && out->data[out->size - 1] != '\n')
        buf_append_char(out, '\n');
    buf_printf(out, "%s %s ", key->id, key->name);
    api_scopes_append(out, key->scopes);
    buf_printf(out, " %s %s\n", created, hash);
}

static void close_text(struct buf *text)
{
    if (text->data != NULL)
        explicit_bzero(text->data, text->capacity);
    buf_close(text);
}

enum error_code api_key_file_add(const char *path, const char *name, unsigned scopes, int64_t now,
                                 struct api_key *ret_key, char ret_text[static API_KEY_SIZE + 1],
                                 struct error *ret_error)
{
    struct api_keys keys CLEANUP(api_keys_close) = {.count = 0};
    struct buf file CLEANUP_BUF = {0};
    struct buf text CLEANUP(close_text) = {0};
    struct api_key key = {.scopes = scopes, .created = now};
    int folder CLEANUP_CLOSE = -1;
    if (!api_key_name_valid(name, strlen(name)))
        return error_set(ret_error, ERROR_INVALID, NULL,
                         "the name of a key is 1 to %d letters, digits and . _ - @",
                         API_KEY_NAME_MAX);
    memcpy(key.name, name, strlen(name));
    enum error_code code = lock_folder(path, &folder, ret_error);
    if (code == ERROR_NONE)
        code = read_present(path, &file, &keys, ret_error);
    if (code == ERROR_NONE && keys.count == API_KEYS_MAX)
        code = error_set(ret_error, ERROR_INVALID, NULL, "%s: has %d keys already", path,
                         API_KEYS_MAX);
    if (code == ERROR_NONE)
        code = make_key(&keys, &key, &text, ret_error);
    if (code != ERROR_NONE)
        return code;
    append_key(&file, &key);
    code = replace(path, folder, &file, ret_error);
    if (code != ERROR_NONE)
        return code;
    *ret_key = key;
    memcpy(ret_text, text.data, API_KEY_SIZE);
    ret_text[API_KEY_SIZE] = '\0';
    return ERROR_NONE;
}

/* Copies all lines but the one that begins with the id, blanks before it aside. */
static void copy_without(struct buf *out, const struct buf *text, const char *id)
{
    for (const char *line = text->data, *end = line + text->size; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *next = newline != NULL ? newline + 1 : end;
        const char *word = line;
        while (word < next && (*word == ' ' || *word == '\t'))
            word++;
        if ((size_t)(next - word) < API_KEY_ID_SIZE || memcmp(word, id, API_KEY_ID_SIZE) != 0)
            buf_append(out, line, (size_t)(next - line));
        line = next;
    }
}

enum error_code api_key_file_revoke(const char *path, const char *id, struct api_key *ret_key,
                                    struct error *ret_error)
{
    struct api_keys keys CLEANUP(api_keys_close) = {.count = 0};
    struct buf file CLEANUP_BUF = {0};
    struct buf rest CLEANUP_BUF = {0};
    int folder CLEANUP_CLOSE = -1;
    size_t place = 0;
    enum error_code code = lock_folder(path, &folder, ret_error);
    if (code == ERROR_NONE)
        code = read_present(path, &file, &keys, ret_error);
    if (code != ERROR_NONE)
        return code;
    while (place < keys.count && strcmp(keys.keys[place].id, id) != 0)
        place++;
    if (place == keys.count)
        return error_set(ret_error, ERROR_NOT_FOUND, NULL, "%s: has no key with this id", path);
    copy_without(&rest, &file, id);
    code = replace(path, folder, &rest, ret_error);
    if (code == ERROR_NONE)
        *ret_key = keys.keys[place];
    return code;
}
