/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What a shell script would do at the start of the proxy's container, where there is no shell:
 * checks the settings in the environment, completes them with the defaults, and becomes lighttpd.
 * What the settings mean is in lighttpd.conf.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIGHTTPD      "/usr/sbin/lighttpd"
#define CONFIGURATION "/etc/todo-app/proxy.conf"
#define ACCESS_LOG_FD 3 /* as in proxy.conf; lighttpd closes standard output itself */
#define DIGITS_MAX    9

enum exit_status { EXIT_USAGE = 2, EXIT_NO_LIGHTTPD = 127 };

struct setting {
    const char *name, *fallback, *help;
    long min, max; /* of the number, or of the bytes of a text */
    bool number;
};

static const struct setting settings[] = {
    {"PROXY_ADDRESS", "0.0.0.0", "address to listen on; [::] for IPv6 and IPv4", 1, 64, false},
    {"PROXY_PORT", "8080", "port to listen on", 1, 65535, true},
    {"PROXY_SOCKET", "/run/todo-app/todo-app.sock", "socket of todo-app", 1, 107, false},
    {"PROXY_STATUS_SOCKET", "/run/todo-app/proxy-status.sock",
     "socket of the status page, for proxy_status of todo-app", 1, 107, false},
    {"PROXY_UPLOAD_DIR", "/tmp", "writable folder for bodies over 64 KiB", 1, 4095, false},
    {"PROXY_MAX_BODY_KIB", "4096", "largest body, in KiB, above todo-app's body limit", 1, 1048576,
     true},
    {"PROXY_DRAIN_S", "30", "seconds that requests get to finish after SIGINT", 1, 3600, true},
};
#define SETTING_COUNT (sizeof settings / sizeof settings[0])

/* lighttpd pastes the value into a string of its configuration. */
static bool is_plain(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text < ' ' || *text > '~' || *text == '"' || *text == '\\')
            return false;
    return true;
}

static bool in_range(long value, const struct setting *setting)
{
    return value >= setting->min && value <= setting->max;
}

static bool valid(const struct setting *setting, const char *text)
{
    size_t size = strlen(text);
    if (!setting->number)
        return size <= (size_t)setting->max && is_plain(text);
    return size <= DIGITS_MAX && strspn(text, "0123456789") == size &&
           in_range(strtol(text, NULL, 10), setting);
}

static void print_help(void)
{
    puts("Usage: proxy-start\n\n"
         "Runs lighttpd in front of todo-app. Settings, all from the environment:\n");
    for (size_t i = 0; i < SETTING_COUNT; i++)
        printf("  %-20s %s\n  %20s %ld-%ld%s; default: %s\n", settings[i].name, settings[i].help,
               "", settings[i].min, settings[i].max, settings[i].number ? "" : " bytes",
               settings[i].fallback);
}

/* An empty value is an unset one, as templates often leave them. */
static bool complete(const struct setting *setting)
{
    const char *value = getenv(setting->name);
    if (value == NULL || *value == '\0')
        return setenv(setting->name, setting->fallback, 1) == 0;
    if (valid(setting, value))
        return true;
    fprintf(stderr, "proxy-start: %s: \"%s\" is not allowed; %s%ld to %ld%s (%s)\n", setting->name,
            value, setting->number ? "a number from " : "plain text of ", setting->min,
            setting->max, setting->number ? "" : " bytes", setting->help);
    return false;
}

int main(int argc, char *argv[])
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        print_help();
        return EXIT_SUCCESS;
    }
    if (argc != 1) {
        fprintf(stderr, "proxy-start: takes no argument \"%s\"; see --help\n", argv[1]);
        return EXIT_USAGE;
    }
    bool good = true;
    for (size_t i = 0; i < SETTING_COUNT; i++)
        good = complete(&settings[i]) && good;
    if (!good)
        return EXIT_USAGE;
    if (dup2(STDOUT_FILENO, ACCESS_LOG_FD) < 0) {
        fprintf(stderr, "proxy-start: standard output: %s\n", strerror(errno));
        return EXIT_FAILURE;
    }
    execl(LIGHTTPD, "lighttpd", "-D", "-f", CONFIGURATION, (char *)NULL);
    fprintf(stderr, "proxy-start: %s: %s\n", LIGHTTPD, strerror(errno));
    return EXIT_NO_LIGHTTPD;
}
