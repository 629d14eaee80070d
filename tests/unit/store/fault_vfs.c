/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The failing VFS.
 */
#include "fault_vfs.h"

#include <sqlite3.h>
#include <stdatomic.h>

#include "base/cleanup.h"

/* The real file's object follows this one in the same memory. */
struct fault_file {
    sqlite3_file base;
    sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;

static atomic_int counts[FAULT_CALL_COUNT];
static atomic_int armed_call = -1;
static atomic_int armed_at;
static atomic_int armed_rc;
static atomic_bool armed_lasting;
static atomic_bool has_failed;

/* The code with which this call fails, or SQLITE_OK. */
static int fault(enum fault_call call)
{
    int number = atomic_fetch_add(&counts[call], 1);
    if ((int)call != atomic_load(&armed_call))
        return SQLITE_OK;
    int at = atomic_load(&armed_at);
    if (number != at && !(number > at && atomic_load(&armed_lasting)))
        return SQLITE_OK;
    atomic_store(&has_failed, true);
    return atomic_load(&armed_rc);
}

static sqlite3_file *real(sqlite3_file *file)
{
    return ((struct fault_file *)file)->real;
}

/* --- Calls of a file that may fail ------------------------------------------------------------ */

static int file_close(sqlite3_file *file)
{
    return real(file)->pMethods->xClose(real(file));
}

static int file_read(sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
    int rc = fault(FAULT_READ);
    return rc != SQLITE_OK ? rc : real(file)->pMethods->xRead(real(file), data, size, offset);
}

static int file_write(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    int rc = fault(FAULT_WRITE);
    return rc != SQLITE_OK ? rc : real(file)->pMethods->xWrite(real(file), data, size, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int rc = fault(FAULT_TRUNCATE);
    return rc != SQLITE_OK ? rc : real(file)->pMethods->xTruncate(real(file), size);
}

static int file_sync(sqlite3_file *file, int flags)
{
    int rc = fault(FAULT_SYNC);
    return rc != SQLITE_OK ? rc : real(file)->pMethods->xSync(real(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    int rc = fault(FAULT_SIZE);
    return rc != SQLITE_OK ? rc : real(file)->pMethods->xFileSize(real(file), ret_size);
}

static int file_lock(sqlite3_file *file, int level)
{
    int rc = fault(FAULT_LOCK);
    return rc != SQLITE_OK ? rc : real(file)->pMethods->xLock(real(file), level);
}

static int file_shared_map(sqlite3_file *file, int page, int size, int extend,
                           void volatile **ret_map)
{
    int rc = fault(FAULT_SHARED_MAP);
    if (rc == SQLITE_OK)
        return real(file)->pMethods->xShmMap(real(file), page, size, extend, ret_map);
    *ret_map = NULL;
    return rc;
}

/* --- Calls that pass -------------------------------------------------------------------------- */

static int file_unlock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int file_check_reserved(sqlite3_file *file, int *ret_reserved)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), ret_reserved);
}

static int file_control(sqlite3_file *file, int operation, void *argument)
{
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int file_characteristics(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int file_shared_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void file_shared_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

static int file_shared_unmap(sqlite3_file *file, int is_delete)
{
    return real(file)->pMethods->xShmUnmap(real(file), is_delete);
}

static const sqlite3_io_methods file_methods = {
    .iVersion = 2, /* no memory-mapped reads: every page goes through xRead */
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shared_map,
    .xShmLock = file_shared_lock,
    .xShmBarrier = file_shared_barrier,
    .xShmUnmap = file_shared_unmap,
};

/* --- The VFS ---------------------------------------------------------------------------------- */

static int vfs_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
                    int *ret_flags)
{
    (void)vfs;
    struct fault_file *ours = (struct fault_file *)file;
    ours->base.pMethods = NULL;
    ours->real = (sqlite3_file *)(ours + 1);
    int rc = fault(FAULT_OPEN);
    if (rc == SQLITE_OK)
        rc = real_vfs->xOpen(real_vfs, name, ours->real, flags, ret_flags);
    if (rc == SQLITE_OK)
        ours->base.pMethods = &file_methods;
    return rc;
}

void fault_vfs_register(void)
{
    if (real_vfs != NULL)
        return;
    real_vfs = sqlite3_vfs_find(NULL);
    fault_vfs = *real_vfs; /* all that is not about open files passes */
    fault_vfs.pNext = NULL;
    fault_vfs.zName = FAULT_VFS_NAME;
    fault_vfs.szOsFile = (int)sizeof(struct fault_file) + real_vfs->szOsFile;
    fault_vfs.xOpen = vfs_open;
    sqlite3_vfs_register(&fault_vfs, 0);
}

static void reset(int call)
{
    atomic_store(&armed_call, -1);
    for (size_t i = 0; i < ARRAY_SIZE(counts); i++)
        atomic_store(&counts[i], 0);
    atomic_store(&has_failed, false);
    atomic_store(&armed_call, call);
}

void fault_vfs_arm(enum fault_call call, int n, int rc, bool is_lasting)
{
    atomic_store(&armed_at, n);
    atomic_store(&armed_rc, rc);
    atomic_store(&armed_lasting, is_lasting);
    reset((int)call);
}

bool fault_vfs_disarm(void)
{
    bool result = atomic_load(&has_failed);
    reset(-1);
    return result;
}

int fault_vfs_count(enum fault_call call)
{
    return atomic_load(&counts[call]);
}
