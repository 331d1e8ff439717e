private import CMachine

/// The memory of a process that does one thing and ends.
package enum ProcessMemory {
  /// Has memory taken from the system in large pieces, and not given back before the end; threads that work
  /// have it in large pages.
  ///
  /// The kernel hands out memory page by page, when each is first written to; with pages of 2 MiB it
  /// does so much less often. A build of 5 MB of definitions would spend a tenth of its time on that.
  /// Libraries must not decide this for the process they are in: it is for the command.
  package static func preferLargePages() { machine_prefer_large_pages() }

  /// Has the calling thread use large pages, in a process that takes memory in large pieces.
  ///
  /// A thread that shares the process with others waits for them whenever the kernel hands it a page.
  static func preferLargePagesInThread() { machine_prefer_large_pages_in_thread() }
}
