/* liblamina: renders, patches, compares, lints and explains kustomizations.
 *
 *     lamina_files *files = lamina_files_in_memory();
 *     lamina_files_add(files, "app/kustomization.yaml", text, strlen(text));
 *     lamina_request request = LAMINA_REQUEST_INIT;
 *     request.files = files;
 *     request.root = "app";
 *     lamina_result *result;
 *     if (lamina_render(&request, &result) == LAMINA_OK) {
 *       size_t length;
 *       const char *yaml = lamina_result_bytes(result, &length);
 *       fwrite(yaml, 1, length, stdout);
 *     } else {
 *       fprintf(stderr, "%s\n", lamina_result_message(result, NULL));
 *     }
 *     lamina_result_free(result);
 *     lamina_files_free(files);
 *
 * Docs/C.md describes the options and the metadata, which are JSON.
 *
 * Ends. No function ends the process, whatever the input; only a lack of memory does. A null pointer where one is
 * needed is answered with LAMINA_INVALID, NULL or nothing. A pointer that leads nowhere, or to a handle of another
 * kind or one that has been freed, cannot be told from a good one, here or anywhere in C.
 *
 * Texts. What is called a text is UTF-8 with a zero behind it. Texts and bytes that are handed in are copied: they are
 * the caller's again when the function returns.
 *
 * Threads. Every function may be called on any thread, and any handle used by many at once. A handle is freed once; calls
 * that have begun keep what they need. A build runs on a thread of its own with a stack of 256 MiB (of which it takes
 * what it touches), while the calling thread waits; the library holds no thread and no state between calls, so that a
 * process may fork between them.
 *
 * Nothing is printed, and nothing read from the disk, run or fetched but what the files and options of a request say. */
#ifndef LAMINA_H
#define LAMINA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The interface that this header describes. It grows without a new number: a program that was built with it runs with
 * every library of the same number that is as new, or newer. */
#define LAMINA_ABI_VERSION 1

/* The number of the library's interface, to be compared with LAMINA_ABI_VERSION. */
uint32_t lamina_abi_version(void);

/* The version of the library, such as "0.1.0"; not to be freed. */
const char *lamina_version(void);

/* How a call ended. */
typedef enum lamina_status {
  /* It did what was asked for. */
  LAMINA_OK = 0,
  /* The input is wrong: the message and the metadata of the result say where. */
  LAMINA_FAILED = 1,
  /* The call is wrong: a null pointer, a text that is not UTF-8, an unknown option. The message says what. */
  LAMINA_INVALID = 2,
  /* It was cancelled, and there is no outcome. */
  LAMINA_CANCELLED = 3
} lamina_status;

/* ---- Files ------------------------------------------------------------------------------------------------------ */

/* Where builds read their files. */
typedef struct lamina_files lamina_files;

/* Files in memory: none, until some are added. Relative paths begin at "/". */
lamina_files *lamina_files_in_memory(void);

/* The disk. Relative paths begin at the directory in which the process is when a call begins. */
lamina_files *lamina_files_on_disk(void);

/* Puts a file at a path, and makes the directories above it. What is added hides what callbacks or the disk have there.
 *
 * path: a text, absolute or relative, with "/" between its parts.
 * bytes: copied; NULL for an empty file.
 *
 * A build that has begun does not see it. */
lamina_status lamina_files_add(
    lamina_files *files, const char *path, const void *bytes, size_t length);

/* Puts a symbolic link at a path. A relative target begins at the directory of the link. */
lamina_status lamina_files_link(lamina_files *files, const char *path, const char *target);

/* Gives a handle back; nothing for NULL. */
void lamina_files_free(lamina_files *files);

/* What is at a path. */
typedef enum lamina_kind {
  LAMINA_NOTHING = 0,
  LAMINA_FILE = 1,
  LAMINA_DIRECTORY = 2,
  /* Something that may not be read. */
  LAMINA_DENIED = 3
} lamina_kind;

/* Takes what a callback has to say; good only until the callback returns, and on its thread. */
typedef struct lamina_sink lamina_sink;

/* Hands over bytes, copied: those of the file, in order and in as many pieces as the callback likes. In `list`, each
 * call hands over one name, without a zero. */
void lamina_sink_add(lamina_sink *sink, const void *bytes, size_t length);

/* How a file is read.
 *
 * The callbacks are called on the threads of builds, never on the one that called the library, and on several at once
 * where several builds run, or one build runs several programs. A thread calls them one after the other, and only
 * during a call of the library. They must give the same for as long as a build runs, and may not end their thread nor
 * jump or throw out of the callback. They may call the library.
 *
 * Paths are texts, absolute and without ".", ".." and empty parts; there are no symbolic links. */
typedef struct lamina_callbacks {
  /* sizeof(lamina_callbacks): how much of the struct the program knows. */
  size_t size;
  /* Handed to each callback. */
  void *context;
  /* What is at a path; needed. Another number than those of lamina_kind is taken for LAMINA_NOTHING. */
  lamina_kind (*kind)(void *context, const char *path);
  /* Adds the bytes of a file to the sink and returns 0; needed. Another number says that the file cannot be read, and
   * what has been added is why, in words. */
  int (*read)(void *context, const char *path, lamina_sink *sink);
  /* Adds the names of what is in a directory, in any order; may be NULL. Only messages that guess what was meant, and
   * rules about files that nothing lists, ask for them. */
  void (*list)(void *context, const char *path, lamina_sink *sink);
  /* Called once, on any thread, when the files have been freed and no build needs them; may be NULL. */
  void (*release)(void *context);
} lamina_callbacks;

/* Files that callbacks read, at absolute paths; relative ones begin at "/".
 *
 * NULL where a callback that is needed is missing; `release` is then not called. */
lamina_files *lamina_files_from_callbacks(const lamina_callbacks *callbacks);

/* ---- Cancelling ------------------------------------------------------------------------------------------------- */

/* Ends calls that have been handed it, from any thread. */
typedef struct lamina_cancel lamina_cancel;

lamina_cancel *lamina_cancel_new(void);

/* Ends all calls with this handle soon, also those that begin later. Safe to call on any thread, not in a signal
 * handler. */
void lamina_cancel_trigger(lamina_cancel *cancel);

/* Gives the handle back; calls that have been handed it go on. Nothing for NULL. */
void lamina_cancel_free(lamina_cancel *cancel);

/* ---- Calls ------------------------------------------------------------------------------------------------------ */

/* What is to be worked on. All fields but the size may be zero where a function does not need them; the program sets
 * all of them to zero first, so that fields which come later are zero, too. */
typedef struct lamina_request {
  /* sizeof(lamina_request): how much of the struct the program knows. */
  size_t size;
  /* Where files are read. */
  const lamina_files *files;
  /* The directory of the kustomization, a text: relative paths begin where those of the files do. Messages call it
   * by this text. Where the options allow it, also the address of a repository. */
  const char *root;
  /* Manifests in the place of a root, for lamina_patch and lamina_diff: YAML or JSON. */
  const void *input;
  size_t input_length;
  /* A JSON object, a text; NULL for none. */
  const char *options;
  /* What may end the call; NULL for nothing. */
  lamina_cancel *cancel;
} lamina_request;

#define LAMINA_REQUEST_INIT { sizeof(lamina_request), NULL, NULL, NULL, 0, NULL, NULL }

/* What came of a call. */
typedef struct lamina_result lamina_result;

/* The functions below return the status of their result, and put the result where the last argument points, whatever
 * the status is; only where that is NULL there is none. Each result is to be freed. */

/* Renders the kustomization of `root`: the bytes are what `render DIR` prints. */
lamina_status lamina_render(const lamina_request *request, lamina_result **result);

/* Applies a patch to the manifests of `input`: the bytes are the whole stream, as `lamina_render` prints one. The options
 * say of which type the patch is. */
lamina_status lamina_patch(
    const lamina_request *request, const void *patch, size_t length, lamina_result **result);

/* Compares two sides, each a `root` or manifests: the bytes are the report, and the metadata say whether anything
 * differs. The options of the new side are those of the comparison; the old one has none. */
lamina_status lamina_diff(
    const lamina_request *old_side, const lamina_request *new_side, lamina_result **result);

/* Says what is wrong, or looks wrong, with `root`, and with the `roots` of the options: the bytes are the report, and
 * the metadata have the findings. The status is LAMINA_OK where all of them render, whatever is found; of a call that
 * has failed there is a report as well. */
lamina_status lamina_lint(const lamina_request *request, lamina_result **result);

/* Says where the values of `root` come from, and what changed them on the way: the bytes are the explanation. What the
 * options ask for and is not there stands in the metadata. */
lamina_status lamina_explain(const lamina_request *request, lamina_result **result);

/* ---- Results ---------------------------------------------------------------------------------------------------- */

/* A result does not change. The bytes, the metadata and the message are the result's: they are good until it is freed.
 * A zero stands behind each, which `length` does not count; `length` may be NULL. */

/* LAMINA_INVALID for NULL. */
lamina_status lamina_result_status(const lamina_result *result);

/* What was made: the stream of YAML, or the report. Empty where the status is not LAMINA_OK, but for lamina_lint; NULL
 * for NULL. */
const char *lamina_result_bytes(const lamina_result *result, size_t *length);

/* A JSON object: diagnostics and what else is known. NULL for NULL. */
const char *lamina_result_metadata(const lamina_result *result, size_t *length);

/* Errors and warnings as the command prints them, for a person to read: lines without a line break at the end. Empty
 * where there is nothing to say; NULL for NULL. */
const char *lamina_result_message(const lamina_result *result, size_t *length);

/* Frees a result and what was borrowed from it; nothing for NULL. */
void lamina_result_free(lamina_result *result);

#ifdef __cplusplus
}
#endif

#endif
