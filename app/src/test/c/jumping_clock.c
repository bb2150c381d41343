/*
 * Preloaded, lets the time of day jump while the program runs; what only goes forward (nanoTime) does not.
 *
 *   cc -shared -fPIC -o jumping_clock.so jumping_clock.c -ldl
 *   CLOCK_JUMP=<file> LD_PRELOAD=./jumping_clock.so java …
 *
 * The file holds one number, eight bytes, little endian: by how many seconds the clock is wrong. It is
 * mapped, so that what is written into it holds from the next look at the clock on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *wrong;
static int (*real_clock)(clockid_t, struct timespec *);

__attribute__((constructor)) static void map(void) {
  real_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  const char *path = getenv("CLOCK_JUMP");
  int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof *wrong, PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped != MAP_FAILED) wrong = mapped;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (!real_clock) map();
  int result = real_clock(clock, time);
  if (!result && wrong && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    time->tv_sec += *wrong;
  return result;
}
