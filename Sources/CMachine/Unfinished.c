// What must not outlive this process: programs that it runs, and temporary files and directories.
//
// Signals, children and the names of files belong to the process, not to a thread or a value, and a signal
// may be handled on any thread. So what is unfinished is listed here, in the one part of the project with
// state of its own. A program that uses the library has its own way with signals: nothing is listed before
// `machine_end_cleanly` has been called, which only the command does.
//
// A signal handler may do next to nothing. It wakes a thread, which stops the programs, removes the files
// and then lets the process die of the signal, so that whoever started it sees why it ended.
#define _GNU_SOURCE
#include "CMachine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static const int ending_signal_count = sizeof ending_signals / sizeof *ending_signals;

static int is_enabled;
// The signal that asks the process to end, or 0.
static atomic_int asked;
// How many pieces of work want to be finished, and cleaned up by themselves, before the process ends.
static atomic_int holds;
// How many of them are this thread's.
static _Thread_local int own_holds;
// Wakes the thread that cleans up.
static int wake[2] = {-1, -1};

// All that follows is used under the lock, which whoever cleans up keeps to the end.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int is_watching;
static struct {
  pid_t *items;
  size_t count, capacity;
} programs;
static struct {
  char **items;
  size_t count, capacity;
} paths;

// MARK: - Ending

static void wait_for_the_end(void) {
  for (;;) pause();
}

static void end_by_signal(int number) {
  signal(number, SIG_DFL);
  sigset_t own;
  sigemptyset(&own);
  sigaddset(&own, number);
  pthread_sigmask(SIG_UNBLOCK, &own, NULL);
  kill(getpid(), number);
  wait_for_the_end();
}

static int has_ended(pid_t program) {
  siginfo_t information;
  information.si_pid = 0;
  if (waitid(P_PID, (id_t)program, &information, WEXITED | WNOHANG | WNOWAIT) != 0) {
    return errno != EINTR;
  }
  return information.si_pid != 0;
}

static int is_there(const char *path) {
  struct stat status;
  return lstat(path, &status) == 0;
}

// Other threads may still be at work on what is removed, and so may a program for the moment that it takes
// to die.
static void clean_up(void) {
  for (size_t i = 0; i < programs.count; i++) kill(-programs.items[i], SIGKILL);
  for (size_t i = 0; i < programs.count; i++) {
    for (int turn = 0; turn < 200 && !has_ended(programs.items[i]); turn++) usleep(1000);
  }
  for (size_t i = 0; i < paths.count; i++) {
    for (int turn = 0; turn < 50 && is_there(paths.items[i]); turn++) {
      if (turn > 0) usleep(1000);
      machine_remove_directory(paths.items[i]);
    }
  }
}

static void clean_up_at_exit(void) {
  pthread_mutex_lock(&lock);
  clean_up();
  int number = atomic_load(&asked);
  if (number != 0) end_by_signal(number);
}

static void note_signal(int number) {
  int saved = errno;
  int none = 0;
  atomic_compare_exchange_strong(&asked, &none, number);
  ssize_t count = write(wake[1], "", 1);
  (void)count;
  errno = saved;
}

static void *clean_up_when_asked(void *unused) {
  char byte;
  while (read(wake[0], &byte, 1) != 1) {}
  // What can clean up after itself has half a second for it: it looks for signals all the time.
  for (int turn = 0; turn < 500 && atomic_load(&holds) > 0; turn++) usleep(1000);
  pthread_mutex_lock(&lock);
  clean_up();
  end_by_signal(atomic_load(&asked));
  return NULL;
}

// Done when there is first something to clean up: most builds need neither the thread nor the handlers.
static void watch(void) {
  if (is_watching) return;
  is_watching = 1;
  atexit(clean_up_at_exit);
  if (machine_pipe(wake) != 0) return;
  fcntl(wake[1], F_SETFL, fcntl(wake[1], F_GETFL) | O_NONBLOCK);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  int code = machine_start_thread(&thread, 1 << 20, clean_up_when_asked, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (code != 0) return;
  pthread_detach(thread);
  for (int i = 0; i < ending_signal_count; i++) {
    struct sigaction action;
    // A signal that is ignored, as by nohup, stays ignored.
    if (sigaction(ending_signals[i], NULL, &action) != 0 || action.sa_handler != SIG_DFL) continue;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_signal;
    action.sa_flags = SA_RESTART;
    sigaction(ending_signals[i], &action, NULL);
  }
}

// MARK: - What is unfinished

void machine_end_cleanly(void) { is_enabled = 1; }

int machine_ends_cleanly(void) { return is_enabled; }

void machine_begin_listing(void) {
  if (!is_enabled) return;
  pthread_mutex_lock(&lock);
  watch();
}

void machine_end_listing(void) {
  if (is_enabled) pthread_mutex_unlock(&lock);
}

void machine_list_program(int program) {
  if (!is_enabled) return;
  if (programs.count == programs.capacity) {
    size_t capacity = programs.capacity * 2 + 8;
    pid_t *items = realloc(programs.items, capacity * sizeof *items);
    if (items == NULL) return;
    programs.items = items;
    programs.capacity = capacity;
  }
  programs.items[programs.count++] = program;
}

void machine_unlist_program(int program) {
  if (!is_enabled) return;
  pthread_mutex_lock(&lock);
  for (size_t i = 0; i < programs.count; i++) {
    if (programs.items[i] != program) continue;
    programs.items[i] = programs.items[--programs.count];
    break;
  }
  pthread_mutex_unlock(&lock);
}

void machine_list_path(const char *path) {
  if (!is_enabled) return;
  if (paths.count == paths.capacity) {
    size_t capacity = paths.capacity * 2 + 8;
    char **items = realloc(paths.items, capacity * sizeof *items);
    if (items == NULL) return;
    paths.items = items;
    paths.capacity = capacity;
  }
  char *copy = strdup(path);
  if (copy != NULL) paths.items[paths.count++] = copy;
}

void machine_unlist_path(const char *path) {
  if (!is_enabled) return;
  pthread_mutex_lock(&lock);
  for (size_t i = 0; i < paths.count; i++) {
    if (strcmp(paths.items[i], path) != 0) continue;
    free(paths.items[i]);
    paths.items[i] = paths.items[--paths.count];
    break;
  }
  pthread_mutex_unlock(&lock);
}

// MARK: - Holding the end back

int machine_asked_to_end(void) { return atomic_load(&asked); }

void machine_stop_if_asked(void) {
  if (is_enabled && own_holds == 0 && atomic_load(&asked) != 0) wait_for_the_end();
}

void machine_begin_hold(void) {
  machine_stop_if_asked();
  own_holds++;
  atomic_fetch_add(&holds, 1);
}

void machine_end_hold(void) {
  own_holds--;
  atomic_fetch_sub(&holds, 1);
  machine_stop_if_asked();
}
