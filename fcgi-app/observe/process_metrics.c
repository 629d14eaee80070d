/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the kernel knows about this process. A figure that it does not give (no /proc) stays as it
 * was.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "observe/metrics.h"

#define NS_PER_SECOND INT64_C(1000000000)

/* Of the fields of /proc/self/stat that follow the command's name, the start time (proc(5): 22). */
#define START_TIME_FIELD 20

static bool read_proc(const char *path, char *text, size_t size)
{
    int fd CLEANUP_CLOSE = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, text, size - 1) : -1;
    if (got <= 0)
        return false;
    text[got] = '\0';
    return true;
}

static int64_t nanoseconds(struct timeval time)
{
    return (int64_t)time.tv_sec * NS_PER_SECOND + (int64_t)time.tv_usec * 1000;
}

static void set_cpu(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        metric_set(METRIC_CPU_SECONDS, nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime));
}

static void set_memory(void)
{
    char text[256];
    long long size, resident;
    if (read_proc("/proc/self/statm", text, sizeof(text)) &&
        sscanf(text, "%lld %lld", &size, &resident) == 2)
        metric_set(METRIC_MEMORY_BYTES, resident * sysconf(_SC_PAGESIZE));
}

/* When the process started, on the clock that runs since boot. */
static bool started_after_boot(int64_t *ret_nanoseconds)
{
    char text[1024];
    if (!read_proc("/proc/self/stat", text, sizeof(text)))
        return false;
    /* The name of the command may hold anything, parentheses too. */
    const char *field = strrchr(text, ')');
    for (int i = 0; field != NULL && i < START_TIME_FIELD; i++)
        field = strchr(field + 1, ' ');
    if (field == NULL)
        return false;
    *ret_nanoseconds = strtoll(field, NULL, 10) * (NS_PER_SECOND / sysconf(_SC_CLK_TCK));
    return true;
}

static void set_times(void)
{
    int64_t started;
    struct timespec boot;
    if (!started_after_boot(&started) || clock_gettime(CLOCK_BOOTTIME, &boot) != 0)
        return;
    int64_t uptime = (int64_t)boot.tv_sec * NS_PER_SECOND + boot.tv_nsec - started;
    metric_set(METRIC_UPTIME, uptime);
    /* Told once: it must not move when the clock is set. */
    if (metric_get(METRIC_START_TIME) == 0)
        metric_set(METRIC_START_TIME, clock_now() * 1000000 - uptime);
}

static void close_directory(DIR **directory)
{
    if (*directory != NULL)
        closedir(*directory);
}

static void set_descriptors(void)
{
    DIR *directory CLEANUP(close_directory) = opendir("/proc/self/fd");
    if (directory == NULL)
        return;
    int64_t count = -1; /* the one that reads */
    const struct dirent *entry;
    while ((entry = readdir(directory)) != NULL)
        count += entry->d_name[0] != '.';
    metric_set(METRIC_OPEN_FDS, count);
}

void metrics_process(void)
{
    set_cpu();
    set_memory();
    set_times();
    set_descriptors();
}
