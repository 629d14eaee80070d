/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules of the gate, see access.h.
 */
#include "api/access.h"

static struct http_gate_options gate_options(const struct config *config)
{
    return (struct http_gate_options){
        .keys_file = config->api_keys_file,
        .allow_anonymous = config->allow_anonymous != 0,
        .metrics_open =
            config->metrics_access == CONFIG_METRICS_OPEN || config->api_keys_file[0] == '\0',
        .rate = {config->rate_limit_per_s, config->rate_limit_burst},
        .trusted = (const char *const *)config->trusted_proxies.items,
        .trusted_count = config->trusted_proxies.count,
    };
}

enum error_code api_access_open(const struct config *config, struct http_gate **ret_gate,
                                struct error *ret_error)
{
    struct http_gate_options options = gate_options(config);
    return http_gate_open(&options, ret_gate, ret_error);
}

enum error_code api_access_reload(const struct config *config, struct http_gate *gate,
                                  struct error *ret_error)
{
    struct http_gate_options options = gate_options(config);
    return http_gate_reload(gate, &options, ret_error);
}
