/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Random bytes. A request needs a few of them several times over: each thread takes them from the
 * kernel by the handful.
 */
#include "base/random.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/digest.h"

#define POOL_SIZE 256 /* getrandom never hands out less than it was asked for up to this size */

static _Thread_local struct {
    uint8_t bytes[POOL_SIZE];
    size_t left;
} pool;

static void from_kernel(uint8_t *data, size_t size)
{
    while (size > 0) {
        ssize_t got = getrandom(data, size, 0);
        if (got < 0) {
            /* Nothing secret may be made without it, and no caller could do better. */
            if (errno != EINTR)
                abort();
            continue;
        }
        data += got;
        size -= (size_t)got;
    }
}

void random_bytes(void *data, size_t size)
{
    if (size > POOL_SIZE) {
        from_kernel(data, size);
        return;
    }
    if (size > pool.left) {
        from_kernel(pool.bytes, POOL_SIZE);
        pool.left = POOL_SIZE;
    }
    pool.left -= size;
    memcpy(data, pool.bytes + pool.left, size);
    memset(pool.bytes + pool.left, 0, size); /* never given twice, nor found in a core file */
}

void random_uuid(char out[static UUID_TEXT_SIZE])
{
    static const size_t groups[] = {4, 2, 2, 2, 6};
    uint8_t bytes[16];
    random_bytes(bytes, sizeof(bytes));
    bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x40); /* version 4 */
    bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80); /* variant of RFC 9562 */

    const uint8_t *from = bytes;
    for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
        if (i > 0)
            *out++ = '-';
        hex_encode(from, groups[i], out);
        out += 2 * groups[i];
        from += groups[i];
    }
}
