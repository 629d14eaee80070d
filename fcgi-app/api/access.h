/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules of the gate, as the configuration says them.
 */
#ifndef API_ACCESS_H
#define API_ACCESS_H

#include "config/config.h"
#include "http/gate.h"

/* Reads the API keys. ERROR_INVALID, ERROR_MEMORY. */
enum error_code api_access_open(const struct config *config, struct http_gate **ret_gate,
                                struct error *ret_error);

/* The same again, of another configuration, while requests pass. On an error the old rules stay. */
enum error_code api_access_reload(const struct config *config, struct http_gate *gate,
                                  struct error *ret_error);

#endif
