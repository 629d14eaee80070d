/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The arena: a list of blocks, each filled from its start. Owns the placement of objects; what they
 * are is the caller's business.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define ALIGNMENT _Alignof(max_align_t)

struct arena_block {
    struct arena_block *next;
    size_t size; /* of data */
    size_t used;
    _Alignas(max_align_t) char data[];
};

/* No object is greater than pointers can differ; with what is added here no sum overflows. */
#define OBJECT_MAX (PTRDIFF_MAX - sizeof(struct arena_block) - ALIGNMENT)

void arena_init(struct arena *arena, size_t block_size)
{
    *arena = (struct arena){.block_size = block_size};
}

void arena_close(struct arena *arena)
{
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->blocks = NULL;
    arena->used = 0;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *keep = NULL;
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *next = block->next;
        /* One that was made for a single big object would hold its memory for ever. */
        if (keep == NULL && block->size == arena->block_size)
            keep = block;
        else
            free(block);
        block = next;
    }
    if (keep != NULL) {
        keep->next = NULL;
        keep->used = 0;
    }
    arena->blocks = keep;
    arena->used = 0;
}

static struct arena_block *add_block(struct arena *arena, size_t size)
{
    struct arena_block *block = malloc(sizeof(struct arena_block) + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    block->used = 0;

    /* A block that its first object fills goes behind the newest, which still has room. */
    bool behind = size > arena->block_size && arena->blocks != NULL;
    struct arena_block **link = behind ? &arena->blocks->next : &arena->blocks;
    block->next = *link;
    *link = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > OBJECT_MAX)
        return NULL;
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_block *block = arena->blocks;
    if (block == NULL || rounded > block->size - block->used) {
        block = add_block(arena, rounded > arena->block_size ? rounded : arena->block_size);
        if (block == NULL)
            return NULL;
    }
    void *object = block->data + block->used;
    block->used += rounded;
    arena->used += size;
    return object;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    void *object = arena_alloc(arena, total);
    if (object != NULL)
        memset(object, 0, total);
    return object;
}

char *arena_memdup(struct arena *arena, const void *data, size_t size)
{
    if (size >= OBJECT_MAX)
        return NULL;
    char *copy = arena_alloc(arena, size + 1);
    if (copy == NULL)
        return NULL;
    if (size > 0)
        memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

char *arena_strdup(struct arena *arena, const char *string)
{
    return arena_memdup(arena, string, strlen(string));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    va_list measured;
    va_copy(measured, arguments);
    int length = vsnprintf(NULL, 0, format, measured);
    va_end(measured);
    if (length < 0)
        return NULL;
    char *string = arena_alloc(arena, (size_t)length + 1);
    if (string != NULL)
        vsnprintf(string, (size_t)length + 1, format, arguments);
    return string;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *string = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return string;
}
