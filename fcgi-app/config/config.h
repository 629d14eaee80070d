/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The configuration: one table of keys (keys.c) gives each its type, range, default, unit and help.
 * Values come from the defaults, a YAML file, the environment (TODO_KEY) and the options (--key),
 * the later over the earlier.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"

#define CONFIG_DEFAULT_FILE SYSCONFDIR "/todo-app/todo-app.yaml"

struct config_list {
    char **items; /* NULL-terminated */
    size_t count;
};

enum config_metrics_access { CONFIG_METRICS_OPEN, CONFIG_METRICS_KEY };

/* Typed values; strings are owned. Durations are in the unit that the member's name says. */
struct config {
    char *socket;         /* path of the Unix socket to listen on */
    unsigned socket_mode; /* permission bits of it, octal in texts */
    unsigned socket_backlog;
    char *database;   /* path of the SQLite file */
    unsigned workers; /* never 0 here: 0 in the input becomes 2 x CPUs within 4..64 */
    unsigned queue_limit;
    unsigned batch_limit;
    unsigned batch_time_ms;
    unsigned busy_timeout_ms;
    uint64_t wal_limit_bytes;
    unsigned drain_timeout_s;
    uint64_t body_limit_bytes;
    uint64_t import_limit_bytes;
    char *time_zone;
    struct config_list cors_origins; /* exact origins, or the single "*"; empty: CORS is off */
    int log_level;                   /* enum log_level */
    char *api_keys_file;             /* "": API keys are off */
    int allow_anonymous;             /* 0 or 1 */
    int metrics_access;              /* enum config_metrics_access */
    unsigned rate_limit_per_s;       /* 0: no limit */
    unsigned rate_limit_burst;
    struct config_list trusted_proxies; /* networks, as network_parse reads them */
    int sandbox;                        /* enum confine_mode */
    unsigned idempotency_ttl_h;
    unsigned journal_max_age_d;   /* 0: changes are kept whatever their age */
    unsigned journal_max_changes; /* 0: whatever their number */
    unsigned backup_keep;         /* 0: all */
    char *proxy_status;           /* socket of lighttpd's status page; "": none */
    char *trace_endpoint;         /* "": traces are not exported */
    char *trace_headers_file;     /* "": none */
    unsigned trace_sample_ppm;
    unsigned trace_interval_ms;
    int trace_response; /* 1: on */
};

/* What the command line asks for. */
enum config_command {
    CONFIG_RUN,
    CONFIG_HELP,        /* --help */
    CONFIG_VERSION,     /* --version */
    CONFIG_CHECK,       /* --check-config */
    CONFIG_PRINT,       /* --print-config */
    CONFIG_HEALTHCHECK, /* --healthcheck */
    CONFIG_VERB,        /* import, export, backup, restore, verify, key: see config_operands */
};

enum config_verb {
    CONFIG_VERB_IMPORT,
    CONFIG_VERB_EXPORT,
    CONFIG_VERB_BACKUP,
    CONFIG_VERB_RESTORE,
    CONFIG_VERB_VERIFY,
    CONFIG_VERB_KEY,
    CONFIG_VERB_COUNT
};

/* What stands beside the options, for CONFIG_VERB. */
struct config_operands {
    enum config_verb verb;
    const char *file;   /* in argv; NULL: none was given */
    bool dry_run;       /* --dry-run, of import */
    const char *name;   /* of key: the word behind new or revoke; NULL: none was given */
    const char *scopes; /* --scopes, of key new; NULL: not given */
};

enum config_key_action {
    CONFIG_KEY_NEW,
    CONFIG_KEY_LIST,
    CONFIG_KEY_REVOKE,
    CONFIG_KEY_ACTION_COUNT
};

/* What the command `key` shall do: its first operand. */
enum config_key_action config_key_action(const struct config_operands *operands);

/* Reads everything. arguments as main's. environment: as environ. The file is --config PATH, else
 * TODO_CONFIG, else CONFIG_DEFAULT_FILE, which alone may be missing. On an error (unknown key or
 * option, bad value, duplicate key, unreadable file; unknown TODO_ variable) *ret_error names the
 * source (file:line, variable or option), the value and what is allowed; *ret_config is empty.
 * --help and --version win over everything and read no file. ERROR_INVALID, ERROR_MEMORY. */
enum error_code config_load(int argc, char *const argv[], char *const environment[],
                            struct config *ret_config, enum config_command *ret_command,
                            struct error *ret_error);

/* The operands of a command line that config_load has accepted with CONFIG_VERB. */
void config_operands(int argc, char *const argv[], struct config_operands *ret_operands);

/* The file that config_load reads with the same arguments: in them, in the environment, or static.
 * Its options are known and complete. */
const char *config_file(int argc, char *const argv[], char *const environment[]);

void config_close(struct config *config); /* also of a zeroed one */

/* Takes from fresh what may change in a running program (the table says which); returns how many
 * values changed. Owned strings move. */
unsigned config_reload(struct config *config, struct config *fresh);

/* The text of --help: usage, commands and a line for each key, from the table. */
void config_help(struct buf *out);

/* All values as a YAML file that config_load reads back equal; secrets masked. */
void config_print(const struct config *config, struct buf *out);

/* The table's facts, for tests and generated documentation. NULL past the last. */
struct config_key_info {
    const char *name; /* "queue_limit"; option --queue-limit and --queue_limit, TODO_QUEUE_LIMIT */
    const char *type; /* "path", "integer", "size", "choice", "list", "string", "mode" */
    const char *allowed; /* "1-65536", "DEBUG|INFO|..." */
    const char *fallback;
    const char *unit; /* "ms", "bytes", ... or "" */
    const char *help;
    bool reloadable;
};
const struct config_key_info *config_key(unsigned index);

#endif
