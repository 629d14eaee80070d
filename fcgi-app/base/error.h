/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The one error enumeration of the program, and the structure that carries an error with its field
 * and message. What an HTTP client is told about each code is decided in http/problem.c.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/cleanup.h"

/* X(code, name): every error that one module may report to another. */
#define ERROR_CODES(X)                                                                             \
    X(ERROR_NONE, "none")                                                                          \
    /* What the caller asked for cannot be done. */                                                \
    X(ERROR_INVALID, "invalid")                                                                    \
    X(ERROR_NOT_FOUND, "not found")                                                                \
    X(ERROR_CONFLICT, "conflict")                                                                  \
    /* It cannot be done now; try again later. */                                                  \
    X(ERROR_BUSY, "busy")                                                                          \
    X(ERROR_QUEUE_FULL, "queue full")                                                              \
    X(ERROR_STOPPING, "stopping")                                                                  \
    X(ERROR_MEMORY, "out of memory")                                                               \
    X(ERROR_STORAGE_FULL, "storage full")                                                          \
    /* Something is broken. */                                                                     \
    X(ERROR_STORAGE, "storage failure")                                                            \
    X(ERROR_CORRUPT, "database damaged")                                                           \
    X(ERROR_SYSTEM, "system failure")

#define ERROR_ENUM(code, name) code,
enum error_code { ERROR_CODES(ERROR_ENUM) ERROR_CODE_COUNT };
#undef ERROR_ENUM

struct error {
    enum error_code code;
    const char *field; /* static string or NULL: the key, column or file that is at fault */
    char message[512]; /* for a person; always terminated, valid UTF-8 */
};

/* A static string such as "queue full"; never NULL. */
const char *error_name(enum error_code code);

/* Fills *ret_error (which may be NULL) and returns code, so that a function can
 * `return error_set(...)`. The message is cut at the size of the field. */
enum error_code error_set(struct error *ret_error, enum error_code code, const char *field,
                          const char *format, ...) PRINTF_LIKE(4, 5);

#endif
