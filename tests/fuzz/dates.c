/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Texts of dates and instants: what is read is written as it was, or as the same moment.
 */
#include <string.h>

#include "base/date.h"
#include "fuzz.h"

static void check_date(const char *text, size_t size)
{
    date_t date = DATE_NONE;
    char shown[DATE_TEXT_SIZE];
    if (!date_parse(text, size, &date)) {
        FUZZ_CHECK(date == DATE_NONE);
        return;
    }
    FUZZ_CHECK(date >= DATE_MIN && date <= DATE_MAX);
    FUZZ_CHECK(date_format(date, shown) == size && memcmp(shown, text, size) == 0);
    FUZZ_CHECK(date_from_civil(date_to_civil(date)) == date);
}

static void check_instant(const char *text, size_t size)
{
    int64_t instant = INSTANT_NONE;
    int64_t again;
    char shown[INSTANT_TEXT_SIZE];
    if (!instant_parse(text, size, &instant)) {
        FUZZ_CHECK(instant == INSTANT_NONE);
        return;
    }
    size_t length = instant_format(instant, shown);
    FUZZ_CHECK(length == INSTANT_TEXT_SIZE - 1);
    FUZZ_CHECK(instant_parse(shown, length, &again) && again == instant);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_date((const char *)data, size);
    check_instant((const char *)data, size);
    return 0;
}
