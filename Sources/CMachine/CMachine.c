#define _GNU_SOURCE
#include "CMachine.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#endif

#ifdef __APPLE__
int machine_pipe(int ends[2]) { return pipe(ends); }
short machine_spawn_flags(void) { return POSIX_SPAWN_SETSID | POSIX_SPAWN_CLOEXEC_DEFAULT; }
#else
int machine_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }
short machine_spawn_flags(void) { return POSIX_SPAWN_SETSID; }
#endif

int machine_spawn_add_directory(posix_spawn_file_actions_t *actions, const char *directory) {
  return posix_spawn_file_actions_addchdir_np(actions, directory);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place) {
  return remove(path);
}

int machine_remove_directory(const char *path) {
  return nftw(path, remove_entry, 64, FTW_DEPTH | FTW_PHYS);
}

int machine_start_thread(
    pthread_t *thread, size_t stack, void *(*run)(void *), void *context) {
  pthread_attr_t attributes;
  int code = pthread_attr_init(&attributes);
  if (code != 0) return code;
  code = pthread_attr_setstacksize(&attributes, stack);
  if (code == 0) code = pthread_create(thread, &attributes, run, context);
  pthread_attr_destroy(&attributes);
  return code;
}

#ifdef __GLIBC__
void machine_prefer_large_pages(void) {
  const size_t reserve = 64 << 20, large_page = 2 << 20;
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, INT32_MAX);
  // What is not asked for yet costs nothing: pages come when they are written to.
  mallopt(M_TOP_PAD, (int)reserve);
  uintptr_t end = (uintptr_t)sbrk(0);
  void *volatile memory = malloc(256 << 10);  // volatile, or the compiler leaves it out
  free(memory);
  uintptr_t first = (end + large_page - 1) & ~(large_page - 1);
  uintptr_t last = (uintptr_t)sbrk(0) & ~(large_page - 1);
  if (end != (uintptr_t)-1 && first < last) madvise((void *)first, last - first, MADV_HUGEPAGE);
}
#else
void machine_prefer_large_pages(void) {}
#endif
