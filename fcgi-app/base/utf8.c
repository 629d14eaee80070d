/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading and writing UTF-8, and the classes of code points that the program knows by itself. Case
 * is in utf8_fold.c.
 */
#include "base/utf8.h"

#include "base/cleanup.h"

/* By lead byte: the length of the sequence and the bounds of its second byte, which rule out
 * overlong forms, surrogates and what is above U+10FFFF (Unicode 15 table 3-7). */
struct lead {
    uint8_t first, last; /* lead bytes */
    uint8_t length;
    uint8_t second_min, second_max;
};

static const struct lead leads[] = {
    {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf}, {0xe1, 0xec, 3, 0x80, 0xbf},
    {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf}, {0xf0, 0xf0, 4, 0x90, 0xbf},
    {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static const struct lead *lead_of(uint8_t byte)
{
    for (size_t i = 0; i < ARRAY_SIZE(leads); i++)
        if (byte >= leads[i].first && byte <= leads[i].last)
            return &leads[i];
    return NULL;
}

size_t utf8_decode(const char *data, size_t size, uint32_t *ret_code_point)
{
    const uint8_t *bytes = (const uint8_t *)data;
    if (bytes[0] < 0x80) {
        *ret_code_point = bytes[0];
        return 1;
    }
    *ret_code_point = UTF8_INVALID;
    const struct lead *lead = lead_of(bytes[0]);
    if (lead == NULL || size < 2 || bytes[1] < lead->second_min || bytes[1] > lead->second_max)
        return 1;

    uint32_t code_point = bytes[0] & (0x7fu >> lead->length);
    code_point = code_point << 6 | (bytes[1] & 0x3fu);
    for (size_t i = 2; i < lead->length; i++) {
        if (i == size || (bytes[i] & 0xc0) != 0x80)
            return i;
        code_point = code_point << 6 | (bytes[i] & 0x3fu);
    }
    *ret_code_point = code_point;
    return lead->length;
}

static char continuation(uint32_t bits)
{
    return (char)(0x80 | (bits & 0x3f));
}

size_t utf8_encode(uint32_t code_point, char out[static 4])
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xc0 | code_point >> 6);
        out[1] = continuation(code_point);
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xe0 | code_point >> 12);
        out[1] = continuation(code_point >> 6);
        out[2] = continuation(code_point);
        return 3;
    }
    out[0] = (char)(0xf0 | code_point >> 18);
    out[1] = continuation(code_point >> 12);
    out[2] = continuation(code_point >> 6);
    out[3] = continuation(code_point);
    return 4;
}

bool utf8_valid(const char *data, size_t size)
{
    size_t i = 0;
    while (i < size) {
        uint32_t code_point;
        i += utf8_decode(data + i, size - i, &code_point);
        if (code_point == UTF8_INVALID)
            return false;
    }
    return true;
}

size_t utf8_count(const char *data, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((uint8_t)data[i] & 0xc0) != 0x80;
    return count;
}

bool utf8_is_control(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0);
}

bool utf8_is_space(uint32_t code_point)
{
    static const struct {
        uint32_t first, last;
    } spaces[] = {
        {0x9, 0xd},       {0x20, 0x20},     {0x85, 0x85},     {0xa0, 0xa0},     {0x1680, 0x1680},
        {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000},
    };
    for (size_t i = 0; i < ARRAY_SIZE(spaces); i++)
        if (code_point >= spaces[i].first && code_point <= spaces[i].last)
            return true;
    return false;
}

static size_t leading_spaces(const char *data, size_t size)
{
    size_t i = 0;
    while (i < size) {
        uint32_t code_point;
        size_t length = utf8_decode(data + i, size - i, &code_point);
        if (!utf8_is_space(code_point))
            break;
        i += length;
    }
    return i;
}

/* The size without the white space at the end. */
static size_t trailing_cut(const char *data, size_t size)
{
    while (size > 0) {
        size_t start = size - 1;
        while (start > 0 && size - start < 4 && ((uint8_t)data[start] & 0xc0) == 0x80)
            start--;
        uint32_t code_point;
        size_t length = utf8_decode(data + start, size - start, &code_point);
        if (length != size - start || !utf8_is_space(code_point))
            break;
        size = start;
    }
    return size;
}

void utf8_trim(const char *data, size_t size, size_t *ret_start, size_t *ret_size)
{
    size_t start = leading_spaces(data, size);
    *ret_start = start;
    *ret_size = trailing_cut(data + start, size - start);
}
