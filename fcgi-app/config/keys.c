/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The one table of configuration keys. Everything else about a key (parsing, printing, help,
 * documentation) follows from its row.
 */
#include "config/keys.h"

#include <string.h>

#include "base/cleanup.h"

#define KIB UINT64_C(1024)
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)

/* Indices are those of bool and of enum config_metrics_access. */
static const char *const no_yes[] = {"no", "yes", NULL};
static const char *const metrics_accesses[] = {"open", "key", NULL};

/* Indices are those of enum log_level. */
static const char *const log_levels[] = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", NULL};

static const char *const off_on[] = {"off", "on", NULL};

/* Indices are those of enum confine_mode. */
static const char *const sandbox_modes[] = {"auto", "on", "off", NULL};

/* The member's offset; does not compile if it has another type. */
#define OFFSET(member_type, member)                                                                \
    _Generic(((struct config *)0)->member, member_type : offsetof(struct config, member))

/* clang-format off */
#define TEXT(kind, type_name, member, max_bytes, ...)                                              \
    {.info = {.name = #member, .type = type_name, .allowed = "1-" #max_bytes " bytes", __VA_ARGS__}, \
     .type = kind, .offset = OFFSET(char *, member), .min = 1, .max = max_bytes}
#define PATH(member, max_bytes, ...)   TEXT(VALUE_PATH, "path", member, max_bytes, __VA_ARGS__)
#define STRING(member, max_bytes, ...) TEXT(VALUE_STRING, "string", member, max_bytes, __VA_ARGS__)
#define OPTIONAL(kind, type_name, member, max_bytes, ...)                                          \
    {.info = {.name = #member, .type = type_name, .allowed = "up to " #max_bytes " bytes",            \
              __VA_ARGS__},                                                                        \
     .type = kind, .offset = OFFSET(char *, member), .max = max_bytes}
#define OPTIONAL_PATH(member, max_bytes, ...)                                                      \
    OPTIONAL(VALUE_PATH, "path", member, max_bytes, __VA_ARGS__)
#define INTEGER(member, low, high, ...)                                                            \
    {.info = {.name = #member, .type = "integer", .allowed = #low "-" #high, __VA_ARGS__},         \
     .type = VALUE_INTEGER, .offset = OFFSET(unsigned, member), .min = low, .max = high}
#define MODE(member, low, high, ...)                                                               \
    {.info = {.name = #member, .type = "mode", .allowed = #low "-" #high, __VA_ARGS__},            \
     .type = VALUE_MODE, .offset = OFFSET(unsigned, member), .min = low, .max = high}
#define SIZE(member, low, high, ...)                                                               \
    {.info = {.name = #member, .type = "size", .unit = "bytes", __VA_ARGS__},                      \
     .type = VALUE_SIZE, .offset = OFFSET(uint64_t, member), .min = low, .max = high}
#define CHOICE(member, names, ...)                                                                 \
    {.info = {.name = #member, .type = "choice", .unit = "", __VA_ARGS__},                         \
     .type = VALUE_CHOICE, .offset = OFFSET(int, member), .choices = names}
#define LIST(kind, member, max_items, ...)                                                         \
    {.info = {.name = #member, .type = "list", .unit = "", __VA_ARGS__},                           \
     .type = kind, .offset = OFFSET(struct config_list, member), .max = max_items}

const struct key config_keys[CONFIG_KEY_COUNT] = {
    PATH(socket, 107, .fallback = "/run/todo-app/todo-app.sock", .unit = "",
         .help = "Unix socket to listen on"),
    MODE(socket_mode, 0000, 0777, .fallback = "0660", .unit = "octal",
         .help = "permissions of the socket"),
    INTEGER(socket_backlog, 1, 65535, .fallback = "4096", .unit = "connections",
            .help = "connections that may wait to be accepted; net.core.somaxconn caps it"),
    PATH(database, 4095, .fallback = "/var/lib/todo-app/todo.db", .unit = "",
         .help = "SQLite database file; its folder must exist and be writable"),
    INTEGER(workers, 0, 256, .fallback = "0", .unit = "threads",
            .help = "threads that handle requests; 0: twice the processors, 4 to 64"),
    INTEGER(queue_limit, 1, 65536, .fallback = "1024", .unit = "writes",
            .help = "writes that may wait; more are answered with 503"),
    INTEGER(batch_limit, 1, 4096, .fallback = "256", .unit = "writes",
            .help = "writes that are committed together at most"),
    INTEGER(batch_time_ms, 1, 1000, .fallback = "20", .unit = "ms",
            .help = "time after which no further write joins a commit"),
    INTEGER(busy_timeout_ms, 0, 60000, .fallback = "5000", .unit = "ms",
            .help = "how long to wait for another process that holds the database"),
    SIZE(wal_limit_bytes, MIB, GIB, .allowed = "1MiB-1GiB", .fallback = "8MiB",
         .help = "length of the write-ahead log from which it is moved into the database"),
    INTEGER(drain_timeout_s, 1, 3600, .fallback = "25", .unit = "s",
            .help = "time in which a stop finishes what was accepted"),
    SIZE(body_limit_bytes, KIB, 64 * MIB, .allowed = "1KiB-64MiB", .fallback = "1MiB",
         .help = "largest request body; a longer one is answered with 413"),
    SIZE(import_limit_bytes, KIB, 64 * MIB, .allowed = "1KiB-64MiB", .fallback = "64MiB",
         .help = "largest document for POST /import; a longer one takes the command"),
    STRING(time_zone, 64, .fallback = "UTC", .unit = "",
           .help = "time zone in which a day begins, as Europe/Berlin"),
    LIST(VALUE_ORIGINS, cors_origins, 64, .allowed = "* alone, or origins as https://example.org:8443",
            .fallback = "", .reloadable = true,
            .help = "origins whose pages may call the API; none: CORS is off"),
    CHOICE(log_level, log_levels, .allowed = "DEBUG|INFO|WARNING|ERROR|CRITICAL",
           .fallback = "INFO", .reloadable = true, .help = "least level that is logged"),
    OPTIONAL_PATH(api_keys_file, 4095, .fallback = "", .unit = "", .reloadable = true,
                  .help = "file of hashed API keys, which every call then needs; none: no keys"),
    CHOICE(allow_anonymous, no_yes, .allowed = "no|yes", .fallback = "no", .reloadable = true,
           .help = "without API keys, answer calls that came to other than a loopback address"),
    CHOICE(metrics_access, metrics_accesses, .allowed = "open|key", .fallback = "open",
           .reloadable = true, .help = "whether /metrics needs an API key, if there are any"),
    INTEGER(rate_limit_per_s, 0, 1000000, .fallback = "0", .unit = "requests", .reloadable = true,
            .help = "requests a second that a key, or without one an address, may make; 0: any"),
    INTEGER(rate_limit_burst, 1, 1000000, .fallback = "100", .unit = "requests",
            .reloadable = true, .help = "requests that may come at once, if there is a rate limit"),
    LIST(VALUE_NETWORKS, trusted_proxies, 64, .allowed = "networks as 10.0.0.0/8 or 2001:db8::/32",
         .fallback = "", .reloadable = true,
         .help = "proxies whose X-Forwarded-For is believed when addresses are counted"),
    INTEGER(idempotency_ttl_h, 1, 720, .fallback = "24", .unit = "h",
            .help = "how long the answer to an Idempotency-Key is kept"),
    INTEGER(journal_max_age_d, 0, 36500, .fallback = "90", .unit = "days",
            .help = "how long changes are kept for undo, history and feed; 0: for ever"),
    INTEGER(journal_max_changes, 0, 1000000000, .fallback = "1000000", .unit = "changes",
            .help = "how many changes are kept, the newest ones; 0: all"),
    CHOICE(sandbox, sandbox_modes, .allowed = "auto|on|off", .fallback = "auto",
           .help = "give up files and system calls that are not needed; on: or do not start"),
    INTEGER(backup_keep, 0, 10000, .fallback = "0", .unit = "files",
            .help = "copies to keep of those whose names differ only in their last number; 0: all"),
    OPTIONAL_PATH(proxy_status, 107, .fallback = "", .unit = "",
                  .help = "Unix socket of lighttpd's status page, for /metrics; empty: none"),
    OPTIONAL(VALUE_STRING, "string", trace_endpoint, 2048, .fallback = "", .unit = "",
             .help = "where traces go, as http://localhost:4318/v1/traces; empty: nowhere"),
    OPTIONAL_PATH(trace_headers_file, 4095, .fallback = "", .unit = "",
             .help = "file of header fields for trace_endpoint, Name: value, such as a key"),
    INTEGER(trace_sample_ppm, 0, 1000000, .fallback = "1000000", .unit = "per million",
            .help = "new traces that are exported; one that goes on keeps its caller's choice"),
    INTEGER(trace_interval_ms, 10, 600000, .fallback = "5000", .unit = "ms",
            .help = "how long spans are collected before they are sent"),
    CHOICE(trace_response, off_on, .allowed = "off|on", .fallback = "off",
           .help = "whether answers carry the traceresponse header"),
};
/* clang-format on */

const struct key *key_find(const char *name)
{
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++)
        if (strcmp(config_keys[i].info.name, name) == 0)
            return &config_keys[i];
    return NULL;
}

const struct config_key_info *config_key(unsigned index)
{
    return index < CONFIG_KEY_COUNT ? &config_keys[index].info : NULL;
}
