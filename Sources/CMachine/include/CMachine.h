// Calls of the C library that Swift's own modules leave out, because they go beyond what a plain
// compilation of its headers declares.
#include <pthread.h>
#include <spawn.h>
#include <stdint.h>

/// How many columns the terminal behind a file has; 0 where that is no terminal or does not say so.
int machine_terminal_width(int file);

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

/// Lets the process take memory in large pieces and keep it, where the C library can be told so. To be called before
/// there are other threads.
void machine_prefer_large_pages(void);

/// Has what the calling thread will allocate lie in large pages, if the process takes memory in large pieces.
/// For a thread that does a good deal of work: the system clears the whole of a large page when it is first
/// written to.
void machine_prefer_large_pages_in_thread(void);

/// From now on, whatever ends the process, the programs and paths that are listed as unfinished do not
/// outlive it. To be called before there are other threads; without it the functions below do nothing.
void machine_end_cleanly(void);

/// Whether that has been called.
int machine_ends_cleanly(void);

/// Lets no clean-up begin before `machine_end_listing`: what is made and listed between the two is either
/// not yet there or known. Does not return once a clean-up has begun.
void machine_begin_listing(void);
void machine_end_listing(void);

/// Lists a program that was started with `machine_spawn_flags`; to be called while listing.
void machine_list_program(int program);

/// Takes a program from the list; to be called before it is asked for its status, for afterwards its number
/// may be another's.
void machine_unlist_program(int program);

/// Lists a file or directory that is to be removed; to be called while listing.
void machine_list_path(const char *path);
void machine_unlist_path(const char *path);

/// The signal that asks the process to end, or 0.
int machine_asked_to_end(void);

/// Lets the process finish something before it ends of a signal, for a short time; may be nested.
void machine_begin_hold(void);

/// Does not return if the process is about to end.
void machine_end_hold(void);

/// Does not return if the process is about to end, unless this thread is to finish something.
void machine_stop_if_asked(void);
