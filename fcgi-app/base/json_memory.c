/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Jansson's allocations: those of the C library, each with a head by which a parse knows its own.
 * Where one fails during a parse, the parse is left by longjmp and all that it had is freed.
 */
#include "base/json_memory.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* In front of each allocation. `at` is what points to it in the list of the parse under way; NULL
 * once that is over. */
struct block {
    _Alignas(max_align_t) struct block *next;
    struct block **at;
};

static _Thread_local jmp_buf *escape; /* NULL: no parse is under way */
static _Thread_local struct block *blocks;

static void *allocate(size_t size)
{
    struct block *block = size > SIZE_MAX - sizeof *block ? NULL : malloc(sizeof *block + size);
    if (block == NULL && escape != NULL)
        longjmp(*escape, 1);
    if (block == NULL)
        return NULL;
    *block = (struct block){0};
    if (escape != NULL) {
        *block = (struct block){.next = blocks, .at = &blocks};
        if (blocks != NULL)
            blocks->at = &block->next;
        blocks = block;
    }
    return block + 1;
}

static void release(void *memory)
{
    if (memory == NULL)
        return;
    struct block *block = (struct block *)memory - 1;
    if (block->at != NULL) {
        *block->at = block->next;
        if (block->next != NULL)
            block->next->at = block->at;
    }
    free(block);
}

void json_memory_init(void)
{
    json_set_alloc_funcs(allocate, release);
}

/* The end of a parse: what it made is the caller's, or nobody's. */
static void let_go(bool is_kept)
{
    escape = NULL;
    while (blocks != NULL) {
        struct block *block = blocks;
        blocks = block->next;
        block->at = NULL;
        if (!is_kept)
            free(block);
    }
}

struct source {
    const char *data; /* or, when NULL, */
    FILE *file;
    size_t size;
    size_t flags;
    json_error_t *error;
};

static json_t *load(const struct source *source, bool *ret_short)
{
    jmp_buf back;
    *ret_short = false;
    escape = &back;
    if (setjmp(back) != 0) {
        let_go(false);
        *ret_short = true;
        return NULL;
    }
    json_t *json = source->data != NULL
                       ? json_loadb(source->data, source->size, source->flags, source->error)
                       : json_loadf(source->file, source->flags, source->error);
    let_go(true);
    return json;
}

json_t *json_memory_load(const char *data, size_t size, size_t flags, json_error_t *ret_error,
                         bool *ret_short)
{
    const struct source source = {.data = data, .size = size, .flags = flags, .error = ret_error};
    return load(&source, ret_short);
}

json_t *json_memory_load_file(FILE *file, size_t flags, json_error_t *ret_error, bool *ret_short)
{
    const struct source source = {.file = file, .flags = flags, .error = ret_error};
    return load(&source, ret_short);
}
