/* Loaded before the C library: notes in order what a process writes, syncs, renames and removes below one folder, so that
 * power.py can make the states in which a power cut may have left the disk. Linux only; built by power.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) real_##name = real_##name ? real_##name : dlsym(RTLD_NEXT, #name)
#define FDS 4096

struct record { uint32_t kind; int32_t file; int64_t offset; uint32_t first, second; };
enum { OPEN = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, SAY, LINK };

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite64)(int, const void *, size_t, off64_t);
static int (*real_open64)(const char *, int, ...);
static int (*real_ftruncate64)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_link)(const char *, const char *);

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int notes = -1;
static char root[PATH_MAX];
static unsigned char ours[FDS];

__attribute__((constructor)) static void begin(void)
{
    const char *where = getenv("RECORD_ROOT"), *into = getenv("RECORD_INTO");
    if (!where || !into) return;
    strncpy(root, where, sizeof root - 1);
    REAL(open64); REAL(write);
    notes = real_open64(into, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void note(uint32_t kind, int file, int64_t offset, const void *first, size_t one, const void *second, size_t two)
{
    struct record record = { kind, file, offset, (uint32_t)one, (uint32_t)two };
    if (notes < 0) return;
    pthread_mutex_lock(&turn);
    real_write(notes, &record, sizeof record);
    if (one) real_write(notes, first, one);
    if (two) real_write(notes, second, two);
    pthread_mutex_unlock(&turn);
}

static int below(const char *path) { return notes >= 0 && path && !strncmp(path, root, strlen(root)); }

static int opened(const char *path, int flags, int file)
{
    if (file >= 0 && file < FDS) {
        int folder = (flags & O_DIRECTORY) == O_DIRECTORY;
        ours[file] = (folder || (flags & O_ACCMODE) != O_RDONLY) && below(path);
        if (ours[file]) note(OPEN, file, folder ? 2 : flags & O_TRUNC ? 1 : 0, path, strlen(path), 0, 0);
    }
    return file;
}

#define OPENING(name)                                                                   \
    int name(const char *path, int flags, ...)                                          \
    {                                                                                   \
        va_list rest; mode_t mode = 0;                                                  \
        if (flags & O_CREAT) { va_start(rest, flags); mode = va_arg(rest, int); va_end(rest); } \
        REAL(open64);                                                                   \
        return opened(path, flags, real_open64(path, flags | O_LARGEFILE, mode));       \
    }
OPENING(open)
OPENING(open64)

static int known(int file) { return file >= 0 && file < FDS && ours[file]; }

ssize_t write(int file, const void *data, size_t count)
{
    REAL(write);
    off64_t at = known(file) ? lseek64(file, 0, SEEK_CUR) : 0;
    ssize_t done = real_write(file, data, count);
    if (done > 0 && known(file)) note(WRITE, file, at, data, done, 0, 0);
    if (done > 0 && file == 1) note(SAY, file, 0, data, done, 0, 0);
    return done;
}

static ssize_t written_at(int file, const void *data, size_t count, off64_t at)
{
    REAL(pwrite64);
    ssize_t done = real_pwrite64(file, data, count, at);
    if (done > 0 && known(file)) note(WRITE, file, at, data, done, 0, 0);
    return done;
}
ssize_t pwrite64(int file, const void *data, size_t count, off64_t at) { return written_at(file, data, count, at); }
ssize_t pwrite(int file, const void *data, size_t count, off_t at) { return written_at(file, data, count, at); }

static int cut(int file, off64_t length)
{
    REAL(ftruncate64);
    int done = real_ftruncate64(file, length);
    if (!done && known(file)) note(TRUNCATE, file, length, 0, 0, 0, 0);
    return done;
}
int ftruncate64(int file, off64_t length) { return cut(file, length); }
int ftruncate(int file, off_t length) { return cut(file, length); }

int fsync(int file)
{
    REAL(fsync);
    int done = real_fsync(file);
    if (!done && known(file)) note(SYNC, file, 0, 0, 0, 0, 0);
    return done;
}

int fdatasync(int file)
{
    REAL(fdatasync);
    int done = real_fdatasync(file);
    if (!done && known(file)) note(SYNC, file, 0, 0, 0, 0, 0);
    return done;
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    int done = real_rename(from, to);
    if (!done && below(to)) note(RENAME, 0, 0, from, strlen(from), to, strlen(to));
    return done;
}

int unlink(const char *path)
{
    REAL(unlink);
    int done = real_unlink(path);
    if (!done && below(path)) note(UNLINK, 0, 0, path, strlen(path), 0, 0);
    return done;
}

int link(const char *from, const char *to)
{
    REAL(link);
    int done = real_link(from, to);
    if (!done && below(to)) note(LINK, 0, 0, from, strlen(from), to, strlen(to));
    return done;
}
