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

/* Indices are those of enum log_level. */
static const char *const log_levels[] = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", NULL};

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
#define ORIGINS(member, max_items, ...)                                                            \
    {.info = {.name = #member, .type = "list", .unit = "", __VA_ARGS__},                           \
     .type = VALUE_ORIGINS, .offset = OFFSET(struct config_list, member), .max = max_items}

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
    SIZE(wal_limit_bytes, MIB, GIB, .allowed = "1MiB-1GiB", .fallback = "64MiB",
         .help = "length of the write-ahead log from which it is moved into the database"),
    INTEGER(drain_timeout_s, 1, 3600, .fallback = "25", .unit = "s",
            .help = "time in which a stop finishes what was accepted"),
    SIZE(body_limit_bytes, KIB, 64 * MIB, .allowed = "1KiB-64MiB", .fallback = "1MiB",
         .help = "largest request body; a longer one is answered with 413"),
    SIZE(import_limit_bytes, KIB, 64 * MIB, .allowed = "1KiB-64MiB", .fallback = "64MiB",
         .help = "largest document for POST /import; a longer one takes the command"),
    STRING(time_zone, 64, .fallback = "UTC", .unit = "",
           .help = "time zone in which a day begins, as Europe/Berlin"),
    ORIGINS(cors_origins, 64, .allowed = "* alone, or origins as https://example.org:8443",
            .fallback = "", .reloadable = true,
            .help = "origins whose pages may call the API; none: CORS is off"),
    CHOICE(log_level, log_levels, .allowed = "DEBUG|INFO|WARNING|ERROR|CRITICAL",
           .fallback = "INFO", .reloadable = true, .help = "least level that is logged"),
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
