/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The program: parse, wire, run, tear down.
 */
int main(void)
{
    return 0;
}
