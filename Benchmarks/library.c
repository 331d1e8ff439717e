/* How long a call of the C library takes for a tiny overlay in memory, files made and freed included.
 *
 *     Scripts/make-library /tmp/lamina
 *     export PKG_CONFIG_PATH=/tmp/lamina/lib/pkgconfig LD_LIBRARY_PATH=/tmp/lamina/lib
 *     cc -O2 Benchmarks/library.c $(pkg-config --cflags --libs lamina) -o /tmp/measure && /tmp/measure
 */
#define _POSIX_C_SOURCE 200809L
#include <lamina.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { runs = 5000 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void add(lamina_files *files, const char *path, const char *text) {
  if (lamina_files_add(files, path, text, strlen(text)) != LAMINA_OK) abort();
}

static double one(void) {
  double start = now();
  lamina_files *files = lamina_files_in_memory();
  add(files, "base/kustomization.yaml", "resources: [cm.yaml]\n");
  add(files, "base/cm.yaml",
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: blue\n");
  add(files, "dev/kustomization.yaml", "resources:\n- ../base\nnamePrefix: dev-\n");
  lamina_request request = LAMINA_REQUEST_INIT;
  request.files = files;
  request.root = "dev";
  lamina_result *result;
  if (lamina_render(&request, &result) != LAMINA_OK) abort();
  lamina_result_free(result);
  lamina_files_free(files);
  return now() - start;
}

static int ascending(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

int main(void) {
  static double times[runs];
  for (int i = 0; i < runs; i++) times[i] = one();
  double first = times[0];
  qsort(times, runs, sizeof *times, ascending);
  printf("first %.3f ms, median %.3f ms, best %.3f ms\n", first, times[runs / 2], times[0]);
  return 0;
}
