/*
 * Preloaded, remembers what a power loss would undo: everything that was written to the files of one
 * folder and not synced afterwards. PowerLoss.java undoes it, when the program has been killed.
 *
 *   cc -shared -fPIC -o power_loss.so power_loss.c -ldl
 *   POWER_DATA=<folder> POWER_LOG=<file> [POWER_HOLD=<file>] LD_PRELOAD=./power_loss.so java …
 *
 * Before each write, truncation, creation and renaming a record of what was there before is appended to
 * the log; after each sync one that says which records it covers. While the file POWER_HOLD is there,
 * syncs of write-ahead logs wait, and say so in the log.
 *
 * A record, little endian: u32 type, u32 length of the path, u64 number, u64 offset, u64 length of what
 * is kept of before, u64 size of the file before, u64 length of what is written; then the path and what
 * is kept.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITTEN = 1, TRUNCATED, SYNCED, CREATED, RENAMED, HELD, UNLINKED };

struct head {
  uint32_t type, path;
  uint64_t number, offset, kept, size, length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t number;
static int log_fd = -1;

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

static int is_ours(const char *path) {
  const char *data = getenv("POWER_DATA");
  size_t length = data ? strlen(data) : 0;
  if (!length || strncmp(path, data, length) || (path[length] && path[length] != '/')) return 0;
  size_t all = strlen(path);
  return all < 4 || strcmp(path + all - 4, "-shm"); /* shared memory: the disk never sees it */
}

/* The path of a descriptor, if it is one of ours. */
static int path_of(int fd, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_ours(path);
}

static void append(const void *bytes, size_t length) {
  if (log_fd < 0)
    log_fd = REAL(open64)(getenv("POWER_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  for (const char *next = bytes; length > 0;) {
    ssize_t n = REAL(write)(log_fd, next, length);
    if (n < 0) abort();
    next += n;
    length -= n;
  }
}

/* The caller holds the lock. */
static void note(uint32_t type, const char *path, uint64_t offset, uint64_t size, uint64_t length,
                 const void *before, uint64_t kept) {
  struct head head = {type, strlen(path), ++number, offset, kept, size, length};
  size_t all = sizeof head + head.path + kept;
  char *record = malloc(all);
  memcpy(record, &head, sizeof head);
  memcpy(record + sizeof head, path, head.path);
  if (kept) memcpy(record + sizeof head + head.path, before, kept);
  append(record, all);
  free(record);
}

/* What is at a place of the file, from there at most to its end; freed by the caller. */
static char *content(const char *path, uint64_t offset, uint64_t length, uint64_t *kept) {
  char *bytes = malloc(length ? length : 1);
  int fd = REAL(open64)(path, O_RDONLY | O_CLOEXEC);
  ssize_t n = fd < 0 ? 0 : pread64(fd, bytes, length, offset);
  if (fd >= 0) close(fd);
  *kept = n > 0 ? n : 0;
  return bytes;
}

static int size_of(int fd, uint64_t *size) {
  struct stat64 state;
  if (fstat64(fd, &state) || !S_ISREG(state.st_mode)) return 0;
  *size = state.st_size;
  return 1;
}

static void before_write(int fd, const char *path, uint64_t offset, uint64_t length) {
  uint64_t size, kept;
  if (!size_of(fd, &size)) return;
  char *before = content(path, offset, length, &kept);
  note(WRITTEN, path, offset, size, length, before, kept);
  free(before);
}

static uint64_t place(int fd) {
  uint64_t size = 0;
  if ((fcntl(fd, F_GETFL) & O_APPEND) && size_of(fd, &size)) return size;
  return lseek64(fd, 0, SEEK_CUR);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return REAL(pwrite64)(fd, bytes, length, offset);
  pthread_mutex_lock(&lock);
  before_write(fd, path, offset, length);
  ssize_t result = REAL(pwrite64)(fd, bytes, length, offset);
  pthread_mutex_unlock(&lock);
  return result;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return REAL(write)(fd, bytes, length);
  pthread_mutex_lock(&lock);
  before_write(fd, path, place(fd), length);
  ssize_t result = REAL(write)(fd, bytes, length);
  pthread_mutex_unlock(&lock);
  return result;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return REAL(writev)(fd, parts, count);
  uint64_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  pthread_mutex_lock(&lock);
  before_write(fd, path, place(fd), length);
  ssize_t result = REAL(writev)(fd, parts, count);
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate64(int fd, off64_t to) {
  char path[PATH_MAX];
  uint64_t size, kept = 0;
  if (!path_of(fd, path) || !size_of(fd, &size)) return REAL(ftruncate64)(fd, to);
  pthread_mutex_lock(&lock);
  uint64_t cut = size > (uint64_t)to ? size - to : 0;
  char *before = content(path, to, cut, &kept);
  note(TRUNCATED, path, to, size, 0, before, kept);
  free(before);
  int result = REAL(ftruncate64)(fd, to);
  pthread_mutex_unlock(&lock);
  return result;
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int mode = flags & O_CREAT ? va_arg(more, int) : 0;
  va_end(more);
  if (!(flags & (O_CREAT | O_TRUNC)) || !is_ours(path)) return REAL(open64)(path, flags, mode);
  pthread_mutex_lock(&lock);
  struct stat64 state;
  int there = !stat64(path, &state);
  if (!there) note(CREATED, path, 0, 0, 0, NULL, 0);
  if (there && (flags & O_TRUNC) && state.st_size) {
    uint64_t kept;
    char *before = content(path, 0, state.st_size, &kept);
    note(TRUNCATED, path, 0, state.st_size, 0, before, kept);
    free(before);
  }
  int result = REAL(open64)(path, flags, mode);
  pthread_mutex_unlock(&lock);
  return result;
}

int rename(const char *from, const char *to) {
  if (!is_ours(to)) return REAL(rename)(from, to);
  pthread_mutex_lock(&lock);
  note(RENAMED, to, 0, 0, 0, from, strlen(from));
  int result = REAL(rename)(from, to);
  pthread_mutex_unlock(&lock);
  return result;
}

int unlink(const char *path) {
  if (!is_ours(path)) return REAL(unlink)(path);
  pthread_mutex_lock(&lock);
  note(UNLINKED, path, 0, 0, 0, NULL, 0);
  int result = REAL(unlink)(path);
  pthread_mutex_unlock(&lock);
  return result;
}

static void hold(const char *path) {
  const char *held = getenv("POWER_HOLD");
  size_t length = strlen(path);
  if (!held || length < 4 || strcmp(path + length - 4, "-wal") || access(held, F_OK)) return;
  pthread_mutex_lock(&lock);
  note(HELD, path, 0, 0, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  while (!access(held, F_OK)) usleep(5000);
}

static int synced(int fd, int (*real)(int)) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return real(fd);
  hold(path);
  pthread_mutex_lock(&lock);
  uint64_t covers = number;
  pthread_mutex_unlock(&lock);
  int result = real(fd);
  if (!result) {
    pthread_mutex_lock(&lock);
    note(SYNCED, path, covers, 0, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return result;
}

int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }
