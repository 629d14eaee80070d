/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Configuration files: one that is accepted is printed so that it is read back equal; of one that
 * is refused the message tells where.
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "config/config.h"
#include "fuzz.h"

static enum error_code load(const void *data, size_t size, struct config *ret_config,
                            struct error *ret_error)
{
    char path[64];
    char name[] = "todo-app";
    char option[] = "--config";
    enum config_command command;
    int fd CLEANUP_CLOSE = memfd_create("config", MFD_CLOEXEC);
    FUZZ_CHECK(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    char *const arguments[] = {name, option, path, NULL};
    char *const environment[] = {NULL};
    return config_load(3, arguments, environment, ret_config, &command, ret_error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(config_close) struct config config = {0};
    CLEANUP(config_close) struct config again = {0};
    CLEANUP_BUF struct buf text = {0};
    CLEANUP_BUF struct buf text_again = {0};
    struct error error;
    if (load(data, size, &config, &error) != ERROR_NONE) {
        FUZZ_CHECK(strlen(error.message) > 0);
        FUZZ_CHECK(utf8_valid(error.message, strlen(error.message)));
        return 0;
    }
    config_print(&config, &text);
    FUZZ_CHECK(load(text.data, text.size, &again, &error) == ERROR_NONE);
    config_print(&again, &text_again);
    FUZZ_CHECK(text.size == text_again.size && memcmp(text.data, text_again.data, text.size) == 0);
    return 0;
}
