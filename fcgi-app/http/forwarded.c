/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Whose request it is behind proxies. Each of them adds the address of its own peer at the end of
 * X-Forwarded-For: what is before the first one that we do not trust, anybody may have written.
 */
#include <string.h>

#include "http/gate.h"

#define FORWARDED_MAX 32 /* addresses that are looked at, from the end */

static bool is_trusted(const struct network *trusted, size_t count, const struct address *address)
{
    for (size_t i = 0; i < count; i++)
        if (network_contains(&trusted[i], address))
            return true;
    return false;
}

/* Takes the last item off the list: its place and size, without blanks around it. */
static const char *take_last(const char *list, size_t *size, size_t *ret_item_size)
{
    size_t end = *size;
    size_t start = end;
    while (start > 0 && list[start - 1] != ',')
        start--;
    *size = start > 0 ? start - 1 : 0;
    while (start < end && (list[start] == ' ' || list[start] == '\t'))
        start++;
    while (end > start && (list[end - 1] == ' ' || list[end - 1] == '\t'))
        end--;
    *ret_item_size = end - start;
    return list + start;
}

struct address http_client_address(const char *peer, const char *forwarded,
                                   const struct network *trusted, size_t trusted_count)
{
    struct address client = {{0}};
    size_t size = forwarded != NULL ? strlen(forwarded) : 0;
    if (peer == NULL || !address_parse(peer, strlen(peer), &client))
        return client;
    for (unsigned i = 0; i < FORWARDED_MAX && size > 0; i++) {
        size_t item_size;
        if (!is_trusted(trusted, trusted_count, &client))
            break;
        const char *item = take_last(forwarded, &size, &item_size);
        if (!address_parse(item, item_size, &client))
            break;
    }
    return client;
}
