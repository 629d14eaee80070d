/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * SHA-256 (FIPS 180-4), and the encodings used with digests: lower-case hexadecimal and base64url
 * without padding (RFC 4648 section 5).
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define SHA256_SIZE 32

struct sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes taken so far */
    uint8_t block[64];
};

/* Not thread-safe on one object. A digest cannot fail. */
void sha256_init(struct sha256 *sha);
void sha256_update(struct sha256 *sha, const void *data, size_t size);
void sha256_final(struct sha256 *sha, uint8_t out[static SHA256_SIZE]);

/* Writes 2 * size digits and a NUL. */
void hex_encode(const uint8_t *data, size_t size, char *out);

/* Exactly 2 * size lower-case digits; false otherwise. */
bool hex_decode(const char *text, size_t text_size, uint8_t *out, size_t size);

void base64url_append(struct buf *out, const void *data, size_t size);

/* Appends the decoded bytes; false for a character outside the alphabet, padding, an impossible
 * length, or bits that are set past the end. */
bool base64url_decode(struct buf *out, const char *text, size_t size);

#endif
