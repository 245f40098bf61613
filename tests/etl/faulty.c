/* A disk that fails: put before the C library with LD_PRELOAD. fail_from(k, error) lets the k-th write or flush of a
   file under a folder named data fail, and all after it; fail_from(0, 0) mends the disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int left, failure;

void fail_from(int count, int error) {
    left = count;
    failure = error;
}

static int fails(int file) {
    char link[64], path[4096];
    if (!failure) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (!strstr(path, "/data/") || atomic_fetch_sub(&left, 1) > 1) return 0;
    errno = failure;
    return 1;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *from, size_t size) { REAL(write); return fails(file) ? -1 : real(file, from, size); }
ssize_t pwrite(int file, const void *from, size_t size, off_t at) { REAL(pwrite); return fails(file) ? -1 : real(file, from, size, at); }
ssize_t pwrite64(int file, const void *from, size_t size, off64_t at) { REAL(pwrite64); return fails(file) ? -1 : real(file, from, size, at); }
ssize_t sendfile(int file, int from, off_t *at, size_t size) { REAL(sendfile); return fails(file) ? -1 : real(file, from, at, size); }
ssize_t sendfile64(int file, int from, off64_t *at, size_t size) { REAL(sendfile64); return fails(file) ? -1 : real(file, from, at, size); }
int fsync(int file) { REAL(fsync); return fails(file) ? -1 : real(file); }
int fdatasync(int file) { REAL(fdatasync); return fails(file) ? -1 : real(file); }
