// A hash is most of what a large config map costs. The instructions take a block in a sixth of the time
// of the plain rounds, and Swift has no names for them; swift-crypto, which has this as well, adds 9 MB and
// start-up time to the command.
#include "CHashing.h"

#include <string.h>

static const uint32_t constants[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

// MARK: - Any processor

static uint32_t rotate(uint32_t word, int count) { return word >> count | word << (32 - count); }

static void fill_schedule(uint32_t schedule[64], const uint8_t *block) {
  for (int i = 0; i < 16; i++) {
    const uint8_t *word = block + 4 * i;
    schedule[i] = (uint32_t)word[0] << 24 | (uint32_t)word[1] << 16 | (uint32_t)word[2] << 8 | word[3];
  }
  for (int i = 16; i < 64; i++) {
    uint32_t early = schedule[i - 15], late = schedule[i - 2];
    uint32_t first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3;
    uint32_t second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10;
    schedule[i] = schedule[i - 16] + first + schedule[i - 7] + second;
  }
}

static void take_block(uint32_t state[8], const uint8_t *block) {
  uint32_t schedule[64];
  fill_schedule(schedule, block);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; i++) {
    uint32_t choice = (e & f) ^ (~e & g);
    uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    uint32_t first =
        h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + constants[i] + schedule[i];
    uint32_t second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority;
    h = g, g = f, f = e, e = d + first;
    d = c, c = b, b = a, a = first + second;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void hashing_sha256_portable(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  for (; blocks > 0; blocks--, bytes += 64) take_block(state, bytes);
}

// MARK: - x86 with SHA-NI

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>

static int has_instructions(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  // SSSE3 and SSE4.1 shuffle and blend the words.
  if ((c & bit_SSSE3) == 0 || (c & bit_SSE4_1) == 0) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0;
}

// The instructions want the state as two registers, ABEF and CDGH, and do two rounds at a time on half of
// what the register of inputs holds (Intel, "New Instructions Supporting the Secure Hash Algorithm").
__attribute__((target("sha,sse4.1,ssse3"))) static void hash_with_instructions(
    uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
  for (; blocks > 0; blocks--, bytes += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    // The last sixteen words of the schedule.
    __m128i words[4];
    for (int i = 0; i < 4; i++) {
      words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * i)), big_endian);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
      const __m128i current = words[i % 4];
      __m128i input = _mm_add_epi32(current, _mm_loadu_si128((const __m128i *)(constants + 4 * i)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, input);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(input, 0x0E));
      if (i < 12) {
        const __m128i newest = words[(i + 3) % 4];
        __m128i next = _mm_sha256msg1_epu32(current, words[(i + 1) % 4]);
        next = _mm_add_epi32(next, _mm_alignr_epi8(newest, words[(i + 2) % 4], 4));
        words[i % 4] = _mm_sha256msg2_epu32(next, newest);
      }
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

// MARK: - ARM

#elif defined(__aarch64__) && (defined(__linux__) || defined(__APPLE__))
#include <arm_neon.h>

#ifdef __linux__
#include <sys/auxv.h>

static int has_instructions(void) {
  const unsigned long sha2 = 1 << 6;  // HWCAP_SHA2 of asm/hwcap.h
  return (getauxval(AT_HWCAP) & sha2) != 0;
}
#else
// All 64-bit processors of Apple have them.
static int has_instructions(void) { return 1; }
#endif

__attribute__((target("sha2"))) static void hash_with_instructions(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  uint32x4_t abcd = vld1q_u32(state), efgh = vld1q_u32(state + 4);
  for (; blocks > 0; blocks--, bytes += 64) {
    const uint32x4_t abcd_before = abcd, efgh_before = efgh;
    uint32x4_t words[4];
    for (int i = 0; i < 4; i++) {
      words[i] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(bytes + 16 * i)));
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
      const uint32x4_t current = words[i % 4];
      const uint32x4_t input = vaddq_u32(current, vld1q_u32(constants + 4 * i));
      const uint32x4_t abcd_old = abcd;
      abcd = vsha256hq_u32(abcd, efgh, input);
      efgh = vsha256h2q_u32(efgh, abcd_old, input);
      if (i < 12) {
        words[i % 4] = vsha256su1q_u32(
            vsha256su0q_u32(current, words[(i + 1) % 4]), words[(i + 2) % 4], words[(i + 3) % 4]);
      }
    }
    abcd = vaddq_u32(abcd, abcd_before);
    efgh = vaddq_u32(efgh, efgh_before);
  }
  vst1q_u32(state, abcd);
  vst1q_u32(state + 4, efgh);
}

// MARK: - Others

#else
static int has_instructions(void) { return 0; }

static void hash_with_instructions(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  hashing_sha256_portable(state, bytes, blocks);
}
#endif

// A virtual machine answers for its processor, which takes some 30 microseconds: as long as ten thousand
// bytes take without the instructions. A build of many small objects must not ask for each of them.
static const size_t worth_asking = 16384 / 64;

void hashing_sha256(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  if (blocks >= worth_asking && has_instructions()) {
    hash_with_instructions(state, bytes, blocks);
  } else {
    hashing_sha256_portable(state, bytes, blocks);
  }
}
