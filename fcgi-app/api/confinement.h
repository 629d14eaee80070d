/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the running service needs when it has started, and the confinement to that.
 */
#ifndef API_CONFINEMENT_H
#define API_CONFINEMENT_H

#include "base/error.h"
#include "config/config.h"

/* Confines the process as the key `sandbox` says; config_file is read again on SIGHUP. After the
 * store and the listener were opened, before the threads that handle requests and write; the one
 * that exports traces is started before and stays unconfined. Tells the log and the metrics what
 * is in force. ERROR_SYSTEM: the sandbox is demanded and cannot be had. ERROR_MEMORY. */
enum error_code api_confine(const struct config *config, const char *config_file,
                            struct error *ret_error);

#endif
