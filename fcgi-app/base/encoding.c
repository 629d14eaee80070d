/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Hexadecimal and base64url, both strict: one text for each sequence of bytes. Declared in
 * digest.h, because digests and tokens are what is encoded.
 */
#include "base/digest.h"

static const char hex_digits[] = "0123456789abcdef";
static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void hex_encode(const uint8_t *data, size_t size, char *out)
{
    for (size_t i = 0; i < size; i++) {
        *out++ = hex_digits[data[i] >> 4];
        *out++ = hex_digits[data[i] & 0xf];
    }
    *out = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool hex_decode(const char *text, size_t text_size, uint8_t *out, size_t size)
{
    if (text_size % 2 != 0 || text_size / 2 != size)
        return false;
    for (size_t i = 0; i < text_size; i++)
        if (hex_value(text[i]) < 0)
            return false;
    for (size_t i = 0; i < size; i++)
        out[i] = (uint8_t)(hex_value(text[2 * i]) << 4 | hex_value(text[2 * i + 1]));
    return true;
}

void base64url_append(struct buf *out, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < size; i++) {
        bits = bits << 8 | bytes[i];
        for (count += 8; count >= 6; count -= 6)
            buf_append_char(out, base64_digits[bits >> (count - 6) & 0x3f]);
    }
    if (count > 0)
        buf_append_char(out, base64_digits[bits << (6 - count) & 0x3f]);
}

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '-')
        return 62;
    return c == '_' ? 63 : -1;
}

bool base64url_decode(struct buf *out, const char *text, size_t size)
{
    size_t before = out->size;
    uint32_t bits = 0;
    unsigned count = 0;
    bool valid = size % 4 != 1;
    for (size_t i = 0; valid && i < size; i++) {
        int value = base64_value(text[i]);
        if (value < 0) {
            valid = false;
            break;
        }
        bits = bits << 6 | (uint32_t)value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            buf_append_char(out, (char)(uint8_t)(bits >> count));
        }
    }
    if (valid && (bits & ((1u << count) - 1)) == 0)
        return true;
    out->size = before;
    return false;
}
