// Goes through libyaml's events of some files and does nothing with them: what reading YAML costs
// whoever uses libyaml.
//
//     yaml-events FILE...
#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

static int read_file(const char *path, unsigned char **bytes, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) return 0;
  fseek(file, 0, SEEK_END);
  *size = ftell(file);
  rewind(file);
  *bytes = malloc(*size + 1);
  int isWhole = *bytes && fread(*bytes, 1, *size, file) == *size;
  fclose(file);
  return isWhole;
}

static int go_through(const unsigned char *bytes, size_t size) {
  yaml_parser_t parser;
  yaml_event_t event;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, bytes, size);
  int isGood = 1, isDone = 0;
  while (isGood && !isDone) {
    isGood = yaml_parser_parse(&parser, &event);
    isDone = isGood && event.type == YAML_STREAM_END_EVENT;
    if (isGood) yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return isGood;
}

int main(int count, char **words) {
  for (int index = 1; index < count; index++) {
    unsigned char *bytes;
    size_t size;
    if (!read_file(words[index], &bytes, &size) || !go_through(bytes, size)) {
      fprintf(stderr, "yaml-events: cannot read %s\n", words[index]);
      return 1;
    }
    free(bytes);
  }
  return 0;
}
