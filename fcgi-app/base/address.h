/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * IP addresses and networks in one form: 16 bytes, an IPv4 address mapped into IPv6 (RFC 4291
 * section 2.5.5.2). Who is trusted, and what an address is counted for, is decided elsewhere.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ADDRESS_SIZE 16

struct address {
    uint8_t bytes[ADDRESS_SIZE];
};

struct network {
    struct address address;
    unsigned bits; /* of the prefix, out of 128 */
};

/* An address of either family, without brackets, port and zone. False: it is none, and *ret_address
 * is untouched. */
bool address_parse(const char *text, size_t size, struct address *ret_address);

/* 127.0.0.0/8 or ::1. */
bool address_is_loopback(const struct address *address);

/* What stands for one subscriber: an IPv4 address itself, of an IPv6 address its /64. */
struct address address_subscriber(const struct address *address);

/* "10.0.0.0/8", "2001:db8::/32", or an address alone. Bits set behind the prefix are an error. */
bool network_parse(const char *text, size_t size, struct network *ret_network);

bool network_contains(const struct network *network, const struct address *address);

#endif
