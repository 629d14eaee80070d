/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading and writing traceparent, making ids, and the choice of the traces that are sampled. The
 * log's fields and the spans are the business of others.
 */
#include "observe/trace.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/random.h"

/* 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 */
#define VERSION_AT  0
#define TRACE_ID_AT 3
#define SPAN_ID_AT  36
#define FLAGS_AT    53
#define SIZE_OF_00  55

#define TRACE_ID_BYTES 16
#define SPAN_ID_BYTES  8
#define MILLION        1000000U

/* Of a million new traces. */
static unsigned sampled_of_million;

struct parsed {
    uint8_t version;
    uint8_t trace_id[TRACE_ID_BYTES];
    uint8_t span_id[SPAN_ID_BYTES];
    uint8_t flags;
};

static bool all_zero(const uint8_t *bytes, size_t size)
{
    uint8_t seen = 0;
    for (size_t i = 0; i < size; i++)
        seen |= bytes[i];
    return seen == 0;
}

static bool take_hex(const char *text, uint8_t *out, size_t size)
{
    return hex_decode(text, 2 * size, out, size);
}

static bool parse(const char *text, struct parsed *ret_parsed)
{
    size_t size = strlen(text);
    if (size < SIZE_OF_00 || text[TRACE_ID_AT - 1] != '-' || text[SPAN_ID_AT - 1] != '-' ||
        text[FLAGS_AT - 1] != '-')
        return false;
    if (!take_hex(text + VERSION_AT, &ret_parsed->version, 1) ||
        !take_hex(text + TRACE_ID_AT, ret_parsed->trace_id, TRACE_ID_BYTES) ||
        !take_hex(text + SPAN_ID_AT, ret_parsed->span_id, SPAN_ID_BYTES) ||
        !take_hex(text + FLAGS_AT, &ret_parsed->flags, 1))
        return false;
    /* A later version may only append, after a dash; a comma is between two header fields. */
    bool fits = size == SIZE_OF_00 ||
                (ret_parsed->version > 0 && text[SIZE_OF_00] == '-' && strchr(text, ',') == NULL);
    return fits && ret_parsed->version != 0xff && !all_zero(ret_parsed->trace_id, TRACE_ID_BYTES) &&
           !all_zero(ret_parsed->span_id, SPAN_ID_BYTES);
}

static void make_id(uint8_t *id, size_t size)
{
    do
        random_bytes(id, size);
    while (all_zero(id, size));
}

void trace_span_id(char out[static 17])
{
    uint8_t span_id[SPAN_ID_BYTES];
    make_id(span_id, SPAN_ID_BYTES);
    hex_encode(span_id, SPAN_ID_BYTES, out);
}

void trace_set_sampling(unsigned per_million)
{
    sampled_of_million = per_million;
}

/* By the random id, so that the decision costs no more random bytes. */
static bool is_chosen(const uint8_t trace_id[static TRACE_ID_BYTES])
{
    uint64_t random;
    memcpy(&random, trace_id + TRACE_ID_BYTES - sizeof(random), sizeof(random));
    return random % MILLION < sampled_of_million;
}

void trace_begin(struct trace *trace, const char *traceparent)
{
    struct parsed parsed;
    bool continued = traceparent != NULL && parse(traceparent, &parsed);
    if (continued) {
        hex_encode(parsed.span_id, SPAN_ID_BYTES, trace->parent_id);
        trace->flags = parsed.flags & TRACE_SAMPLED;
    } else {
        make_id(parsed.trace_id, TRACE_ID_BYTES);
        trace->parent_id[0] = '\0';
        trace->flags = is_chosen(parsed.trace_id) ? TRACE_SAMPLED : 0;
    }
    hex_encode(parsed.trace_id, TRACE_ID_BYTES, trace->trace_id);

    trace_span_id(trace->span_id);
}

void trace_format(const struct trace *trace, char out[static TRACE_PARENT_SIZE])
{
    snprintf(out, TRACE_PARENT_SIZE, "00-%s-%s-%02x", trace->trace_id, trace->span_id,
             trace->flags);
}
