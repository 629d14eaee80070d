/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The buckets. One is a single instant, that at which it will be full again: a token moves it on by
 * the time that one takes to come back. An instant in the past is a full bucket, as is an entry
 * that was never used.
 *
 * The table is split into sets of a few entries each; an identity belongs to one set, chosen by a
 * hash with a random seed, so that nobody can fill one set on purpose. Sets share a few locks.
 */
#include "access/rate_limit.h"

#include <stdalign.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/random.h"

#define WAYS       8
#define SETS       (RATE_CALLERS / WAYS)
#define LOCKS      64
#define CACHE_LINE 64
#define SECOND     UINT64_C(1000000000)

_Static_assert((SETS & (SETS - 1)) == 0 && SETS % LOCKS == 0, "a set is chosen by bits of a hash");

struct bucket {
    uint8_t identity[RATE_IDENTITY_SIZE];
    uint64_t full_at; /* monotonic nanoseconds */
};

struct lock {
    alignas(CACHE_LINE) pthread_mutex_t mutex;
};

struct rate_limit {
    struct lock locks[LOCKS];
    uint64_t seeds[2];
    struct bucket buckets[SETS][WAYS];
};

struct rate_limit *rate_limit_new(void)
{
    struct rate_limit *limit = aligned_alloc(CACHE_LINE, sizeof(*limit));
    if (limit == NULL)
        return NULL;
    memset(limit, 0, sizeof(*limit));
    random_bytes(limit->seeds, sizeof(limit->seeds));
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_init(&limit->locks[i].mutex, NULL);
    return limit;
}

void rate_limit_free(struct rate_limit *limit)
{
    if (limit == NULL)
        return;
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&limit->locks[i].mutex);
    free(limit);
}

static uint64_t mix(uint64_t word)
{
    word ^= word >> 32;
    word *= UINT64_C(0x9e3779b97f4a7c15); /* odd, its bits without a pattern */
    return word ^ word >> 29;
}

static size_t set_of(const struct rate_limit *limit, const uint8_t *identity)
{
    uint64_t words[2];
    memcpy(words, identity, sizeof(words));
    return (size_t)(mix(mix(words[0] ^ limit->seeds[0]) + (words[1] ^ limit->seeds[1])) >> 32) &
           (SETS - 1);
}

/* Its bucket, or that of the caller that is nearest to a full one, now its own and full. */
static struct bucket *bucket_of(struct bucket set[static WAYS], const uint8_t *identity)
{
    struct bucket *fullest = &set[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (memcmp(set[i].identity, identity, RATE_IDENTITY_SIZE) == 0)
            return &set[i];
        if (set[i].full_at < fullest->full_at)
            fullest = &set[i];
    }
    memcpy(fullest->identity, identity, RATE_IDENTITY_SIZE);
    fullest->full_at = 0;
    return fullest;
}

static unsigned seconds_up(uint64_t nanoseconds)
{
    return (unsigned)((nanoseconds + SECOND - 1) / SECOND);
}

struct rate_state rate_limit_take(struct rate_limit *limit, const struct rate_policy *policy,
                                  const uint8_t identity[static RATE_IDENTITY_SIZE], uint64_t now)
{
    uint64_t interval = SECOND / policy->per_s;
    uint64_t capacity = interval * policy->burst;
    size_t set = set_of(limit, identity);
    struct rate_state state = {.quota = policy->burst, .window_s = seconds_up(capacity)};
    LOCK_SCOPE(&limit->locks[set % LOCKS].mutex);
    struct bucket *bucket = bucket_of(limit->buckets[set], identity);
    uint64_t debt = bucket->full_at > now ? bucket->full_at - now : 0;
    if (debt > capacity) /* the policy was changed to a smaller bucket */
        debt = capacity;
    if (debt + interval > capacity) {
        state.refused = true;
        state.retry_after_s = seconds_up(debt + interval - capacity);
    } else {
        debt += interval;
    }
    bucket->full_at = now + debt;
    state.remaining = (unsigned)((capacity - debt) / interval);
    state.reset_s = seconds_up(debt);
    return state;
}
