/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading and comparing addresses; the C library knows their texts.
 */
#include "base/address.h"

#include <arpa/inet.h>
#include <string.h>

#define MAPPED_BITS     96 /* of the prefix that all IPv4 addresses have */
#define ADDRESS_BITS    128
#define SUBSCRIBER_SIZE 8 /* bytes of an IPv6 address that name a subscriber's network */

static const uint8_t mapped_prefix[MAPPED_BITS / 8] = {[10] = 0xff, [11] = 0xff};

static bool is_mapped(const struct address *address)
{
    return memcmp(address->bytes, mapped_prefix, sizeof(mapped_prefix)) == 0;
}

bool address_parse(const char *text, size_t size, struct address *ret_address)
{
    char copy[INET6_ADDRSTRLEN];
    struct address address;
    if (size >= sizeof(copy))
        return false;
    memcpy(copy, text, size);
    copy[size] = '\0';
    if (inet_pton(AF_INET, copy, address.bytes + sizeof(mapped_prefix)) == 1)
        memcpy(address.bytes, mapped_prefix, sizeof(mapped_prefix));
    else if (inet_pton(AF_INET6, copy, address.bytes) != 1)
        return false;
    *ret_address = address;
    return true;
}

bool address_is_loopback(const struct address *address)
{
    static const struct address loopback = {{[ADDRESS_SIZE - 1] = 1}};
    if (is_mapped(address))
        return address->bytes[sizeof(mapped_prefix)] == 127;
    return memcmp(address, &loopback, sizeof(loopback)) == 0;
}

struct address address_subscriber(const struct address *address)
{
    struct address subscriber = *address;
    if (!is_mapped(address))
        memset(subscriber.bytes + SUBSCRIBER_SIZE, 0, ADDRESS_SIZE - SUBSCRIBER_SIZE);
    return subscriber;
}

static bool parse_bits(const char *text, size_t size, unsigned max, unsigned *ret_bits)
{
    unsigned bits = 0;
    if (size == 0 || size > 3 || (size > 1 && text[0] == '0'))
        return false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        bits = bits * 10 + (unsigned)(text[i] - '0');
    }
    if (bits > max)
        return false;
    *ret_bits = bits;
    return true;
}

static bool bit_is_set(const struct address *address, unsigned bit)
{
    return (address->bytes[bit / 8] >> (7 - bit % 8) & 1) != 0;
}

bool network_parse(const char *text, size_t size, struct network *ret_network)
{
    struct network network = {.bits = ADDRESS_BITS};
    const char *slash = memchr(text, '/', size);
    size_t address_size = slash != NULL ? (size_t)(slash - text) : size;
    if (!address_parse(text, address_size, &network.address))
        return false;
    if (slash != NULL) {
        bool is_ipv4 = memchr(text, ':', address_size) == NULL;
        unsigned offset = is_ipv4 ? MAPPED_BITS : 0;
        if (!parse_bits(slash + 1, size - address_size - 1, ADDRESS_BITS - offset, &network.bits))
            return false;
        network.bits += offset;
    }
    for (unsigned bit = network.bits; bit < ADDRESS_BITS; bit++)
        if (bit_is_set(&network.address, bit))
            return false;
    *ret_network = network;
    return true;
}

bool network_contains(const struct network *network, const struct address *address)
{
    size_t whole = network->bits / 8;
    unsigned rest = network->bits % 8;
    if (memcmp(network->address.bytes, address->bytes, whole) != 0)
        return false;
    return rest == 0 || (network->address.bytes[whole] ^ address->bytes[whole]) >> (8 - rest) == 0;
}
