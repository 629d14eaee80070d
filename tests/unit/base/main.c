/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Unit tests of fcgi-app/base/.
 */
#include "tests/unit/suite.h"

Suite *suite_address(void);
Suite *suite_arena(void);
Suite *suite_buf(void);
Suite *suite_cleanup(void);
Suite *suite_clock(void);
Suite *suite_csv(void);
Suite *suite_date(void);
Suite *suite_digest(void);
Suite *suite_encoding(void);
Suite *suite_error(void);
Suite *suite_faults(void);
Suite *suite_icalendar(void);
Suite *suite_instant(void);
Suite *suite_json_memory(void);
Suite *suite_json_writer(void);
Suite *suite_random(void);
Suite *suite_utf8(void);
Suite *suite_utf8_fold(void);

SUITE_MAIN(suite_address, suite_arena, suite_buf, suite_cleanup, suite_clock, suite_csv, suite_date,
           suite_digest, suite_encoding, suite_error, suite_faults, suite_icalendar, suite_instant,
           suite_json_memory, suite_json_writer, suite_random, suite_utf8, suite_utf8_fold)
