/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Addresses and networks.
 */
#include <check.h>
#include <string.h>

#include "base/address.h"
#include "base/cleanup.h"

Suite *suite_address(void);

static struct address address_of(const char *text)
{
    struct address address;
    ck_assert_msg(address_parse(text, strlen(text), &address), "%s", text);
    return address;
}

static bool equal(const char *a, const char *b)
{
    struct address left = address_of(a), right = address_of(b);
    return memcmp(&left, &right, sizeof(left)) == 0;
}

START_TEST(both_families_are_read)
{
    ck_assert(equal("192.0.2.1", "::ffff:192.0.2.1"));
    ck_assert(equal("2001:DB8::1", "2001:db8:0:0::1"));
    ck_assert(!equal("192.0.2.1", "192.0.2.2"));
}
END_TEST

START_TEST(what_is_no_address_is_refused)
{
    static const char *const texts[] = {
        "",          "1.2.3",     "1.2.3.256",
        "1.2.3.4 ",  "[::1]",     "::1%eth0",
        "1.2.3.4:5", "localhost", "1.2.3.04",
        ":::",       "01.2.3.4",  "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        struct address address = {{7}};
        ck_assert_msg(!address_parse(texts[i], strlen(texts[i]), &address), "%s", texts[i]);
        ck_assert_uint_eq(address.bytes[0], 7);
    }
}
END_TEST

static bool is_loopback(const char *text)
{
    struct address address = address_of(text);
    return address_is_loopback(&address);
}

START_TEST(loopback_is_known)
{
    ck_assert(is_loopback("127.0.0.1"));
    ck_assert(is_loopback("127.9.9.9"));
    ck_assert(is_loopback("::1"));
    ck_assert(is_loopback("::ffff:127.0.0.1"));
    ck_assert(!is_loopback("::"));
    ck_assert(!is_loopback("::2"));
    ck_assert(!is_loopback("128.0.0.1"));
    ck_assert(!is_loopback("7f00::1"));
}
END_TEST

static bool same_subscriber(const char *a, const char *b)
{
    struct address left = address_of(a), right = address_of(b);
    left = address_subscriber(&left);
    right = address_subscriber(&right);
    return memcmp(&left, &right, sizeof(left)) == 0;
}

START_TEST(a_subscriber_has_a_64_of_ipv6)
{
    ck_assert(same_subscriber("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"));
    ck_assert(!same_subscriber("2001:db8:1:2::1", "2001:db8:1:3::1"));
    ck_assert(same_subscriber("192.0.2.1", "192.0.2.1"));
    ck_assert(!same_subscriber("192.0.2.1", "192.0.2.2"));
}
END_TEST

static bool contains(const char *text, const char *member)
{
    struct network network;
    struct address address = address_of(member);
    ck_assert_msg(network_parse(text, strlen(text), &network), "%s", text);
    return network_contains(&network, &address);
}

START_TEST(networks_contain_their_addresses)
{
    ck_assert(contains("10.0.0.0/8", "10.255.255.255"));
    ck_assert(!contains("10.0.0.0/8", "11.0.0.0"));
    ck_assert(contains("192.0.2.128/25", "192.0.2.255"));
    ck_assert(!contains("192.0.2.128/25", "192.0.2.127"));
    ck_assert(contains("192.0.2.1", "192.0.2.1"));
    ck_assert(!contains("192.0.2.1", "192.0.2.0"));
    ck_assert(contains("0.0.0.0/0", "203.0.113.9"));
    ck_assert(!contains("0.0.0.0/0", "2001:db8::1"));
    ck_assert(contains("::/0", "203.0.113.9"));
    ck_assert(contains("2001:db8::/33", "2001:db8:7fff::1"));
    ck_assert(!contains("2001:db8::/33", "2001:db8:8000::1"));
}
END_TEST

START_TEST(what_is_no_network_is_refused)
{
    static const char *const texts[] = {"",           "/8",           "10.0.0.0/",  "10.0.0.0/33",
                                        "10.0.0.1/8", "10.0.0.0/08",  "::1/64",     "::/129",
                                        "::/-1",      "10.0.0.0/8/8", "10.0.0.0/x", "::/1000"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        struct network network = {.bits = 77};
        ck_assert_msg(!network_parse(texts[i], strlen(texts[i]), &network), "%s", texts[i]);
        ck_assert_uint_eq(network.bits, 77);
    }
}
END_TEST

Suite *suite_address(void)
{
    Suite *suite = suite_create("address");
    TCase *tests = tcase_create("address");
    tcase_add_test(tests, both_families_are_read);
    tcase_add_test(tests, what_is_no_address_is_refused);
    tcase_add_test(tests, loopback_is_known);
    tcase_add_test(tests, a_subscriber_has_a_64_of_ipv6);
    tcase_add_test(tests, networks_contain_their_addresses);
    tcase_add_test(tests, what_is_no_network_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
