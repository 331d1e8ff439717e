/* The interface for C, call by call. The only argument is the directory of the shipped example. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static const char base[] =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: blue\n";
static const char kustomization[] =
    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
    "resources:\n- ../base\nnamePrefix: dev-\n";
static const char rendered[] =
    "apiVersion: v1\ndata:\n  colour: blue\nkind: ConfigMap\nmetadata:\n  name: dev-settings\n";

static lamina_files *example(void) {
  lamina_files *files = lamina_files_in_memory();
  CHECK(files);
  add(files, "base/kustomization.yaml",
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- cm.yaml\n");
  add(files, "base/cm.yaml", base);
  add(files, "/dev/kustomization.yaml", kustomization);
  return files;
}

static lamina_request request_for(const lamina_files *files, const char *root) {
  lamina_request request = LAMINA_REQUEST_INIT;
  request.files = files;
  request.root = root;
  return request;
}

/* ---- Render -------------------------------------------------------------------------------------------------------- */

static void renders_files_in_memory(void) {
  lamina_files *files = example();
  lamina_request request = request_for(files, "dev");
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  CHECK(lamina_result_status(result) == LAMINA_OK);
  size_t length = 0;
  CHECK_TEXT(lamina_result_bytes(result, &length), rendered);
  CHECK(length == strlen(rendered));
  CHECK_TEXT(lamina_result_message(result, NULL), "");
  const char *metadata = lamina_result_metadata(result, &length);
  CHECK(strlen(metadata) == length);
  CHECK_PART(metadata, "\"diagnostics\": []");
  CHECK_PART(metadata, "\"/base/cm.yaml\"");
  CHECK_PART(metadata, "\"name\": \"dev-settings\"");
  lamina_result_free(result);
  lamina_files_free(files);
}

static void results_outlive_their_files(void) {
  lamina_files *files = example();
  lamina_request request = request_for(files, "dev");
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  lamina_files_free(files);
  CHECK_TEXT(lamina_result_bytes(result, NULL), rendered);
  lamina_result_free(result);
}

static void renders_the_disk(const char *directory) {
  char root[4096], path[4096];
  snprintf(root, sizeof root, "%s/overlays/production", directory);
  snprintf(path, sizeof path, "%s/expected.yaml", root);
  FILE *file = fopen(path, "rb");
  CHECK(file);
  static char expected[1 << 20];
  size_t count = fread(expected, 1, sizeof expected, file);
  fclose(file);

  lamina_files *files = lamina_files_on_disk();
  lamina_request request = request_for(files, root);
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  size_t length;
  const char *bytes = lamina_result_bytes(result, &length);
  CHECK(length == count && memcmp(bytes, expected, count) == 0);
  lamina_result_free(result);

  /* Relative to the working directory. */
  CHECK(chdir(directory) == 0);
  request.root = "overlays/production";
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  bytes = lamina_result_bytes(result, &length);
  CHECK(length == count && memcmp(bytes, expected, count) == 0);
  lamina_result_free(result);

  /* What was added hides what the disk has. */
  add(files, "overlays/production/kustomization.yaml", "namePrefix: 7\nresources: []\n");
  CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_message(result, NULL),
      "overlays/production/kustomization.yaml:1:13: error: ");
  lamina_result_free(result);
  lamina_files_free(files);
}

static void errors_have_places(void) {
  lamina_files *files = example();
  add(files, "dev/kustomization.yaml", "resources:\n- ../bas\n");
  lamina_request request = request_for(files, "dev");
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
  size_t length = 7;
  CHECK_TEXT(lamina_result_bytes(result, &length), "");
  CHECK(length == 0);
  CHECK_PART(lamina_result_message(result, NULL), "dev/kustomization.yaml:2:3: error: ");
  CHECK_PART(lamina_result_metadata(result, NULL), "\"line\": 2,");
  CHECK_PART(lamina_result_metadata(result, NULL), "\"severity\": \"error\"");
  lamina_result_free(result);
  lamina_files_free(files);
}

static void follows_links(void) {
  lamina_files *files = example();
  CHECK(lamina_files_link(files, "other", "dev") == LAMINA_OK);
  lamina_request request = request_for(files, "other");
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  CHECK_TEXT(lamina_result_bytes(result, NULL), rendered);
  lamina_result_free(result);
  lamina_files_free(files);
}

static void goes_as_deep_as_the_stack(void) {
  enum { depth = 20000 };
  char *text = malloc(2 * depth + 64), *end = text;
  CHECK(text);
  end += sprintf(end, "apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec: ");
  memset(end, '[', depth);
  memset(end + depth, ']', depth);
  lamina_files *files = lamina_files_in_memory();
  CHECK(lamina_files_add(files, "a/a.yaml", text, (size_t)(end - text) + 2 * depth) == LAMINA_OK);
  add(files, "a/kustomization.yaml", "resources: [a.yaml]\n");
  lamina_request request = request_for(files, "a");
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_message(result, NULL), "a.yaml");
  lamina_result_free(result);
  lamina_files_free(files);
  free(text);
}

/* ---- The other calls ------------------------------------------------------------------------------------------------ */

static void patches(void) {
  static const char merge[] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: red}\n";
  lamina_request request = LAMINA_REQUEST_INIT;
  request.input = base;
  request.input_length = strlen(base);
  lamina_result *result = NULL;
  CHECK(lamina_patch(&request, merge, strlen(merge), &result) == LAMINA_OK);
  CHECK_TEXT(lamina_result_bytes(result, NULL),
      "apiVersion: v1\ndata:\n  colour: red\nkind: ConfigMap\nmetadata:\n  name: settings\n");
  lamina_result_free(result);

  static const char operations[] = "[{\"op\": \"remove\", \"path\": \"/data\"}]";
  request.options = "{\"type\": \"json\"}";
  CHECK(lamina_patch(&request, operations, strlen(operations), &result) == LAMINA_OK);
  CHECK_TEXT(lamina_result_bytes(result, NULL),
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n");
  lamina_result_free(result);

  static const char wrong[] = "[{\"op\": \"remove\", \"path\": \"/nothing\"}]";
  request.options = "{\"type\": \"json\", \"patchName\": \"mine.json\"}";
  CHECK(lamina_patch(&request, wrong, strlen(wrong), &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_message(result, NULL), "mine.json:1:");
  lamina_result_free(result);

  /* A target, what may change, and the rest of the stream as it was. */
  static const char two[] =
      "# one\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n---\n"
      "# two\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: two}\n";
  static const char renames[] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: three}\n";
  request.input = two;
  request.input_length = strlen(two);
  request.options =
      "{\"target\": {\"kind\": \"ConfigMap\", \"name\": \"tw.\"}, \"allowNameChange\": true, \"keepRest\": true}";
  CHECK(lamina_patch(&request, renames, strlen(renames), &result) == LAMINA_OK);
  CHECK_TEXT(lamina_result_bytes(result, NULL),
      "# one\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n---\n"
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: three\n");
  lamina_result_free(result);
  request.options = "{\"target\": {\"king\": \"ConfigMap\"}}";
  CHECK(lamina_patch(&request, renames, strlen(renames), &result) == LAMINA_INVALID);
  CHECK_PART(lamina_result_message(result, NULL), "there is no option \"target.king\"");
  lamina_result_free(result);

  /* A schema that says by which key a list is merged. */
  static const char custom[] =
      "apiVersion: example.com/v1\nkind: Fleet\nmetadata: {name: f}\nspec: {ships: [{id: a, size: 1}]}\n";
  static const char ships[] =
      "apiVersion: example.com/v1\nkind: Fleet\nmetadata: {name: f}\nspec: {ships: [{id: b, size: 2}]}\n";
  request.input = custom;
  request.input_length = strlen(custom);
  request.options =
      "{\"openapi\": \"{\\\"definitions\\\": {\\\"v1.Fleet\\\": {\\\"properties\\\": {\\\"spec\\\": "
      "{\\\"properties\\\": {\\\"ships\\\": {\\\"type\\\": \\\"array\\\", "
      "\\\"x-kubernetes-patch-merge-key\\\": \\\"id\\\", \\\"x-kubernetes-patch-strategy\\\": \\\"merge\\\"}}}}, "
      "\\\"x-kubernetes-group-version-kind\\\": [{\\\"group\\\": \\\"example.com\\\", \\\"kind\\\": "
      "\\\"Fleet\\\", \\\"version\\\": \\\"v1\\\"}]}}}\"}";
  CHECK(lamina_patch(&request, ships, strlen(ships), &result) == LAMINA_OK);
  CHECK_PART(lamina_result_bytes(result, NULL), "id: a");
  CHECK_PART(lamina_result_bytes(result, NULL), "id: b");
  lamina_result_free(result);
  request.options = NULL;
  CHECK(lamina_patch(&request, ships, strlen(ships), &result) == LAMINA_OK);
  CHECK(strstr(lamina_result_bytes(result, NULL), "id: a") == NULL);
  lamina_result_free(result);

  CHECK(lamina_patch(&request, NULL, 0, &result) == LAMINA_OK);
  lamina_result_free(result);
  CHECK(lamina_patch(&request, NULL, 1, &result) == LAMINA_INVALID);
  CHECK_TEXT(lamina_result_message(result, NULL), "error: patch is null");
  lamina_result_free(result);
  request.input = NULL;
  CHECK(lamina_patch(&request, merge, strlen(merge), &result) == LAMINA_INVALID);
  CHECK_TEXT(lamina_result_message(result, NULL), "error: input is null");
  lamina_result_free(result);
}

static void compares(void) {
  lamina_files *files = example();
  lamina_request new_side = request_for(files, "dev");
  lamina_request old_side = LAMINA_REQUEST_INIT;
  old_side.input = base;
  old_side.input_length = strlen(base);
  lamina_result *result = NULL;
  new_side.options = "{\"format\": \"json\"}";
  CHECK(lamina_diff(&old_side, &new_side, &result) == LAMINA_OK);
  CHECK_PART(lamina_result_bytes(result, NULL), "\"outcome\": \"different\"");
  CHECK_PART(lamina_result_metadata(result, NULL), "\"different\": true");
  lamina_result_free(result);

  old_side = request_for(files, "base");
  CHECK(lamina_diff(&old_side, &old_side, &result) == LAMINA_OK);
  CHECK_PART(lamina_result_metadata(result, NULL), "\"different\": false");
  lamina_result_free(result);

  new_side.options = "{\"ignore\": [\"spec[\"]}";
  CHECK(lamina_diff(&old_side, &new_side, &result) == LAMINA_INVALID);
  CHECK_PART(lamina_result_message(result, NULL), "error: options: ignore: spec[: column ");
  lamina_result_free(result);

  new_side.options = NULL;
  old_side.options = "{}";
  CHECK(lamina_diff(&old_side, &new_side, &result) == LAMINA_INVALID);
  lamina_result_free(result);
  old_side.options = NULL;

  /* A side that does not render because of the change. */
  add(files, "dev/kustomization.yaml", "resources: [nothing.yaml]\n");
  CHECK(lamina_diff(&old_side, &new_side, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_message(result, NULL), "dev/kustomization.yaml:1:13: error: ");
  lamina_result_free(result);
  lamina_files_free(files);
}

static void lints(void) {
  lamina_files *files = example();
  add(files, "dev/kustomization.yaml",
      "resources:\n- ../base\npatches:\n- target: {kind: ConfigMap, name: setting}\n"
      "  patch: '[{\"op\": \"remove\", \"path\": \"/data\"}]'\n");
  lamina_request request = request_for(files, "dev");
  lamina_result *result = NULL;
  CHECK(lamina_lint(&request, &result) == LAMINA_OK);
  CHECK_PART(lamina_result_bytes(result, NULL), "dev/kustomization.yaml:4:");
  CHECK_PART(lamina_result_metadata(result, NULL), "\"severity\": \"warning\"");
  lamina_result_free(result);

  request.options = "{\"format\": \"sarif\", \"roots\": [\"base\"], \"kubernetes\": \"1.33\"}";
  CHECK(lamina_lint(&request, &result) == LAMINA_OK);
  CHECK_PART(lamina_result_bytes(result, NULL), "\"2.1.0\"");
  lamina_result_free(result);

  request.options = "{\"settings\": \"lint: {rules: {no-such-rule: off}}\"}";
  CHECK(lamina_lint(&request, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_message(result, NULL), "lamina.yaml:1:16: error: ");
  lamina_result_free(result);

  request.options = "{\"kubernetes\": \"0.1\"}";
  CHECK(lamina_lint(&request, &result) == LAMINA_INVALID);
  lamina_result_free(result);

  request.options = NULL;
  add(files, "dev/kustomization.yaml", "resources: [nothing.yaml]\n");
  CHECK(lamina_lint(&request, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_bytes(result, NULL), "nothing.yaml");
  lamina_result_free(result);
  lamina_files_free(files);
}

static void explains(void) {
  lamina_files *files = example();
  lamina_request request = request_for(files, "dev");
  lamina_result *result = NULL;
  request.options = "{\"select\": [\"cm/dev-settings\", \"metadata.name\"]}";
  CHECK(lamina_explain(&request, &result) == LAMINA_OK);
  CHECK_PART(lamina_result_bytes(result, NULL), "dev/kustomization.yaml:5");
  CHECK_PART(lamina_result_metadata(result, NULL), "\"missing\": []");
  lamina_result_free(result);

  request.options = "{\"select\": [\"cm/dev-setings\"], \"format\": \"json\"}";
  CHECK(lamina_explain(&request, &result) == LAMINA_OK);
  CHECK_PART(lamina_result_metadata(result, NULL), "\"hint\": \"did you mean \\\"cm/dev-settings\\\"?\"");
  lamina_result_free(result);

  request.options = "{\"format\": \"html\"}";
  CHECK(lamina_explain(&request, &result) == LAMINA_OK);
  CHECK_PART(lamina_result_bytes(result, NULL), "<title>");
  lamina_result_free(result);
  lamina_files_free(files);
}

/* ---- Callbacks ------------------------------------------------------------------------------------------------------ */

struct store {
  atomic_int reads, releases;
  int denies;
};

static const char *stored(const char *path) {
  if (strcmp(path, "/app/kustomization.yaml") == 0) return "resources: [settings.yaml]\nnamePrefix: dev-\n";
  if (strcmp(path, "/app/settings.yaml") == 0) return base;
  return NULL;
}

static lamina_kind store_kind(void *context, const char *path) {
  struct store *store = context;
  if (strcmp(path, "/") == 0 || strcmp(path, "/app") == 0) return LAMINA_DIRECTORY;
  if (store->denies && strcmp(path, "/app/settings.yaml") == 0) return LAMINA_DENIED;
  return stored(path) ? LAMINA_FILE : LAMINA_NOTHING;
}

static int store_read(void *context, const char *path, lamina_sink *sink) {
  struct store *store = context;
  atomic_fetch_add(&store->reads, 1);
  const char *text = stored(path);
  /* In two pieces. */
  lamina_sink_add(sink, text, 5);
  lamina_sink_add(sink, text + 5, strlen(text) - 5);
  lamina_sink_add(sink, NULL, 3);
  lamina_sink_add(NULL, "x", 1);
  return 0;
}

static int store_fails(void *context, const char *path, lamina_sink *sink) {
  (void)context;
  (void)path;
  static const char words[] = "the store is closed";
  lamina_sink_add(sink, words, strlen(words));
  return 5;
}

static void store_list(void *context, const char *path, lamina_sink *sink) {
  (void)context;
  if (strcmp(path, "/app") == 0) {
    lamina_sink_add(sink, "kustomization.yaml", 18);
    lamina_sink_add(sink, "settings.yaml", 13);
  }
}

static void store_release(void *context) {
  struct store *store = context;
  atomic_fetch_add(&store->releases, 1);
}

static lamina_callbacks callbacks_of(struct store *store) {
  lamina_callbacks callbacks = {
      sizeof callbacks, store, store_kind, store_read, store_list, store_release};
  return callbacks;
}

static void reads_through_callbacks(void) {
  struct store store = {0};
  lamina_callbacks callbacks = callbacks_of(&store);
  lamina_files *files = lamina_files_from_callbacks(&callbacks);
  CHECK(files);
  lamina_request request = request_for(files, "app");
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  CHECK_TEXT(lamina_result_bytes(result, NULL), rendered);
  CHECK(atomic_load(&store.reads) > 0);
  lamina_result_free(result);

  add(files, "app/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\n");
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  CHECK_PART(lamina_result_bytes(result, NULL), "name: dev-mine");
  lamina_result_free(result);

  /* `list` is asked for what was meant. */
  add(files, "app/kustomization.yaml", "resources: [setings.yaml]\n");
  CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_message(result, NULL), "did you mean \"settings.yaml\"?");
  lamina_result_free(result);
  CHECK(atomic_load(&store.releases) == 0);
  lamina_files_free(files);
  CHECK(atomic_load(&store.releases) == 1);
}

static void callbacks_may_fail(void) {
  struct store store = {0};
  lamina_callbacks callbacks = callbacks_of(&store);
  callbacks.read = store_fails;
  lamina_files *files = lamina_files_from_callbacks(&callbacks);
  lamina_request request = request_for(files, "app");
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_message(result, NULL), "the store is closed");
  lamina_result_free(result);
  lamina_files_free(files);

  callbacks.read = store_read;
  store.denies = 1;
  files = lamina_files_from_callbacks(&callbacks);
  request.files = files;
  CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_message(result, NULL), "permission denied");
  lamina_result_free(result);
  lamina_files_free(files);
  CHECK(atomic_load(&store.releases) == 2);

  callbacks.kind = NULL;
  CHECK(lamina_files_from_callbacks(&callbacks) == NULL);
  callbacks = callbacks_of(&store);
  callbacks.read = NULL;
  CHECK(lamina_files_from_callbacks(&callbacks) == NULL);
  callbacks = callbacks_of(&store);
  callbacks.size = 0;
  CHECK(lamina_files_from_callbacks(&callbacks) == NULL);
  CHECK(lamina_files_from_callbacks(NULL) == NULL);
  CHECK(atomic_load(&store.releases) == 2);
}

/* ---- Wrong calls ---------------------------------------------------------------------------------------------------- */

typedef lamina_status call(const lamina_request *request, lamina_result **result);

static lamina_status patch_call(const lamina_request *request, lamina_result **result) {
  return lamina_patch(request, "", 0, result);
}

static lamina_status diff_call(const lamina_request *request, lamina_result **result) {
  return lamina_diff(request, request, result);
}

static void refuses(call *call, const lamina_request *request, const char *words) {
  lamina_result *result = NULL;
  CHECK(call(request, &result) == LAMINA_INVALID);
  CHECK(lamina_result_status(result) == LAMINA_INVALID);
  CHECK_TEXT(lamina_result_message(result, NULL), words);
  CHECK_TEXT(lamina_result_bytes(result, NULL), "");
  CHECK_PART(lamina_result_metadata(result, NULL), "\"diagnostics\": []");
  lamina_result_free(result);
  CHECK(call(request, NULL) == LAMINA_INVALID);
}

static void refuses_wrong_calls(void) {
  lamina_files *files = example();
  call *calls[] = {lamina_render, lamina_lint, lamina_explain, diff_call, patch_call};
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    lamina_request request = request_for(files, "dev");
    refuses(calls[i], NULL, "error: lamina_request is null");
    request.size = 0;
    refuses(calls[i], &request,
        "error: lamina_request: the field \"size\" is 0; set it to sizeof(lamina_request)");
    request.size = SIZE_MAX;
    CHECK(calls[i](&request, NULL) == LAMINA_INVALID);
    request.size = sizeof request;
    request.root = "\xff\xfe";
    refuses(calls[i], &request, "error: root is not UTF-8");
    request.root = "dev";
    request.options = "\xff";
    refuses(calls[i], &request, "error: options is not UTF-8");
    request.options = NULL;
    request.input_length = 3;
    refuses(calls[i], &request, "error: input is null");
  }
  for (size_t i = 0; i < 3; i++) {
    lamina_request request = request_for(NULL, "dev");
    refuses(calls[i], &request, "error: files is null");
    request.files = files;
    request.root = NULL;
    refuses(calls[i], &request, "error: root is null");
    request.root = "";
    refuses(calls[i], &request,
        "error: root is empty; the directory where paths begin is \".\"");
    request.root = "dev";
    request.options = "[]";
    refuses(calls[i], &request, "error: options must be an object");
    request.options = "{\"compat\": 5}";
    refuses(calls[i], &request, "error: options: compat must be a string");
    request.options = "{\"compat\": \"nxt\"}";
    refuses(calls[i], &request,
        "error: options: compat must be v5.8.1 or next, not \"nxt\"; did you mean \"next\"?");
    request.options = "{\"managedByLable\": true}";
    refuses(calls[i], &request,
        "error: options: there is no option \"managedByLable\"; did you mean \"managedByLabel\"?");
    request.options = "{\"helm\": {\"timeout\": -1}}";
    refuses(calls[i], &request, "error: options: helm.timeout must be a number above 0");
    request.options = "{\"helm\": 1}";
    refuses(calls[i], &request, "error: options: helm must be an object");
    request.options = "{\"functions\": {\"mounts\": [1]}}";
    refuses(calls[i], &request, "error: options: functions.mounts must be a list of strings");
    lamina_result *result = NULL;
    request.options = "{\"a\": ";
    CHECK(calls[i](&request, &result) == LAMINA_INVALID);
    CHECK_PART(lamina_result_message(result, NULL), "error: options: this is not JSON");
    lamina_result_free(result);
  }
  lamina_files_free(files);
}

/* A program that was built with a later header. */
static void takes_structs_of_other_versions(void) {
  lamina_files *files = example();
  struct {
    lamina_request known;
    void *later;
  } request = {request_for(files, "dev"), NULL};
  request.known.size = sizeof request;
  lamina_result *result = NULL;
  CHECK(lamina_render(&request.known, &result) == LAMINA_OK);
  lamina_result_free(result);
  request.later = files;
  refuses(lamina_render, &request.known,
      "error: lamina_request: it has fields that this version of the library does not know");
  /* One that knows less. */
  request.known.size = offsetof(lamina_request, input);
  request.known.options = "garbage that it has not set";
  CHECK(lamina_render(&request.known, &result) == LAMINA_OK);
  lamina_result_free(result);
  lamina_files_free(files);
}

static void takes_null(void) {
  lamina_files *files = lamina_files_in_memory();
  CHECK(lamina_files_add(NULL, "a", "b", 1) == LAMINA_INVALID);
  CHECK(lamina_files_add(files, NULL, "b", 1) == LAMINA_INVALID);
  CHECK(lamina_files_add(files, "", "b", 1) == LAMINA_INVALID);
  CHECK(lamina_files_add(files, "a", NULL, 1) == LAMINA_INVALID);
  CHECK(lamina_files_add(files, "\xc3(", "b", 1) == LAMINA_INVALID);
  CHECK(lamina_files_add(files, "a", NULL, 0) == LAMINA_OK);
  CHECK(lamina_files_link(NULL, "a", "b") == LAMINA_INVALID);
  CHECK(lamina_files_link(files, NULL, "b") == LAMINA_INVALID);
  CHECK(lamina_files_link(files, "a", NULL) == LAMINA_INVALID);
  lamina_files_free(files);
  lamina_files_free(NULL);
  lamina_cancel_trigger(NULL);
  lamina_cancel_free(NULL);
  lamina_result_free(NULL);
  CHECK(lamina_result_status(NULL) == LAMINA_INVALID);
  size_t length = 7;
  CHECK(lamina_result_bytes(NULL, &length) == NULL && length == 0);
  CHECK(lamina_result_metadata(NULL, NULL) == NULL);
  CHECK(lamina_result_message(NULL, NULL) == NULL);
  lamina_sink_add(NULL, NULL, 0);
}

static void takes_garbage(void) {
  lamina_files *files = example();
  char garbage[512];
  unsigned seed = 1;
  for (int round = 0; round < 40; round++) {
    for (size_t i = 0; i < sizeof garbage; i++) {
      seed = seed * 1103515245u + 12345u;
      garbage[i] = (char)(seed >> 16);
    }
    CHECK(lamina_files_add(files, "dev/kustomization.yaml", garbage, sizeof garbage) == LAMINA_OK);
    lamina_request request = request_for(files, "dev");
    lamina_result *result = NULL;
    CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
    CHECK(strlen(lamina_result_message(result, NULL)) > 0);
    lamina_result_free(result);
    garbage[sizeof garbage - 1] = 0;
    request.options = garbage;
    lamina_status status = lamina_render(&request, &result);
    CHECK(status == LAMINA_INVALID || status == LAMINA_FAILED);
    lamina_result_free(result);
  }
  lamina_files_free(files);
}

/* ---- Limits --------------------------------------------------------------------------------------------------------- */

static void builds_have_limits(void) {
  static const char *options[] = {
      "{\"limits\": {\"inputBytes\": 100}}", "{\"limits\": {\"nodes\": 10}}", "{\"limits\": {\"depth\": 1}}",
      "{\"limits\": {\"resources\": 0}}", "{\"limits\": {\"seconds\": 0.000001}}"};
  static const char *ids[] = {
      "\"input-limit\"", "\"node-limit\"", "\"depth-limit\"", "\"resource-limit\"", "\"time-limit\""};
  lamina_files *files = example();
  lamina_request request = request_for(files, "dev");
  lamina_result *result = NULL;
  for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
    request.options = options[i];
    CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
    CHECK_PART(lamina_result_metadata(result, NULL), ids[i]);
    lamina_result_free(result);
  }
  request.options =
      "{\"limits\": {\"inputBytes\": 10000, \"nodes\": 1000, \"depth\": 20, \"resources\": 5, \"seconds\": 60}}";
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  CHECK_TEXT(lamina_result_bytes(result, NULL), rendered);
  lamina_result_free(result);
  request.options = "{\"limits\": {\"nodes\": -1}}";
  CHECK(lamina_render(&request, &result) == LAMINA_INVALID);
  CHECK_TEXT(lamina_result_message(result, NULL),
      "error: options: limits.nodes must be a whole number of at least 0");
  lamina_result_free(result);
  lamina_files_free(files);
}

/* ---- Load root ------------------------------------------------------------------------------------------------------ */

static void paths_stay_in_the_load_root(void) {
  lamina_files *files = example();
  add(files, "wide/kustomization.yaml", "resources: [../base/cm.yaml]\n");
  lamina_request request = request_for(files, "wide");
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_metadata(result, NULL), "\"file-outside-root\"");
  lamina_result_free(result);
  request.options = "{\"loadRoot\": \"/\"}";
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  lamina_result_free(result);
  request.options = "{\"loadRoot\": \"/wide\"}";
  CHECK(lamina_render(&request, &result) == LAMINA_FAILED);
  CHECK_PART(lamina_result_metadata(result, NULL), "\"outside-load-root\"");
  lamina_result_free(result);
  lamina_files_free(files);
}

/* ---- Cancelling ----------------------------------------------------------------------------------------------------- */

static void ends_what_is_cancelled_before(void) {
  lamina_files *files = example();
  lamina_request request = request_for(files, "dev");
  request.cancel = lamina_cancel_new();
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  lamina_result_free(result);
  lamina_cancel_trigger(request.cancel);
  lamina_cancel_trigger(request.cancel);
  CHECK(lamina_render(&request, &result) == LAMINA_CANCELLED);
  CHECK_TEXT(lamina_result_message(result, NULL), "error: the build was cancelled");
  CHECK_TEXT(lamina_result_bytes(result, NULL), "");
  lamina_result_free(result);
  lamina_cancel_free(request.cancel);
  lamina_files_free(files);
}

static void rest(void) { nanosleep(&(struct timespec){0, 100000}, NULL); }

struct endless {
  atomic_int reads;
};

/* Each layer stands on another one, without end. */
static lamina_kind endless_kind(void *context, const char *path) {
  (void)context;
  size_t length = strlen(path);
  static const char name[] = "/kustomization.yaml";
  if (length >= strlen(name) && strcmp(path + length - strlen(name), name) == 0) return LAMINA_FILE;
  return strchr(path, '.') || strstr(path, "ustomization") ? LAMINA_NOTHING : LAMINA_DIRECTORY;
}

static int endless_read(void *context, const char *path, lamina_sink *sink) {
  (void)path;
  struct endless *endless = context;
  char text[64];
  int number = atomic_fetch_add(&endless->reads, 1);
  int length = snprintf(text, sizeof text, "resources: [../l%d]\n", number);
  lamina_sink_add(sink, text, (size_t)length);
  rest();
  return 0;
}

struct cancelling {
  struct endless *endless;
  lamina_cancel *cancel;
};

static void *cancels(void *argument) {
  struct cancelling *cancelling = argument;
  while (atomic_load(&cancelling->endless->reads) < 50) rest();
  lamina_cancel_trigger(cancelling->cancel);
  return NULL;
}

static void another_thread_cancels(void) {
  struct endless endless = {0};
  lamina_callbacks callbacks = {sizeof callbacks, &endless, endless_kind, endless_read, NULL, NULL};
  lamina_files *files = lamina_files_from_callbacks(&callbacks);
  struct cancelling cancelling = {&endless, lamina_cancel_new()};
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, cancels, &cancelling) == 0);
  lamina_request request = request_for(files, "l");
  request.cancel = cancelling.cancel;
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_CANCELLED);
  CHECK_PART(lamina_result_message(result, NULL), "cancelled");
  lamina_result_free(result);
  CHECK(pthread_join(thread, NULL) == 0);
  lamina_cancel_free(cancelling.cancel);
  lamina_files_free(files);
}

/* ---- Threads -------------------------------------------------------------------------------------------------------- */

struct shared {
  lamina_files *files, *stored;
  pthread_barrier_t start;
  atomic_int number;
};

/* The address sanitizer takes its time to prepare the stack of a thread, so that each does little. */
static void *works(void *argument) {
  struct shared *shared = argument;
  pthread_barrier_wait(&shared->start);
  int number = atomic_fetch_add(&shared->number, 1);
  lamina_request request =
      number % 2 ? request_for(shared->files, "dev") : request_for(shared->stored, "app");
  lamina_result *result = NULL;
  CHECK(lamina_render(&request, &result) == LAMINA_OK);
  CHECK_TEXT(lamina_result_bytes(result, NULL), rendered);
  lamina_result_free(result);
  add(shared->files, "more/file", "text");
  if (number % 3 == 0) CHECK(lamina_explain(&request, &result) == LAMINA_OK);
  if (number % 3 == 1) CHECK(lamina_lint(&request, &result) == LAMINA_OK);
  if (number % 3 == 2) CHECK(lamina_diff(&request, &request, &result) == LAMINA_OK);
  lamina_result_free(result);
  return NULL;
}

static void two_hundred_threads(void) {
  enum { count = 200 };
  struct store store = {0};
  lamina_callbacks callbacks = callbacks_of(&store);
  struct shared shared;
  atomic_init(&shared.number, 0);
  shared.files = example();
  shared.stored = lamina_files_from_callbacks(&callbacks);
  pthread_t threads[count];
  CHECK(pthread_barrier_init(&shared.start, NULL, count) == 0);
  for (int i = 0; i < count; i++) CHECK(pthread_create(&threads[i], NULL, works, &shared) == 0);
  for (int i = 0; i < count; i++) CHECK(pthread_join(threads[i], NULL) == 0);
  pthread_barrier_destroy(&shared.start);
  lamina_files_free(shared.files);
  lamina_files_free(shared.stored);
  CHECK(atomic_load(&store.releases) == 1);
}

int main(int count, char **words) {
  CHECK(count == 2);
  CHECK(lamina_abi_version() == LAMINA_ABI_VERSION);
  CHECK(strlen(lamina_version()) > 0);
  renders_files_in_memory();
  results_outlive_their_files();
  renders_the_disk(words[1]);
  errors_have_places();
  follows_links();
  goes_as_deep_as_the_stack();
  patches();
  compares();
  lints();
  explains();
  reads_through_callbacks();
  callbacks_may_fail();
  refuses_wrong_calls();
  takes_structs_of_other_versions();
  takes_null();
  takes_garbage();
  builds_have_limits();
  paths_stay_in_the_load_root();
  ends_what_is_cancelled_before();
  another_thread_cancels();
  two_hundred_threads();
  puts("the interface for C does what its header says");
  return 0;
}
