/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Preloaded into todo-app by the fault tests: makes one chosen call of a kind fail, in whatever
 * thread it happens. The test chooses through a file that both map, named by FAULT_CONTROL.
 *
 * Allocations fail only where the program, SQLite or Jansson ask for them: libfcgi ends the process
 * when it gets none, and the C library's own are not a matter of the program. Writes and reads fail
 * only for regular files beyond the standard ones: the log and sockets are left alone.
 *
 * It also steps the clock: the offset is added to what CLOCK_REALTIME says.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum kind { KIND_NONE, KIND_MEMORY, KIND_WRITE, KIND_SYNC, KIND_OPEN, KIND_READ };

/* As in injector.py. */
struct control {
    atomic_int kind;
    atomic_int countdown; /* so many calls succeed before the one that fails */
    atomic_int error;     /* its errno */
    atomic_int fired;     /* calls that have failed */
    atomic_int lasting;   /* all later ones fail too */
    atomic_int padding;
    _Atomic(int64_t) clock_offset; /* seconds */
};

static struct control unused;
static struct control *control = &unused;

#define RANGES_MAX 8
static struct range {
    uintptr_t first, last;
} ranges[RANGES_MAX];
static size_t range_count;

/* --- Whose allocations fail ----------------------------------------------------------------- */

static int note_object(struct dl_phdr_info *info, size_t size, void *first)
{
    (void)size;
    int *number = first;
    int is_program = (*number)++ == 0;
    if (!is_program && strstr(info->dlpi_name, "libsqlite3") == NULL &&
        strstr(info->dlpi_name, "libjansson") == NULL)
        return 0;
    for (int i = 0; i < info->dlpi_phnum && range_count < RANGES_MAX; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && (part->p_flags & PF_X) != 0) {
            uintptr_t start = info->dlpi_addr + part->p_vaddr;
            ranges[range_count++] = (struct range){start, start + part->p_memsz};
        }
    }
    return 0;
}

static int is_ours(const void *caller)
{
    uintptr_t address = (uintptr_t)caller;
    for (size_t i = 0; i < range_count; i++)
        if (address >= ranges[i].first && address < ranges[i].last)
            return 1;
    return 0;
}

__attribute__((constructor)) static void begin(void)
{
    int number = 0;
    dl_iterate_phdr(note_object, &number);
    const char *path = getenv("FAULT_CONTROL");
    int fd = path == NULL ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    if (fd < 0)
        return;
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (mapped != MAP_FAILED)
        control = mapped;
}

/* Whether this call is to fail; errno is set then. */
static int fails(enum kind kind)
{
    if (atomic_load(&control->kind) != (int)kind)
        return 0;
    int before = atomic_fetch_sub(&control->countdown, 1);
    if (before > 0 || (before < 0 && !atomic_load(&control->lasting)))
        return 0;
    atomic_fetch_add(&control->fired, 1);
    errno = atomic_load(&control->error);
    return 1;
}

/* --- Memory --------------------------------------------------------------------------------- */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
    if (is_ours(__builtin_return_address(0)) && fails(KIND_MEMORY))
        return NULL;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (is_ours(__builtin_return_address(0)) && fails(KIND_MEMORY))
        return NULL;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (is_ours(__builtin_return_address(0)) && fails(KIND_MEMORY))
        return NULL;
    return __libc_realloc(old, size);
}

/* --- Files ---------------------------------------------------------------------------------- */

static int is_data(int fd)
{
    struct stat status;
    return fd > 2 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

static ssize_t write_at(int fd, const void *data, size_t size, off_t offset)
{
    if (is_data(fd) && fails(KIND_WRITE))
        return -1;
    return syscall(SYS_pwrite64, fd, data, size, offset);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
    return write_at(fd, data, size, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
    return write_at(fd, data, size, offset);
}

ssize_t write(int fd, const void *data, size_t size)
{
    if (is_data(fd) && fails(KIND_WRITE))
        return -1;
    return syscall(SYS_write, fd, data, size);
}

static int cut(int fd, off_t size)
{
    if (is_data(fd) && fails(KIND_WRITE))
        return -1;
    return (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate(int fd, off_t size)
{
    return cut(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    return cut(fd, size);
}

static ssize_t read_at(int fd, void *data, size_t size, off_t offset)
{
    if (is_data(fd) && fails(KIND_READ))
        return -1;
    return syscall(SYS_pread64, fd, data, size, offset);
}

ssize_t pread(int fd, void *data, size_t size, off_t offset)
{
    return read_at(fd, data, size, offset);
}

ssize_t pread64(int fd, void *data, size_t size, off64_t offset)
{
    return read_at(fd, data, size, offset);
}

int fsync(int fd)
{
    return fails(KIND_SYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return fails(KIND_SYNC) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

static int open_file(const char *path, int flags, va_list more)
{
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    if (fails(KIND_OPEN))
        return -1;
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    int fd = open_file(path, flags, more);
    va_end(more);
    return fd;
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    int fd = open_file(path, flags, more);
    va_end(more);
    return fd;
}

/* --- The clock ------------------------------------------------------------------------------ */

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        time->tv_sec += atomic_load(&control->clock_offset);
    return result;
}

time_t time(time_t *ret)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (ret != NULL)
        *ret = now.tv_sec;
    return now.tv_sec;
}
