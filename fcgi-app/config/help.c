/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The text of --help, from the table.
 */
#include <ctype.h>

#include "config/keys.h"

static const char introduction[] =
    "Usage: todo-app [COMMAND] [FILE] [OPTION]...\n"
    "\n"
    "Serves the REST API of the Todo App over FastCGI on a Unix socket.\n"
    "\n"
    "Commands (none: run the service)\n"
    "  --check-config   read the configuration, report the first error, run nothing\n"
    "  --print-config   print the configuration in effect as YAML, secrets masked\n"
    "  --healthcheck    ask the running service whether it is healthy: exit status 0 or 1\n"
    "  --help           print this text\n"
    "  --version        print the version\n"
    "  smoke-test URL   check the service at http://HOST:PORT: create, read and delete a task;\n"
    "                   --key-file FILE has the API key for it\n"
    "\n"
    "Commands on the database (--database); all but restore may run beside the service\n"
    "  import FILE      take in a document of tasks and templates, all or nothing; - reads\n"
    "                   standard input; with --dry-run only report what it would do\n"
    "  export [FILE]    write everything as such a document, by default to standard output\n"
    "  backup FILE      make a checked copy of the database; - writes it to standard output\n"
    "  restore FILE     put such a copy in its place (- reads standard input); the former\n"
    "                   database is kept beside it\n"
    "  verify [FILE]    check the database, or a copy, completely\n"
    "\n"
    "Commands on the API keys (--api-keys-file); the service reads them again on SIGHUP\n"
    "  key new NAME     make a key and print it, this once; --scopes LIST gives it other scopes\n"
    "                   than read,write: of read, write and admin\n"
    "  key list         print id, name, scopes and age of each key\n"
    "  key revoke ID    take a key out\n"
    "Exit status: 0 done, 1 failed, 2 the document was refused or the database is damaged.\n"
    "\n"
    "Configuration\n"
    "  --config PATH    file to read, else $TODO_CONFIG, else\n"
    "                   " CONFIG_DEFAULT_FILE "\n"
    "\n"
    "Each key below is an option, a variable of the environment and a key of that file, as in\n"
    "  --log-level DEBUG    TODO_LOG_LEVEL=DEBUG    log_level: DEBUG\n"
    "Options win over the environment, the environment over the file. A list is separated by\n"
    "commas in options and variables, and a sequence in the file.\n"
    "Keys marked with * are read again on SIGHUP.\n";

static void append_option(struct buf *out, const char *name)
{
    buf_append_string(out, "\n  --");
    for (; *name != '\0'; name++)
        buf_append_char(out, *name == '_' ? '-' : *name);
}

static void append_variable(struct buf *out, const char *name)
{
    buf_append_string(out, "    TODO_");
    for (; *name != '\0'; name++)
        buf_append_char(out, (char)toupper((unsigned char)*name));
}

void config_help(struct buf *out)
{
    buf_append_string(out, introduction);
    for (unsigned i = 0; i < CONFIG_KEY_COUNT; i++) {
        const struct config_key_info *info = config_key(i);
        append_option(out, info->name);
        append_variable(out, info->name);
        buf_printf(out, "%s\n      %s\n", info->reloadable ? "    *" : "", info->help);
        buf_printf(out, "      %s: %s", info->type, info->allowed);
        if (info->unit[0] != '\0')
            buf_printf(out, " (%s)", info->unit);
        buf_printf(out, "; default: %s\n", info->fallback[0] == '\0' ? "none" : info->fallback);
    }
}
