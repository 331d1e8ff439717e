#include "CRelease.h"

#include <stddef.h>

#define TEXT_OF(words) #words
#define TEXT(macro) TEXT_OF(macro)

const char *release_version(void) { return "0.1.0"; }

const char *release_commit(void) {
#ifdef LAMINA_COMMIT
  return TEXT(LAMINA_COMMIT);
#else
  return NULL;
#endif
}

const char *release_date(void) {
#ifdef LAMINA_DATE
  return TEXT(LAMINA_DATE);
#else
  return NULL;
#endif
}
