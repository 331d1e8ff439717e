// SHA-256 with the instructions that processors have for it.
#include <stddef.h>
#include <stdint.h>

/// Takes so many blocks of 64 bytes into the eight words of the state (FIPS 180-4, 6.2.2).
void hashing_sha256(uint32_t state[8], const uint8_t *bytes, size_t blocks);

/// The same without such instructions, whatever the processor has.
void hashing_sha256_portable(uint32_t state[8], const uint8_t *bytes, size_t blocks);
