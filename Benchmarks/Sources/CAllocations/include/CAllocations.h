#ifndef C_ALLOCATIONS_H
#define C_ALLOCATIONS_H

/// How often the process has asked for memory so far; -1 where that cannot be counted.
long allocations_so_far(void);

#endif
