/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/digest.c, with the examples of FIPS 180-4 and of the NIST test vectors.
 */
#include "base/digest.h"

#include <check.h>
#include <string.h>

#include "base/cleanup.h"

static const char *hex_of(const char *data, size_t size, size_t step)
{
    static char text[2 * SHA256_SIZE + 1];
    struct sha256 sha;
    sha256_init(&sha);
    for (size_t i = 0; i < size; i += step)
        sha256_update(&sha, data + i, step < size - i ? step : size - i);
    uint8_t digest[SHA256_SIZE];
    sha256_final(&sha, digest);
    hex_encode(digest, SHA256_SIZE, text);
    return text;
}

static const struct {
    const char *text;
    const char *digest;
} vectors[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
     "lmnopqrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    {"The quick brown fox jumps over the lazy dog",
     "d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592"},
};

START_TEST(known_digests)
{
    ck_assert_str_eq(hex_of(vectors[_i].text, strlen(vectors[_i].text), SIZE_MAX),
                     vectors[_i].digest);
}
END_TEST

START_TEST(million_letters)
{
    static char letters[1000000];
    memset(letters, 'a', sizeof(letters));
    ck_assert_str_eq(hex_of(letters, sizeof(letters), 1000),
                     "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

/* Around the places where the padding needs one block more. */
START_TEST(steps_do_not_matter)
{
    char data[130];
    memset(data, 'x', sizeof(data));
    for (size_t size = 0; size <= sizeof(data); size++) {
        char whole[2 * SHA256_SIZE + 1];
        memcpy(whole, hex_of(data, size, SIZE_MAX), sizeof(whole));
        ck_assert_str_eq(hex_of(data, size, 1), whole);
        ck_assert_str_eq(hex_of(data, size, 7), whole);
        ck_assert_str_eq(hex_of(data, size, 64), whole);
    }
}
END_TEST

START_TEST(updates_of_nothing_change_nothing)
{
    struct sha256 sha;
    uint8_t digest[SHA256_SIZE];
    char text[2 * SHA256_SIZE + 1];
    sha256_init(&sha);
    sha256_update(&sha, NULL, 0);
    sha256_update(&sha, "abc", 3);
    sha256_update(&sha, NULL, 0);
    sha256_final(&sha, digest);
    hex_encode(digest, SHA256_SIZE, text);
    ck_assert_str_eq(text, vectors[1].digest);
}
END_TEST

Suite *suite_digest(void);
Suite *suite_digest(void)
{
    Suite *suite = suite_create("digest");
    TCase *tcase = tcase_create("digest");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, known_digests, 0, (int)ARRAY_SIZE(vectors));
    tcase_add_test(tcase, million_letters);
    tcase_add_test(tcase, steps_do_not_matter);
    tcase_add_test(tcase, updates_of_nothing_change_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
