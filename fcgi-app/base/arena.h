/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A bump allocator: many small objects with one lifetime, released together. Every request owns
 * one.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/cleanup.h"

struct arena_block;

/* Caller-owned; not thread-safe: one thread at a time. */
struct arena {
    struct arena_block *blocks; /* newest first */
    size_t block_size;
    size_t used; /* bytes handed out since the last reset */
};

/* block_size: bytes asked from malloc at a time. Allocates nothing yet. */
void arena_init(struct arena *arena, size_t block_size);
void arena_close(struct arena *arena);

/* Forgets all objects; keeps the first block, so that a request costs no malloc. */
void arena_reset(struct arena *arena);

/* size bytes aligned for any type, not zeroed; NULL without memory. size 0 gives a valid pointer.
 */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc, zeroed; NULL also when count * size overflows. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);

/* Copies size bytes and appends a NUL; NULL without memory. */
char *arena_memdup(struct arena *arena, const void *data, size_t size);
char *arena_strdup(struct arena *arena, const char *string);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments) PRINTF_LIKE(2, 0);

#endif
