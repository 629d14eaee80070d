/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The seccomp filter: the system calls of the service. A call that it does not know fails as if the
 * kernel did not have it, so that a C library that prefers a newer call takes the older one; a call
 * that only an intruder would make ends the process. Who refuses is seen in the kernel's audit log.
 */
#include "config.h"

#include "base/cleanup.h"
#include "confine/internal.h"

#ifdef HAVE_SECCOMP

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

/* With any arguments. SQLite, libfcgi, libyaml and the C library make them; some are other
 * architectures' or other libraries' forms of one call. */
static const int calls[] = {
    /* files */
    SCMP_SYS(access),
    SCMP_SYS(close),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(fallocate),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchown),
    SCMP_SYS(fchown32),
    SCMP_SYS(fcntl),
    SCMP_SYS(fcntl64),
    SCMP_SYS(fdatasync),
    SCMP_SYS(flock),
    SCMP_SYS(fstat),
    SCMP_SYS(fstat64),
    SCMP_SYS(fstatat64),
    SCMP_SYS(fstatfs),
    SCMP_SYS(fstatfs64),
    SCMP_SYS(fsync),
    SCMP_SYS(ftruncate),
    SCMP_SYS(ftruncate64),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents),
    SCMP_SYS(getdents64),
    SCMP_SYS(_llseek),
    SCMP_SYS(lseek),
    SCMP_SYS(lstat),
    SCMP_SYS(lstat64),
    SCMP_SYS(newfstatat),
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(pread64),
    SCMP_SYS(preadv),
    SCMP_SYS(pwrite64),
    SCMP_SYS(pwritev),
    SCMP_SYS(read),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(readv),
    SCMP_SYS(stat),
    SCMP_SYS(stat64),
    SCMP_SYS(statfs),
    SCMP_SYS(statfs64),
    SCMP_SYS(statx),
    SCMP_SYS(umask),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    /* memory */
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    /* threads, signals and the process itself */
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(futex),
    SCMP_SYS(futex_time64),
    SCMP_SYS(getegid),
    SCMP_SYS(getegid32),
    SCMP_SYS(geteuid),
    SCMP_SYS(geteuid32),
    SCMP_SYS(getgid),
    SCMP_SYS(getgid32),
    SCMP_SYS(getpid),
    SCMP_SYS(getrlimit),
    SCMP_SYS(getrusage),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(getuid32),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sysinfo),
    SCMP_SYS(times),
    SCMP_SYS(ugetrlimit),
    SCMP_SYS(uname),
    /* time and chance */
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_getres_time64),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_gettime64),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_nanosleep_time64),
    SCMP_SYS(getrandom),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(nanosleep),
    SCMP_SYS(time),
    /* the listening socket and its connections; waiting */
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(eventfd2),
    SCMP_SYS(getpeername),
    SCMP_SYS(getsockname),
    SCMP_SYS(getsockopt),
    SCMP_SYS(_newselect),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(ppoll_time64),
    SCMP_SYS(pselect6),
    SCMP_SYS(pselect6_time64),
    SCMP_SYS(recv),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(select),
    SCMP_SYS(send),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(setsockopt),
    SCMP_SYS(shutdown),
};

/* For outgoing connections. */
static const int network_calls[] = {
    SCMP_SYS(bind),     SCMP_SYS(connect),  SCMP_SYS(pipe2),
    SCMP_SYS(recvmmsg), SCMP_SYS(sendmmsg), SCMP_SYS(socketpair),
    SCMP_SYS(mmap),     SCMP_SYS(mmap2),    SCMP_SYS(mprotect),
};

/* Nothing that the service is linked with makes these. */
static const int deadly_calls[] = {
    SCMP_SYS(add_key),
    SCMP_SYS(bpf),
    SCMP_SYS(chroot),
    SCMP_SYS(delete_module),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(finit_module),
    SCMP_SYS(fork),
    SCMP_SYS(init_module),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(kexec_load),
    SCMP_SYS(keyctl),
    SCMP_SYS(mount),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(pivot_root),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(ptrace),
    SCMP_SYS(reboot),
    SCMP_SYS(request_key),
    SCMP_SYS(setns),
    SCMP_SYS(umount2),
    SCMP_SYS(unshare),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(vfork),
};

/* The flags of clone(2); s390x has them second. */
#ifdef __s390x__
#define CLONE_FLAGS 1
#else
#define CLONE_FLAGS 0
#endif

/* A call whose arguments matter: one of them, under a mask. */
struct condition {
    int call;
    unsigned argument;
    uint64_t mask;
    uint64_t value;
};

static const struct condition conditions[] = {
    {SCMP_SYS(clone), CLONE_FLAGS, CLONE_THREAD, CLONE_THREAD},
    {SCMP_SYS(ioctl), 1, UINT32_MAX, FIONBIO},
    {SCMP_SYS(ioctl), 1, UINT32_MAX, FIONREAD},
    {SCMP_SYS(ioctl), 1, UINT32_MAX, TCGETS}, /* isatty of stdio */
    {SCMP_SYS(prctl), 0, UINT32_MAX, PR_SET_NAME},
    {SCMP_SYS(prctl), 0, UINT32_MAX, PR_SET_VMA}, /* glibc names its heaps */
    {SCMP_SYS(prlimit64), 2, UINT64_MAX, 0},      /* reads a limit, sets none */
};

/* Memory that is run comes from the program alone; without the network nothing is loaded later. */
static const struct condition closed_conditions[] = {
    {SCMP_SYS(mmap), 2, PROT_EXEC, 0},
    {SCMP_SYS(mmap2), 2, PROT_EXEC, 0},
    {SCMP_SYS(mprotect), 2, PROT_EXEC, 0},
};

static const struct condition network_conditions[] = {
    {SCMP_SYS(socket), 0, UINT32_MAX, AF_UNIX},
    {SCMP_SYS(socket), 0, UINT32_MAX, AF_INET},
    {SCMP_SYS(socket), 0, UINT32_MAX, AF_INET6},
    {SCMP_SYS(socket), 0, UINT32_MAX, AF_NETLINK}, /* getaddrinfo asks for the addresses */
};

/* Each of these gives 0 or a negative error number. */

static int add_calls(scmp_filter_ctx filter, uint32_t action, const int list[], size_t count)
{
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++)
        result = seccomp_rule_add(filter, action, list[i], 0);
    return result;
}

static int add_condition(scmp_filter_ctx filter, uint32_t action, const struct condition *one)
{
    const struct scmp_arg_cmp compare =
        SCMP_CMP(one->argument, SCMP_CMP_MASKED_EQ, one->mask, one->value);
    return seccomp_rule_add_array(filter, action, one->call, 1, &compare);
}

static int add_conditions(scmp_filter_ctx filter, const struct condition list[], size_t count)
{
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++)
        result = add_condition(filter, SCMP_ACT_ALLOW, &list[i]);
    return result;
}

/* A child process ends this one; abort(3) signals nobody else. */
static int add_process_rules(scmp_filter_ctx filter)
{
    const struct condition child = {SCMP_SYS(clone), CLONE_FLAGS, CLONE_THREAD, 0};
    const struct condition self = {SCMP_SYS(tgkill), 0, UINT32_MAX, (uint64_t)getpid()};
    int result = add_condition(filter, SCMP_ACT_KILL_PROCESS, &child);
    return result != 0 ? result : add_condition(filter, SCMP_ACT_ALLOW, &self);
}

static int add_network_rules(scmp_filter_ctx filter, bool network)
{
    if (!network)
        return add_conditions(filter, closed_conditions, ARRAY_SIZE(closed_conditions));
    int result = add_calls(filter, SCMP_ACT_ALLOW, network_calls, ARRAY_SIZE(network_calls));
    return result != 0 ? result
                       : add_conditions(filter, network_conditions, ARRAY_SIZE(network_conditions));
}

/* Part of what the network needs. */
static int add_local_rules(scmp_filter_ctx filter)
{
    const struct condition unix_socket = {SCMP_SYS(socket), 0, UINT32_MAX, AF_UNIX};
    int result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(connect), 0);
    return result != 0 ? result : add_condition(filter, SCMP_ACT_ALLOW, &unix_socket);
}

static int add_rules(scmp_filter_ctx filter, const struct confine_options *options)
{
    int result = add_calls(filter, SCMP_ACT_ALLOW, calls, ARRAY_SIZE(calls));
    if (result == 0)
        result = add_calls(filter, SCMP_ACT_KILL_PROCESS, deadly_calls, ARRAY_SIZE(deadly_calls));
    if (result == 0)
        result = add_conditions(filter, conditions, ARRAY_SIZE(conditions));
    if (result == 0)
        result = add_process_rules(filter);
    if (result == 0 && options->local && !options->network)
        result = add_local_rules(filter);
    return result != 0 ? result : add_network_rules(filter, options->network);
}

static void release(scmp_filter_ctx *filter)
{
    if (*filter != NULL)
        seccomp_release(*filter);
}

const char *seccomp_apply(const struct confine_options *options)
{
    scmp_filter_ctx filter CLEANUP(release) = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (filter == NULL)
        return "not enough memory";
    /* A search tree: what is asked most costs no more than the rest. Both are refinements. */
    (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_LOG, 1);
    int result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (result == 0)
        result = add_rules(filter, options);
    if (result == 0)
        result = seccomp_load(filter);
    return result == 0 ? NULL : strerror(-result);
}

#else

const char *seccomp_apply(const struct confine_options *options)
{
    (void)options;
    return "the program was built without libseccomp";
}

#endif
