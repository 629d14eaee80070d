/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Case folding by the C library's Unicode tables, whatever locale the process runs in.
 */
#include <locale.h>
#include <pthread.h>
#include <wctype.h>

#include "base/utf8.h"

static locale_t unicode; /* 0: the system has no C.UTF-8 */
static pthread_once_t unicode_once = PTHREAD_ONCE_INIT;

static void load_unicode(void)
{
    unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

/* The lower case of the upper case: so that letters with two lower-case forms (final sigma, long s)
 * become one, which the lower case alone would not do. */
static uint32_t fold(uint32_t code_point)
{
    uint32_t folded = towlower_l(towupper_l((wint_t)code_point, unicode), unicode);
    bool encodes = folded <= 0x10ffff && (folded < 0xd800 || folded > 0xdfff);
    return encodes ? folded : code_point;
}

static char fold_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

void utf8_fold(struct buf *out, const char *data, size_t size)
{
    pthread_once(&unicode_once, load_unicode);
    size_t i = 0;
    while (i < size) {
        size_t rest = size - i;
        size_t ascii = 0;
        char *place = buf_reserve(out, rest + 4);
        if (place == NULL)
            return;
        while (ascii < rest && (uint8_t)data[i + ascii] < 0x80) {
            place[ascii] = fold_ascii(data[i + ascii]);
            ascii++;
        }
        out->size += ascii;
        i += ascii;
        if (ascii == rest)
            return;

        uint32_t code_point;
        i += utf8_decode(data + i, size - i, &code_point);
        if (code_point == UTF8_INVALID)
            code_point = 0xfffd;
        out->size += utf8_encode(unicode != (locale_t)0 ? fold(code_point) : code_point,
                                 out->data + out->size);
    }
}
