/*
 * Preloaded, makes the sync of some files fail or wait, as a dying or slow disk would.
 *
 *   cc -shared -fPIC -o failing_sync.so failing_sync.c -ldl
 *   FAILING_SYNC=<control file> LD_PRELOAD=./failing_sync.so java …
 *
 * The control file, read anew at each sync, holds "<verdict> <name>": the syncs of files of that name
 * fail with EIO (verdict "fail"), or take a second longer ("slow"). While there is no control file,
 * all is as usual.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int doomed(int fd) {
  const char *control = getenv("FAILING_SYNC");
  FILE *file = control ? fopen(control, "r") : NULL;
  if (!file) return 0;
  char verdict[16] = "", name[256] = "", link[64], path[PATH_MAX] = "";
  int read = fscanf(file, "%15s %255s", verdict, name);
  fclose(file);
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  char *last = strrchr(path, '/');
  if (read != 2 || length < 0 || !last || strcmp(last + 1, name)) return 0;
  if (!strcmp(verdict, "slow")) sleep(1);
  return !strcmp(verdict, "fail");
}

static int sync_unless_doomed(const char *name, int fd) {
  if (doomed(fd)) {
    errno = EIO;
    return -1;
  }
  int (*real)(int) = dlsym(RTLD_NEXT, name);
  return real(fd);
}

int fsync(int fd) { return sync_unless_doomed("fsync", fd); }
int fdatasync(int fd) { return sync_unless_doomed("fdatasync", fd); }
