#define _GNU_SOURCE
#include "CStack.h"

#include <pthread.h>

#ifdef __APPLE__
static uintptr_t end_of_thread(void) {
  pthread_t thread = pthread_self();
  return (uintptr_t)pthread_get_stackaddr_np(thread) - pthread_get_stacksize_np(thread);
}
#else
#include <string.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// The main thread's stack grows up to the limit of the moment, but the kernel keeps only so much room
// below it free of other memory if the limit was lower when the program started.
static const uintptr_t most_of_main_thread = 112 << 20;

// The C library would read /proc/self/maps for the main thread, which takes longer than a small build
// and fails where there is no /proc. The program's name is the last thing on its stack.
static uintptr_t end_of_main_thread(void) {
  const char *name = (const char *)getauxval(AT_EXECFN);
  struct rlimit limit;
  if (!name || getrlimit(RLIMIT_STACK, &limit) != 0) return 0;
  uintptr_t top = (uintptr_t)name + strlen(name);
  uintptr_t size = limit.rlim_cur < most_of_main_thread ? limit.rlim_cur : most_of_main_thread;
  return size < top ? top - size : 0;
}

static uintptr_t end_of_thread(void) {
  if (getpid() == syscall(SYS_gettid)) return end_of_main_thread();
  pthread_attr_t attributes;
  void *end = NULL;
  size_t size;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  if (pthread_attr_getstack(&attributes, &end, &size) != 0) end = NULL;
  pthread_attr_destroy(&attributes);
  return (uintptr_t)end;
}
#endif

uintptr_t stack_end(void) {
  uintptr_t end = end_of_thread();
  // Some other stack, of a coroutine perhaps, lies wherever it likes.
  return end < stack_position() ? end : 0;
}
