/*
 * Preloaded, makes one system call on one file fail, or all from one on, as a dying or full disk would.
 *
 *   cc -shared -fPIC -o failing_io.so failing_io.c -ldl
 *   FAILING_IO=<beginning of the file's name> LD_PRELOAD=./failing_io.so java …
 *   FAILING_IO=<part of the file's path, with a slash in it> …
 *
 * fail_io(n, error, lasting) lets the n-th call from now on fail with that errno, and, if lasting, all
 * that write after it; with n = 0 none. With error = 0 the process is killed there, as by kill -9. It gives how many calls there have been since it was last called.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long calls, nth;
static int error, lasting;

long fail_io(long n, int with, int from_then_on) {
  long before = calls;
  calls = 0;
  nth = n;
  error = with;
  lasting = from_then_on;
  return before;
}

static int doomed_path(const char *path, int writes) {
  const char *wanted = getenv("FAILING_IO"), *last = path ? strrchr(path, '/') : NULL;
  if (!wanted || !last) return 0;
  if (strchr(wanted, '/') ? !strstr(path, wanted) : strncmp(last + 1, wanted, strlen(wanted))) return 0;
  calls++;
  if (!nth || calls < nth || (calls > nth && !(lasting && writes))) return 0;
  if (!error) kill(getpid(), SIGKILL);
  errno = error;
  return 1;
}

static int doomed(int fd, int writes) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return doomed_path(path, writes);
}

#define CALL(result, name, writes, types, names)           \
  result name types {                                      \
    if (doomed(fd, writes)) return -1;                     \
    return ((result (*) types)dlsym(RTLD_NEXT, #name))names; \
  }

CALL(ssize_t, read, 0, (int fd, void *to, size_t size), (fd, to, size))
CALL(ssize_t, pread, 0, (int fd, void *to, size_t size, off_t at), (fd, to, size, at))
CALL(ssize_t, pread64, 0, (int fd, void *to, size_t size, off64_t at), (fd, to, size, at))
CALL(ssize_t, write, 1, (int fd, const void *from, size_t size), (fd, from, size))
CALL(ssize_t, pwrite, 1, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at))
CALL(ssize_t, pwrite64, 1, (int fd, const void *from, size_t size, off64_t at), (fd, from, size, at))
CALL(int, ftruncate, 1, (int fd, off_t size), (fd, size))
CALL(int, ftruncate64, 1, (int fd, off64_t size), (fd, size))
CALL(int, fsync, 1, (int fd), (fd))
CALL(int, fdatasync, 1, (int fd), (fd))

int rename(const char *from, const char *to) {
  if (doomed_path(from, 1) || doomed_path(to, 1)) return -1;
  return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
  if (doomed_path(path, flags & (O_WRONLY | O_RDWR | O_CREAT))) return -1;
  return ((int (*)(const char *, int, mode_t))dlsym(RTLD_NEXT, name))(path, flags, mode);
}

static mode_t mode_of(int flags, va_list rest) { return flags & O_CREAT ? va_arg(rest, int) : 0; }

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened("open64", path, flags, mode);
}
