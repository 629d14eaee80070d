/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Runs a target over its seeds, or over the files that are named: what a fuzzer once found stays
 * found. The folder of the seeds is that of the program's name, fuzz-NAME, below srcdir.
 */
#include "config.h"

#include <dirent.h>
#include <string.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "fuzz.h"

#define PATH_SIZE 4096

static void cleanup_file(FILE **file)
{
    if (*file != NULL)
        fclose(*file);
}

static bool run_file(const char *path)
{
    CLEANUP_BUF struct buf text = {0};
    CLEANUP(cleanup_file) FILE *file = fopen(path, "re");
    char part[BUFSIZ];
    size_t size;
    if (file == NULL)
        return false;
    while ((size = fread(part, 1, sizeof(part), file)) > 0)
        buf_append(&text, part, size);
    if (ferror(file) || text.failed)
        return false;
    /* A copy of its exact size: a sanitizer sees a read beyond it. */
    uint8_t *exact CLEANUP_FREE = malloc(text.size > 0 ? text.size : 1);
    if (exact == NULL)
        return false;
    if (text.size > 0)
        memcpy(exact, text.data, text.size);
    return LLVMFuzzerTestOneInput(exact, text.size) == 0;
}

/* The number of files run; negative: one could not be. */
static int run_folder(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    int ran = 0;
    for (int i = 0; i < count; i++) {
        char *path CLEANUP_FREE = NULL;
        if (entries[i]->d_name[0] != '.' && ran >= 0)
            ran = asprintf(&path, "%s/%s", folder, entries[i]->d_name) > 0 && run_file(path)
                      ? ran + 1
                      : -1;
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return ran;
}

static int run_seeds(const char *program)
{
    const char *source = getenv("srcdir");
    const char *name = strrchr(program, '/');
    char folder[PATH_SIZE];
    name = name == NULL ? program : name + 1;
    if (strncmp(name, "fuzz-", 5) == 0)
        name += 5;
    snprintf(folder, sizeof(folder), "%s/tests/fuzz/seeds/%s", source == NULL ? "." : source, name);
    int ran = run_folder(folder);
    printf("%s: %d seeds\n", name, ran);
    return ran > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char *argv[])
{
    if (argc == 1)
        return run_seeds(argv[0]);
    for (int i = 1; i < argc; i++)
        if (!run_file(argv[i]))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
