/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Random bytes from the kernel and identifiers made of them. Thread-safe.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#define UUID_TEXT_SIZE 37 /* with its NUL */

/* Fills data from getrandom(2); cannot fail once the kernel's pool is initialised. */
void random_bytes(void *data, size_t size);

/* A version 4 UUID (RFC 9562 section 5.4), lower case. */
void random_uuid(char out[static UUID_TEXT_SIZE]);

#endif
