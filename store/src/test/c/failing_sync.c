/*
 * Preloaded, makes the sync of some files fail or wait, as a dying or slow disk would.
 *
 *   cc -shared -fPIC -o failing_sync.so failing_sync.c -ldl
 *   FAILING_SYNC=<control file> SYNC_LOG=<log> LD_PRELOAD=./failing_sync.so java …
 *
 * The control file, read anew at each sync, holds "<verdict> <name>": the syncs of files of that name
 * fail with EIO (verdict "fail"), or take a second longer ("slow"). While there is no control file,
 * all is as usual. Each sync that has succeeded appends "sync <name>" to the log, if one is named.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The last part of a descriptor's path, written into the buffer; "" if it has none. */
static const char *name_of(int fd, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
  char *last = strrchr(path, '/');
  return last ? last + 1 : "";
}

static int doomed(int fd) {
  const char *control = getenv("FAILING_SYNC");
  FILE *file = control ? fopen(control, "r") : NULL;
  if (!file) return 0;
  char verdict[16] = "", name[256] = "", path[PATH_MAX];
  int read = fscanf(file, "%15s %255s", verdict, name);
  fclose(file);
  if (read != 2 || strcmp(name_of(fd, path), name)) return 0;
  if (!strcmp(verdict, "slow")) sleep(1);
  return !strcmp(verdict, "fail");
}

static void note(int fd) {
  const char *log = getenv("SYNC_LOG");
  int out = log ? open(log, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;
  if (out < 0) return;
  char path[PATH_MAX];
  dprintf(out, "sync %s\n", name_of(fd, path));
  close(out);
}

static int sync_unless_doomed(const char *name, int fd) {
  if (doomed(fd)) {
    errno = EIO;
    return -1;
  }
  int (*real)(int) = dlsym(RTLD_NEXT, name);
  int result = real(fd);
  if (!result) note(fd);
  return result;
}

int fsync(int fd) { return sync_unless_doomed("fsync", fd); }
int fdatasync(int fd) { return sync_unless_doomed("fdatasync", fd); }
