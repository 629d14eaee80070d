/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the fuzz targets share: each is a program of its own, driven by libFuzzer or, with any
 * compiler, by driver.c over the seeds.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program: the input breaks a promise. */
#define FUZZ_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* Answers a request as the service would: routing, handler, store; without a server. params as
 * FastCGI gives them, NULL-terminated, without CONTENT_LENGTH. A write is made a dry run, so that
 * no input depends on the one before. Checks of the answer what holds for all of them: no status
 * 500, a well-formed document. (service.c) */
void fuzz_answer(const char *const params[], const uint8_t *body, size_t body_size);

/* A terminated copy; NUL characters in it are kept. To be freed. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    FUZZ_CHECK(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

#endif
