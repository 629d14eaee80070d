/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The life of the running service: start in order, signals, stop in order.
 */
#ifndef API_RUN_H
#define API_RUN_H

#include <stdbool.h>

#include "config/config.h"

/* Runs until SIGTERM or SIGINT, or until a sync fails. The arguments are read again on SIGHUP. Logs
 * what goes wrong. True: the stop was graceful and nothing was lost. Blocks all signals of the
 * process; call once, before any thread exists. */
bool api_run(struct config *config, int argc, char *const argv[]);

#endif
