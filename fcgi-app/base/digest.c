/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * SHA-256, after FIPS 180-4. The encodings of digests are in encoding.c.
 */
#include "base/digest.h"

#include <string.h>

#define BLOCK_SIZE    64
#define LENGTH_OFFSET 56 /* of the length in bits, in the last block */

/* Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the primes. */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t word, unsigned bits)
{
    return word >> bits | word << (32 - bits);
}

static uint32_t load_word(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void store_word(uint8_t *bytes, uint32_t word)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(word >> (24 - 8 * i));
}

/* Section 6.2.2, step 1. */
static void schedule(const uint8_t block[static BLOCK_SIZE], uint32_t w[static 64])
{
    for (size_t t = 0; t < 16; t++)
        w[t] = load_word(block + 4 * t);
    for (size_t t = 16; t < 64; t++) {
        uint32_t s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3;
        uint32_t s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
}

/* Step 3. The next step knows each variable by the name before its own. */
static inline void step(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f,
                        uint32_t g, uint32_t *h, uint32_t input)
{
    uint32_t s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    uint32_t choice = g ^ (e & (f ^ g));
    uint32_t t1 = *h + s1 + choice + input;
    uint32_t s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    uint32_t majority = (a & b) | (c & (a | b));
    *d += t1;
    *h = t1 + s0 + majority;
}

static void compress(uint32_t state[static 8], const uint8_t block[static BLOCK_SIZE])
{
    uint32_t w[64];
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    schedule(block, w);
    for (size_t t = 0; t < 64; t += 8) {
        const uint32_t *k = constants + t;
        step(a, b, c, &d, e, f, g, &h, k[0] + w[t]);
        step(h, a, b, &c, d, e, f, &g, k[1] + w[t + 1]);
        step(g, h, a, &b, c, d, e, &f, k[2] + w[t + 2]);
        step(f, g, h, &a, b, c, d, &e, k[3] + w[t + 3]);
        step(e, f, g, &h, a, b, c, &d, k[4] + w[t + 4]);
        step(d, e, f, &g, h, a, b, &c, k[5] + w[t + 5]);
        step(c, d, e, &f, g, h, a, &b, k[6] + w[t + 6]);
        step(b, c, d, &e, f, g, h, &a, k[7] + w[t + 7]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

void sha256_init(struct sha256 *sha)
{
    *sha = (struct sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                     0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void sha256_update(struct sha256 *sha, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    size_t filled = sha->length % BLOCK_SIZE;
    sha->length += size;
    while (filled + size >= BLOCK_SIZE) {
        size_t taken = BLOCK_SIZE - filled;
        memcpy(sha->block + filled, bytes, taken);
        compress(sha->state, sha->block);
        bytes += taken;
        size -= taken;
        filled = 0;
    }
    if (size > 0)
        memcpy(sha->block + filled, bytes, size);
}

void sha256_final(struct sha256 *sha, uint8_t out[static SHA256_SIZE])
{
    static const uint8_t padding[BLOCK_SIZE] = {0x80};
    uint64_t bits = sha->length * 8;
    size_t filled = sha->length % BLOCK_SIZE;
    size_t end = filled < LENGTH_OFFSET ? LENGTH_OFFSET : BLOCK_SIZE + LENGTH_OFFSET;
    sha256_update(sha, padding, end - filled);

    uint8_t length[8];
    store_word(length, (uint32_t)(bits >> 32));
    store_word(length + 4, (uint32_t)bits);
    sha256_update(sha, length, sizeof(length));
    for (size_t i = 0; i < 8; i++)
        store_word(out + 4 * i, sha->state[i]);
}
