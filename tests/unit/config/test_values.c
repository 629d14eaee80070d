/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The values of each type: the bounds of every key, and one row for each way to be refused.
 */
#include <stdio.h>
#include <string.h>

#include "support.h"

static const struct {
    const char *option, *value;
} refused[] = {
    {"--workers", ""},
    {"--workers", "257"},
    {"--workers", "-1"},
    {"--workers", "+1"},
    {"--workers", "01"},
    {"--workers", "1.5"},
    {"--workers", "1e2"},
    {"--workers", " 4"},
    {"--workers", "4 "},
    {"--workers", "0x10"},
    {"--workers", "four"},
    {"--workers", "99999999999999999999999"},
    {"--socket-backlog", "0"},
    {"--socket-backlog", "65536"},
    {"--queue-limit", "0"},
    {"--queue-limit", "65537"},
    {"--batch-limit", "0"},
    {"--batch-limit", "4097"},
    {"--batch-time-ms", "0"},
    {"--batch-time-ms", "1001"},
    {"--busy-timeout-ms", "60001"},
    {"--drain-timeout-s", "0"},
    {"--drain-timeout-s", "3601"},
    {"--idempotency-ttl-h", "0"},
    {"--idempotency-ttl-h", "721"},
    {"--wal-limit-bytes", ""},
    {"--wal-limit-bytes", "1048575"},
    {"--wal-limit-bytes", "1023K"},
    {"--wal-limit-bytes", "1073741825"},
    {"--wal-limit-bytes", "2GiB"},
    {"--wal-limit-bytes", "16 MiB"},
    {"--wal-limit-bytes", "16MB"},
    {"--wal-limit-bytes", "16m"},
    {"--wal-limit-bytes", "16MiBs"},
    {"--wal-limit-bytes", "MiB"},
    {"--wal-limit-bytes", "1073741824G"},
    {"--wal-limit-bytes", "18446744073709551617M"},
    {"--body-limit-bytes", "1023"},
    {"--body-limit-bytes", "65MiB"},
    {"--socket-mode", ""},
    {"--socket-mode", "0778"},
    {"--socket-mode", "1777"},
    {"--socket-mode", "07777"},
    {"--socket-mode", "66"},
    {"--socket-mode", "rw-rw----"},
    {"--log-level", ""},
    {"--log-level", "info"},
    {"--log-level", "TRACE"},
    {"--log-level", "INFOS"},
    {"--time-zone", ""},
    {"--database", ""},
    {"--database", "a\nb"},
    {"--database", "a\x7F"},
    {"--database", "\xFF\xFE"},
    {"--socket", ""},
    {"--allow-anonymous", "true"},
    {"--metrics-access", "closed"},
    {"--rate-limit-burst", "0"},
    {"--rate-limit-per-s", "1000001"},
    {"--trusted-proxies", "10.0.0.1/8"},
    {"--trusted-proxies", "proxy.example"},
    {"--cors-origins", ","},
    {"--cors-origins", "http://a,"},
    {"--cors-origins", "null"},
    {"--cors-origins", "example.org"},
    {"--cors-origins", "://example.org"},
    {"--cors-origins", "1http://example.org"},
    {"--cors-origins", "http:/example.org"},
    {"--cors-origins", "http://"},
    {"--cors-origins", "http://Example.org"},
    {"--cors-origins", "HTTP://example.org"},
    {"--cors-origins", "http://example.org/"},
    {"--cors-origins", "http://example.org/path"},
    {"--cors-origins", "http://user@example.org"},
    {"--cors-origins", "http://example.org:"},
    {"--cors-origins", "http://example.org:0"},
    {"--cors-origins", "http://example.org:080"},
    {"--cors-origins", "http://example.org:65536"},
    {"--cors-origins", "http://example.org:100000"},
    {"--cors-origins", "http://example.org:80x"},
    {"--cors-origins", "http://*.example.org"},
    {"--cors-origins", "http://[]"},
    {"--cors-origins", "http://[::1"},
    {"--cors-origins", "http://a, http://b"},
};

START_TEST(bad_value_is_refused)
{
    support_refuse(LIST(refused[_i].option, refused[_i].value), NULL,
                   LIST(refused[_i].option, " cannot be \"", "allowed: "));
    ck_assert_ptr_nonnull(error.field);
    ck_assert_int_eq(strncmp(error.field, refused[_i].option + 2, 3), 0);
}
END_TEST

static void expect_unsigned(const char *option, const unsigned *member, unsigned low, unsigned high)
{
    char text[20];
    snprintf(text, sizeof(text), "%u", low);
    support_accept(LIST(option, text), NULL);
    ck_assert_uint_eq(*member, low);
    snprintf(text, sizeof(text), "%u", high);
    support_accept(LIST(option, text), NULL);
    ck_assert_uint_eq(*member, high);
}

START_TEST(bounds_of_integers_are_accepted)
{
    expect_unsigned("--workers", &config.workers, 1, 256);
    expect_unsigned("--socket-backlog", &config.socket_backlog, 1, 65535);
    expect_unsigned("--queue-limit", &config.queue_limit, 1, 65536);
    expect_unsigned("--batch-limit", &config.batch_limit, 1, 4096);
    expect_unsigned("--batch-time-ms", &config.batch_time_ms, 1, 1000);
    expect_unsigned("--busy-timeout-ms", &config.busy_timeout_ms, 0, 60000);
    expect_unsigned("--drain-timeout-s", &config.drain_timeout_s, 1, 3600);
    expect_unsigned("--idempotency-ttl-h", &config.idempotency_ttl_h, 1, 720);
    expect_unsigned("--journal-max-age-d", &config.journal_max_age_d, 0, 36500);
    expect_unsigned("--rate-limit-per-s", &config.rate_limit_per_s, 0, 1000000);
    expect_unsigned("--rate-limit-burst", &config.rate_limit_burst, 1, 1000000);
    expect_unsigned("--journal-max-changes", &config.journal_max_changes, 0, 1000000000);
}
END_TEST

static void expect_size(const char *option, const uint64_t *member, const char *text,
                        uint64_t bytes)
{
    support_accept(LIST(option, text), NULL);
    ck_assert_uint_eq(*member, bytes);
}

START_TEST(sizes_have_units)
{
    const uint64_t *wal = &config.wal_limit_bytes, *body = &config.body_limit_bytes;
    expect_size("--wal-limit-bytes", wal, "1048576", 1U << 20);
    expect_size("--wal-limit-bytes", wal, "1024K", 1U << 20);
    expect_size("--wal-limit-bytes", wal, "1025KiB", 1025U << 10);
    expect_size("--wal-limit-bytes", wal, "3M", 3U << 20);
    expect_size("--wal-limit-bytes", wal, "64MiB", 64U << 20);
    expect_size("--wal-limit-bytes", wal, "1G", 1U << 30);
    expect_size("--wal-limit-bytes", wal, "1GiB", 1U << 30);
    expect_size("--body-limit-bytes", body, "1KiB", 1U << 10);
    expect_size("--body-limit-bytes", body, "64MiB", 64U << 20);
}
END_TEST

START_TEST(modes_are_octal)
{
    support_accept(LIST("--socket-mode", "600"), NULL);
    ck_assert_uint_eq(config.socket_mode, 0600);
    support_accept(LIST("--socket-mode", "0777"), NULL);
    ck_assert_uint_eq(config.socket_mode, 0777);
    support_accept(LIST("--socket-mode", "0000"), NULL);
    ck_assert_uint_eq(config.socket_mode, 0);
}
END_TEST

START_TEST(texts_have_a_longest)
{
    char text[4097];
    memset(text, 'x', sizeof(text));
    text[4096] = '\0';
    support_refuse(LIST("--database", text), NULL, LIST("database", "xxx...", "1-4095 bytes"));
    support_accept(LIST("--database", text + 1), NULL);
    support_refuse(LIST("--socket", text + 4096 - 108), NULL, LIST("socket", "1-107 bytes"));
    support_accept(LIST("--socket", text + 4096 - 107), NULL);
    support_refuse(LIST("--time-zone", text + 4096 - 65), NULL, LIST("time_zone", "1-64 bytes"));
    support_accept(LIST("--time-zone", text + 4096 - 64), NULL);
}
END_TEST

START_TEST(texts_may_be_of_any_script)
{
    support_accept(LIST("--database", "/srv/Aufgaben f\xC3\xBCr heute/\xF0\x9F\x98\x80.db"), NULL);
    ck_assert_str_eq(config.database, "/srv/Aufgaben f\xC3\xBCr heute/\xF0\x9F\x98\x80.db");
}
END_TEST

START_TEST(origins_of_every_form)
{
    support_accept(LIST("--cors-origins",
                        "http://localhost:3000,https://a-b.example.org,http://127.0.0.1:65535,"
                        "https://[::1]:8443,http://[2001:db8::7],app+x://host_1"),
                   NULL);
    ck_assert_uint_eq(config.cors_origins.count, 6);
    ck_assert_str_eq(config.cors_origins.items[0], "http://localhost:3000");
    ck_assert_str_eq(config.cors_origins.items[5], "app+x://host_1");
    ck_assert_ptr_null(config.cors_origins.items[6]);
    support_accept(LIST("--cors-origins", "*"), NULL);
    ck_assert_str_eq(config.cors_origins.items[0], "*");
    support_accept(LIST("--cors-origins", ""), NULL);
    ck_assert_uint_eq(config.cors_origins.count, 0);
}
END_TEST

START_TEST(star_is_alone)
{
    support_refuse(LIST("--cors-origins", "*,http://a"), NULL, LIST("\"*\" must be alone"));
    support_refuse(LIST("--cors-origins", "http://a,*"), NULL, LIST("\"*\" must be alone"));
}
END_TEST

START_TEST(origin_given_twice_is_refused)
{
    support_refuse(LIST("--cors-origins", "http://a,http://b,http://a"), NULL,
                   LIST("\"http://a\" is given twice"));
}
END_TEST

START_TEST(list_has_a_longest)
{
    char list[66 * 16] = "http://h0";
    for (int i = 1; i < 64; i++)
        sprintf(list + strlen(list), ",http://h%d", i);
    support_accept(LIST("--cors-origins", list), NULL);
    ck_assert_uint_eq(config.cors_origins.count, 64);
    strcat(list, ",http://last");
    support_refuse(LIST("--cors-origins", list), NULL, LIST("more than 64 items"));
    strcat(list, ",http://more");
    support_refuse(LIST("--cors-origins", list), NULL, LIST("more than 64 items"));
}
END_TEST

START_TEST(hostile_value_is_shown_tamed)
{
    support_refuse(LIST("--log-level", "a\x1B[31m\n\xFF\"b"), NULL, LIST("\"a?[31m??\"b\""));
}
END_TEST

Suite *suite_values(void)
{
    Suite *suite = suite_create("values");
    TCase *tcase = support_case(suite, "values");
    tcase_add_loop_test(tcase, bad_value_is_refused, 0, ARRAY_SIZE(refused));
    tcase_add_test(tcase, bounds_of_integers_are_accepted);
    tcase_add_test(tcase, sizes_have_units);
    tcase_add_test(tcase, modes_are_octal);
    tcase_add_test(tcase, texts_have_a_longest);
    tcase_add_test(tcase, texts_may_be_of_any_script);
    tcase_add_test(tcase, origins_of_every_form);
    tcase_add_test(tcase, star_is_alone);
    tcase_add_test(tcase, origin_given_twice_is_refused);
    tcase_add_test(tcase, list_has_a_longest);
    tcase_add_test(tcase, hostile_value_is_shown_tamed);
    return suite;
}
