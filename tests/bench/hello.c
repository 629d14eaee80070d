/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The floor of the benchmark: the textbook FastCGI program. N threads each accept a request and
 * answer a fixed, tiny JSON body. What it costs is lighttpd, the socket, the wake-up and libfcgi.
 * Usage: hello SOCKET THREADS
 */
#include <fcgiapp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define BACKLOG     1024
#define THREADS_MAX 64

static const char ANSWER[] = "Content-Type: application/json\r\n"
                             "Content-Length: 19\r\n"
                             "\r\n"
                             "{\"message\":\"hello\"}";

static void *serve(void *arg)
{
    const int *listener = arg;
    FCGX_Request request;

    if (FCGX_InitRequest(&request, *listener, 0) != 0)
        return NULL;
    while (FCGX_Accept_r(&request) == 0) {
        FCGX_PutStr(ANSWER, sizeof(ANSWER) - 1, request.out);
        FCGX_Finish_r(&request);
    }
    return NULL;
}

static int start_threads(int *listener, int count)
{
    for (int i = 1; i < count; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve, listener) != 0) {
            fputs("hello: cannot start a thread\n", stderr);
            return -1;
        }
        pthread_detach(thread);
    }
    return 0;
}

int main(int argc, char **argv)
{
    int count = argc == 3 ? atoi(argv[2]) : 0;

    if (count < 1 || count > THREADS_MAX) {
        fprintf(stderr, "usage: hello SOCKET THREADS (1 to %d)\n", THREADS_MAX);
        return 2;
    }
    int listener = FCGX_Init() == 0 ? FCGX_OpenSocket(argv[1], BACKLOG) : -1;
    if (listener < 0 || start_threads(&listener, count) != 0)
        return 1;
    serve(&listener);
    return 1;
}
