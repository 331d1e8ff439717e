// Calls of the C library that Swift's own modules leave out, because they go beyond what a plain
// compilation of its headers declares.
#include <pthread.h>
#include <spawn.h>
#include <stdint.h>

/// A pipe that programs started meanwhile, by whatever thread, do not inherit.
int machine_pipe(int ends[2]);

/// The flags to start a program with, so that it gets a session of its own.
short machine_spawn_flags(void);

/// Lets a program start in a directory.
int machine_spawn_add_directory(posix_spawn_file_actions_t *actions, const char *directory);

/// Removes a directory with all that is in it, and links themselves, never what they lead to.
int machine_remove_directory(const char *path);

/// Lets no file that a process writes grow beyond a size, where the system can do that to another process.
void machine_limit_file_size(int process, uint64_t bytes);

/// How many bytes the files below a directory have, in whole blocks of 4 KiB.
uint64_t machine_directory_size(const char *path);

/// Starts a thread with a stack of so many bytes, and returns 0 or the error's number.
int machine_start_thread(
    pthread_t *thread, size_t stack, void *(*run)(void *), void *context);

/// Lets the process take memory in large pieces and keep it, where the C library can be told so.
void machine_prefer_large_pages(void);

/// The same for what the calling thread will allocate, once the process prefers large pages.
void machine_prefer_large_pages_in_thread(void);
