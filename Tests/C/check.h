/* What the tests of the C interface have in common. */
#ifndef CHECK_H
#define CHECK_H

#include <lamina.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                        \
  do {                                                                          \
    if (!(condition)) {                                                         \
      fprintf(stderr, "%s:%d: %s is not so\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                  \
    }                                                                           \
  } while (0)

static inline void check_text(const char *file, int line, const char *got, const char *wanted) {
  if (got && strcmp(got, wanted) == 0) return;
  fprintf(stderr, "%s:%d: got:\n%s\nwanted:\n%s\n", file, line, got ? got : "(null)", wanted);
  exit(1);
}

static inline void check_part(const char *file, int line, const char *got, const char *wanted) {
  if (got && strstr(got, wanted)) return;
  fprintf(stderr, "%s:%d: got:\n%s\nwithout:\n%s\n", file, line, got ? got : "(null)", wanted);
  exit(1);
}

#define CHECK_TEXT(got, wanted) check_text(__FILE__, __LINE__, (got), (wanted))
#define CHECK_PART(got, wanted) check_part(__FILE__, __LINE__, (got), (wanted))

static inline void add(lamina_files *files, const char *path, const char *text) {
  CHECK(lamina_files_add(files, path, text, strlen(text)) == LAMINA_OK);
}

#endif
