/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The byte buffer: growth and plain appends. What is written into it belongs to others, such as
 * json_writer.c.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAPACITY_MIN   256
#define PRINTF_AT_ONCE 128
#define BUF_SIZE_MAX   ((size_t)PTRDIFF_MAX / 2) /* doubling does not overflow */

void buf_close(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->size = 0;
    buf->failed = false;
}

char *buf_grow(struct buf *buf, size_t size)
{
    if (buf->failed)
        return NULL;
    buf->failed = true;
    if (size >= BUF_SIZE_MAX - buf->size)
        return NULL;
    size_t capacity = buf->capacity > 0 ? buf->capacity : CAPACITY_MIN;
    while (capacity <= buf->size + size)
        capacity *= 2;
    char *data = realloc(buf->data, capacity);
    if (data == NULL)
        return NULL;
    *buf = (struct buf){.data = data, .size = buf->size, .capacity = capacity};
    return buf->data + buf->size;
}

void buf_append(struct buf *buf, const void *data, size_t size)
{
    char *place = size > 0 ? buf_reserve(buf, size) : NULL;
    if (place == NULL)
        return;
    memcpy(place, data, size);
    buf->size += size;
}

void buf_append_string(struct buf *buf, const char *string)
{
    buf_append(buf, string, strlen(string));
}

void buf_append_char(struct buf *buf, char c)
{
    char *place = buf_reserve(buf, 1);
    if (place == NULL)
        return;
    *place = c;
    buf->size++;
}

size_t int_format(int64_t number, char out[static INT_TEXT_SIZE])
{
    char text[INT_TEXT_SIZE];
    char *start = text + sizeof(text);
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--start = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        *--start = '-';
    size_t size = (size_t)(text + sizeof(text) - start);
    memcpy(out, start, size);
    return size;
}

void buf_append_int(struct buf *buf, int64_t number)
{
    char *place = buf_reserve(buf, INT_TEXT_SIZE);
    if (place != NULL)
        buf->size += int_format(number, place);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);

    size_t room = PRINTF_AT_ONCE;
    char *place = buf_reserve(buf, room);
    int length = place != NULL ? vsnprintf(place, room, format, arguments) : 0;
    if (place != NULL && length >= (int)room) {
        room = (size_t)length + 1;
        place = buf_reserve(buf, room);
        if (place != NULL)
            vsnprintf(place, room, format, again);
    }
    if (place != NULL && length > 0)
        buf->size += (size_t)length;
    va_end(again);
    va_end(arguments);
}

const char *buf_string(struct buf *buf)
{
    char *end = buf_reserve(buf, 1);
    if (end == NULL)
        return NULL;
    *end = '\0';
    return buf->data;
}
