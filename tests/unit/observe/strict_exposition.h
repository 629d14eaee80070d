/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A strict reader of exposition texts: fails the test at the first line that breaks the form.
 */
#ifndef TESTS_UNIT_OBSERVE_STRICT_EXPOSITION_H
#define TESTS_UNIT_OBSERVE_STRICT_EXPOSITION_H

#include <stddef.h>

#include "observe/metrics.h"

/* Checks that each family has HELP, TYPE and samples in this order, all together and once, that
 * names and suffixes fit the type, that no series occurs twice, that histograms are cumulative and
 * end with a +Inf that equals their count, and that OpenMetrics has its end. Returns the number of
 * samples. */
size_t strict_exposition_check(const char *text, enum metrics_format format);

#endif
