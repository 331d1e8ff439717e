// Runs a program, throws away what it prints on standard output, and says what it cost:
//
//     timed PROGRAM ARGUMENT...
//     → seconds of wall clock, seconds of CPU (user and system), peak memory in KiB, exit status
//
// A tiny program of its own, because the kernel counts the memory of the process that starts another
// one towards the peak of that: started from a large one, a small program looks large.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static double seconds(struct timeval time) { return time.tv_sec + time.tv_usec / 1e6; }

static void run(char **words) {
  int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDOUT_FILENO);
  close(nowhere);
  execvp(words[0], words);
  fprintf(stderr, "timed: %s: %s\n", words[0], strerror(errno));
  _exit(127);
}

int main(int count, char **words) {
  if (count < 2) {
    fprintf(stderr, "usage: timed PROGRAM ARGUMENT...\n");
    return 2;
  }
  double start = now();
  pid_t child = fork();
  if (child == 0) run(words + 1);
  int status;
  struct rusage used;
  if (child < 0 || wait4(child, &status, 0, &used) < 0) {
    perror("timed");
    return 1;
  }
  double wall = now() - start;
#if defined(__APPLE__)
  long peak = used.ru_maxrss / 1024;
#else
  long peak = used.ru_maxrss;
#endif
  printf(
      "%.6f %.6f %ld %d\n", wall, seconds(used.ru_utime) + seconds(used.ru_stime), peak,
      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
