/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * `todo-app smoke-test [--wait SECONDS] URL`: what a test pod asks a service, from an image without
 * any other tool.
 */
#ifndef COMMAND_SMOKE_TEST_H
#define COMMAND_SMOKE_TEST_H

/* Waits for /ready, by default not at all, then creates, reads and deletes a task and reads the
 * pages beside the API. Prints a line for each check, "ok: ..." or "FAILED: ..."; removes its task
 * whatever happens. argv is that of the command, argv[0] its name. Needs no configuration. Returns
 * the exit status: 0, 1 if a check failed, 2 for wrong arguments. */
int command_smoke_test(int argc, char *const argv[]);

#endif
