// The stack of the calling thread. Nothing here changes anything, and nothing is read but what the system
// knows of the thread.
#include <stdint.h>

/// The lowest address that the stack of the calling thread may reach; 0 where the system does not say.
uintptr_t stack_end(void);

/// An address in the frame of the function that the call is compiled into.
static inline __attribute__((always_inline)) uintptr_t stack_position(void) {
  return (uintptr_t)__builtin_frame_address(0);
}
