/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The file of keys: reading it whole, and the changes that the command `key` makes. A change
 * replaces the file at once and keeps its owner, mode and comments; a running service sees it when
 * it is told to read its configuration again.
 */
#ifndef ACCESS_API_KEY_FILE_H
#define ACCESS_API_KEY_FILE_H

#include "access/api_keys.h"

/* Makes a key, adds it to the file (which may be missing: it is made) and gives its text, the only
 * time that it can be seen. now: milliseconds since 1970. ERROR_INVALID: the file has faults,
 * cannot be written, or is full. */
enum error_code api_key_file_add(const char *path, const char *name, unsigned scopes, int64_t now,
                                 struct api_key *ret_key, char ret_text[static API_KEY_SIZE + 1],
                                 struct error *ret_error);

/* Takes the key of this id out. ERROR_NOT_FOUND: there is none. */
enum error_code api_key_file_revoke(const char *path, const char *id, struct api_key *ret_key,
                                    struct error *ret_error);

/* The whole text of the file, after the checks of api_keys_read. ERROR_NOT_FOUND without a message:
 * there is no such file. */
enum error_code api_key_file_text(const char *path, struct buf *ret_text, struct error *ret_error);

#endif
