// Without the header, one sentence instead of an error for each name of libyaml.
#if !__has_include(<yaml.h>)
#error libyaml is missing: run Scripts/setup, or install libyaml-dev (Debian, Ubuntu), libyaml-devel (Fedora) or libyaml (Homebrew)
#else
#include <yaml.h>

// The header does not tell its version. Since 0.2.3 the texts that a caller hands in are constant.
_Static_assert(
    _Generic(
        &yaml_alias_event_initialize, int (*)(yaml_event_t *, const yaml_char_t *): 1, default: 0),
    "libyaml is too old: Lamina needs 0.2.5");
#endif
