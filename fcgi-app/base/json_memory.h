/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading JSON with Jansson when memory may be short.
 *
 * Jansson 2.14 does not look whether there was memory for the token that it reads: when there was
 * none it takes some texts for malformed, loses a part of others without a word, and reads and
 * writes beyond its buffers. So here a parse ends at once at the first allocation that fails.
 */
#ifndef BASE_JSON_MEMORY_H
#define BASE_JSON_MEMORY_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* Puts itself between Jansson and malloc. At the start of the program, before anything uses Jansson
 * and before there are threads; without it the functions below are those of Jansson. What Jansson
 * allocates may not be given to free() then. */
void json_memory_init(void);

/* As json_loadb and json_loadf. NULL with *ret_short: there was no memory, *ret_error says nothing.
 * Thread-safe. */
json_t *json_memory_load(const char *data, size_t size, size_t flags, json_error_t *ret_error,
                         bool *ret_short);
json_t *json_memory_load_file(FILE *file, size_t flags, json_error_t *ret_error, bool *ret_short);

#endif
