/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Writing JSON. Owns commas and escapes. Every list answer passes through here: a call asks the
 * buffer for room once where it can, and plain text is copied in runs.
 */
#include "base/json_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"

/* How a string's byte is written: copied, looked at as part of a code point, escaped by its number,
 * or escaped by the letter that stands here. */
enum { PLAIN = 0, MULTIBYTE = 1, NUMBERED = 2 };

static const char escapes[256] = {
    [0x00 ... 0x07] = NUMBERED,
    ['\b'] = 'b',
    ['\t'] = 't',
    ['\n'] = 'n',
    [0x0b] = NUMBERED,
    ['\f'] = 'f',
    ['\r'] = 'r',
    [0x0e ... 0x1f] = NUMBERED,
    ['"'] = '"',
    ['\\'] = '\\',
    [0x7f] = NUMBERED,
    [0x80 ... 0xff] = MULTIBYTE,
};

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

static void put_numbered(struct buf *buf, uint32_t code_point)
{
    static const char digits[] = "0123456789abcdef";
    char text[] = {'\\',
                   'u',
                   digits[code_point >> 12 & 0xf],
                   digits[code_point >> 8 & 0xf],
                   digits[code_point >> 4 & 0xf],
                   digits[code_point & 0xf]};
    buf_append(buf, text, sizeof(text));
}

/* Valid in JSON as they are, but they end a line or steer a terminal for some who read the output
 * line by line. */
static bool breaks_lines(uint32_t code_point)
{
    return (code_point >= 0x80 && code_point < 0xa0) || code_point == 0x2028 ||
           code_point == 0x2029;
}

#define EVERY_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* Whether one of eight bytes is anything but PLAIN. The top bit of a byte says it: a byte that is
 * special has it or gets it by one of these; one that is not neither gets it nor carries. */
static bool any_special(uint64_t word)
{
    uint64_t below_space = word - EVERY_BYTE(0x20);
    uint64_t delete = word + EVERY_BYTE(1);
    uint64_t quote = (word ^ EVERY_BYTE('"')) - EVERY_BYTE(1);
    uint64_t backslash = (word ^ EVERY_BYTE('\\')) - EVERY_BYTE(1);
    return ((word | below_space | delete | quote | backslash) & EVERY_BYTE(0x80)) != 0;
}

/* Copies what needs no escape at the start of data and returns its size. Words of eight bytes; the
 * last one overlaps the one before. */
static size_t copy_plain(char *out, const char *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        uint64_t word;
        if (size >= sizeof(word)) {
            size_t at = size - done >= sizeof(word) ? done : size - sizeof(word);
            memcpy(&word, data + at, sizeof(word));
            if (!any_special(word)) {
                memcpy(out + at, &word, sizeof(word));
                done = at + sizeof(word);
                continue;
            }
        }
        char escape = escapes[(uint8_t)data[done]];
        size_t length = 1;
        if (escape == MULTIBYTE) {
            uint32_t code_point;
            length = utf8_decode(data + done, size - done, &code_point);
            if (code_point == UTF8_INVALID || breaks_lines(code_point))
                break;
        } else if (escape != PLAIN) {
            break;
        }
        for (size_t end = done + length; done < end; done++)
            out[done] = data[done];
    }
    return done;
}

/* Writes what copy_plain stopped at and returns the bytes that it takes up in data. */
static size_t put_special(struct buf *buf, const char *data, size_t size)
{
    uint32_t code_point;
    size_t length = utf8_decode(data, size, &code_point);
    char escape = escapes[(uint8_t)data[0]];
    if (code_point == UTF8_INVALID)
        buf_append(buf, REPLACEMENT, sizeof(REPLACEMENT) - 1);
    else if (escape == MULTIBYTE || escape == NUMBERED)
        put_numbered(buf, code_point);
    else
        buf_append(buf, (char[]){'\\', escape}, 2);
    return length;
}

/* The rest of a string, from something that cannot be copied. */
static void put_rest(struct buf *buf, const char *data, size_t size)
{
    while (size > 0) {
        size_t done = put_special(buf, data, size);
        char *place = buf_reserve(buf, size - done);
        if (place == NULL)
            return;
        size_t plain = copy_plain(place, data + done, size - done);
        buf->size += plain;
        data += done + plain;
        size -= done + plain;
    }
}

void json_write_string(struct json_writer *w, const char *data, size_t size)
{
    struct buf *buf = w->buf;
    char *start = buf_reserve(buf, size + sizeof(",\"\""));
    if (start == NULL)
        return;
    char *place = start;
    if (w->comma)
        *place++ = ',';
    *place++ = '"';
    size_t plain = copy_plain(place, data, size);
    place += plain;
    if (plain < size) {
        buf->size += (size_t)(place - start);
        put_rest(buf, data + plain, size - plain);
        json_write_end(w, '"');
        return;
    }
    *place++ = '"';
    buf->size += (size_t)(place - start);
    w->comma = true;
}

void json_write_cstring(struct json_writer *w, const char *string)
{
    if (string == NULL)
        json_write_null(w);
    else
        json_write_string(w, string, strlen(string));
}

void json_write_large_int(struct json_writer *w, int64_t number)
{
    char *place = buf_reserve(w->buf, 1 + INT_TEXT_SIZE);
    if (place == NULL)
        return;
    *place = ',';
    w->buf->size += w->comma + int_format(number, place + w->comma);
    w->comma = true;
}

void json_write_milliseconds(struct json_writer *w, int64_t nanoseconds)
{
    int64_t microseconds = nanoseconds / 1000;
    json_write_piece(w, "-", microseconds < 0, true);
    buf_append_int(w->buf, llabs(microseconds / 1000));
    char fraction[4] = {'.'};
    digits_write(fraction + 1, 3, (int)llabs(microseconds % 1000));
    buf_append(w->buf, fraction, sizeof(fraction));
}
