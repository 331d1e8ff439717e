#include "lamina.h"

uint32_t lamina_abi_version(void) { return LAMINA_ABI_VERSION; }
