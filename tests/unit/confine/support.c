/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Attempts of a confined process.
 */
#include "support.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOT_CONFINED 100
#define NOT_RUN      101

char support_write[32], support_read[32], support_remove[32], support_outside[32];

static void make(char folder[32])
{
    strcpy(folder, "/tmp/todo-confine-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    FILE *file = fopen(support_path(folder, "file"), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs("text", file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

void support_open(void)
{
    make(support_write);
    make(support_read);
    make(support_remove);
    make(support_outside);
}

static void discard(const char *folder)
{
    unlink(support_path(folder, "file"));
    unlink(support_path(folder, "link"));
    unlink(support_path(folder, "new"));
    ck_assert_int_eq(rmdir(folder), 0);
}

void support_close(void)
{
    discard(support_write);
    discard(support_read);
    discard(support_remove);
    discard(support_outside);
}

const char *support_path(const char *folder, const char *name)
{
    static char paths[4][64];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
    return path;
}

static bool local; /* for the next attempt */

static bool confine(bool network, struct confine_state *ret_state)
{
    const struct confine_path paths[] = {
        {support_write, CONFINE_WRITE},
        {support_read, CONFINE_READ},
        {support_remove, CONFINE_REMOVE},
        {"/tmp/there-is-no-such-folder", CONFINE_WRITE},
        {"/tmp/there-is/no/such-folder", CONFINE_READ},
    };
    const struct confine_options options = {.mode = CONFINE_AUTO,
                                            .paths = paths,
                                            .path_count = sizeof(paths) / sizeof(paths[0]),
                                            .network = network,
                                            .local = local};
    return confine_process(&options, ret_state, NULL) == ERROR_NONE;
}

/* Without assertions: it is used outside a test too. */
static int in_child(int (*attempt)(void), bool network, struct confine_state *ret_state)
{
    int ends[2];
    int status;
    struct confine_state state = {0};
    if (pipe(ends) != 0)
        return NOT_RUN;
    pid_t child = fork();
    if (child == 0) {
        const struct rlimit no_core = {0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        bool confined = confine(network, &state) &&
                        write(ends[1], &state, sizeof(state)) == (ssize_t)sizeof(state);
        _exit(confined ? attempt() : NOT_CONFINED);
    }
    close(ends[1]);
    bool told = child > 0 && waitpid(child, &status, 0) == child &&
                read(ends[0], ret_state, sizeof(*ret_state)) == (ssize_t)sizeof(*ret_state);
    close(ends[0]);
    if (!told)
        return NOT_RUN;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int support_attempt(int (*attempt)(void), bool network)
{
    struct confine_state state;
    return in_child(attempt, network, &state);
}

int support_attempt_local(int (*attempt)(void))
{
    local = true;
    int result = support_attempt(attempt, false);
    local = false;
    return result;
}

static int nothing(void)
{
    return 0;
}

struct confine_state support_probe(void)
{
    struct confine_state state = {.missing = "a confined process did not run"};
    (void)in_child(nothing, false, &state);
    return state;
}
