#define _GNU_SOURCE
#include "CMachine.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
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

int machine_terminal_width(int file) {
  struct winsize size;
  return ioctl(file, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int machine_spawn_add_directory(posix_spawn_file_actions_t *actions, const char *directory) {
  return posix_spawn_file_actions_addchdir_np(actions, directory);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place) {
  return remove(path);
}

int machine_remove_directory(const char *path) {
  return nftw(path, remove_entry, 64, FTW_DEPTH | FTW_PHYS);
}

void machine_limit_file_size(int process, uint64_t bytes) {
#ifdef __linux__
  const struct rlimit limit = {.rlim_cur = bytes, .rlim_max = bytes};
  prlimit(process, RLIMIT_FSIZE, &limit, NULL);
#endif
}

// The system's walk hands its visitor nothing of the caller's.
static _Thread_local uint64_t size_so_far;

static int add_size(const char *path, const struct stat *status, int type, struct FTW *place) {
  const uint64_t block = 4096;
  if (type == FTW_F) size_so_far += ((uint64_t)status->st_size + block - 1) / block * block;
  return 0;
}

uint64_t machine_directory_size(const char *path) {
  size_so_far = 0;
  nftw(path, add_size, 64, FTW_PHYS);
  return size_so_far;
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
static const size_t large_page = 2 << 20;

static void use_large_pages(uintptr_t first, uintptr_t end) {
  madvise((void *)first, (end - first) & ~(large_page - 1), MADV_HUGEPAGE);
}

// Whether the process takes memory in large pieces. Set before there are other threads.
static int prefers_large_pages;

void machine_prefer_large_pages(void) {
  prefers_large_pages = 1;
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, INT32_MAX);
  // What is not asked for yet costs nothing: pages come when they are written to.
  mallopt(M_TOP_PAD, 64 << 20);
}

// The C library takes 64 MiB at once for a thread. Blocks of this size are within that, being smaller than what
// it maps alone, two of them fill it, and eight are what a hundred thousand resources take.
static const size_t block_size = 31 << 20;
enum { block_count = 8 };

void machine_prefer_large_pages_in_thread(void) {
  if (!prefers_large_pages) return;
  char *volatile blocks[block_count];  // volatile, or the compiler leaves them out
  for (int i = 0; i < block_count; i++) blocks[i] = malloc(block_size);
  const uintptr_t start = (uintptr_t)blocks[0];
  const uintptr_t page = (start + large_page - 1) & ~(large_page - 1);
  if (start) use_large_pages(page, start + block_size);
  for (int i = 1; i < block_count; i++) {
    const uintptr_t block = (uintptr_t)blocks[i];
    if (block) use_large_pages(block & ~(large_page - 1), block + block_size);
  }
  // The last one first: the first, which all that follows begins in, so stays in one piece with the rest.
  for (int i = block_count - 1; i >= 0; i--) free(blocks[i]);
  // A page that has been written to cannot become a part of a large one: the rest of the large page
  // that memory begins in is given up. Nobody writes to it, so that it costs nothing.
  if (start && page - start > 64) {
    char *volatile rest = malloc(page - start - 32);
    (void)rest;
  }
}
#else
void machine_prefer_large_pages(void) {}
void machine_prefer_large_pages_in_thread(void) {}
#endif
