package import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Waits for changes of what is in some directories.
///
/// On Linux the kernel tells (inotify). Elsewhere, and where the kernel watches no more directories, a wait ends after
/// half a second with nothing told, and the caller looks itself. For one thread.
package final class FileWatch {
  /// What happened while the caller waited.
  package struct Changes: Sendable {
    /// The paths of what changed, came or went in the directories.
    package fileprivate(set) var paths: Set<ByteText> = []
    /// Anything may have changed: the kernel could not tell all, or tells nothing.
    package fileprivate(set) var isIncomplete = false
    /// A directory came or went.
    package fileprivate(set) var includesDirectories = false
  }

  #if os(Linux)
    private let descriptor: Int32
    private var names: [Int32: String] = [:]
    private var numbers: [ByteText: Int32] = [:]
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    private static let events = UInt32(
      IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
        | IN_DELETE_SELF | IN_MOVE_SELF)
  #endif
  /// There is a directory that is not watched.
  private var isBlind = false

  /// Watches nothing yet.
  package init() {
    #if os(Linux)
      descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
      isBlind = descriptor < 0
    #else
      isBlind = true
    #endif
  }

  deinit {
    #if os(Linux)
      if descriptor >= 0 { close(descriptor) }
    #endif
  }

  /// Watches these directories, and no others.
  ///
  /// - Parameter directories: canonical paths. One that is not there is passed over.
  /// - Returns: those that were not watched before, in which something may have changed unseen.
  package func watch(_ directories: Set<ByteText>) -> [String] {
    #if os(Linux)
      guard descriptor >= 0 else { return [] }
      for (path, number) in numbers where !directories.contains(path) {
        inotify_rm_watch(descriptor, number)
        numbers[path] = nil
        names[number] = nil
      }
      isBlind = false
      var added: [String] = []
      for path in directories where numbers[path] == nil {
        let number = inotify_add_watch(descriptor, path.string, Self.events)
        if number < 0 {
          // There is a limit for each user, or it was removed a moment ago.
          if errno == ENOSPC || errno == ENOMEM { isBlind = true }
          continue
        }
        numbers[path] = number
        names[number] = path.string
        added.append(path.string)
      }
      return added
    #else
      return []
    #endif
  }

  /// Waits until something has changed, and then until nothing has for a moment.
  ///
  /// What belongs together comes in a burst: an editor writes a file beside the old one and renames it, a checkout
  /// writes thousands.
  ///
  /// - Parameters:
  ///   - quiet: milliseconds without a change that end a burst.
  ///   - longest: milliseconds after which it is cut.
  package func wait(quiet: Int32 = 15, longest: Int = 500) -> Changes {
    var changes = Changes()
    #if os(Linux)
      guard descriptor >= 0 else { return pause() }
      let clock = ContinuousClock()
      var end: ContinuousClock.Instant?
      while true {
        let isWaiting = end == nil
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let limit: Int32 = isWaiting ? (isBlind ? 500 : -1) : quiet
        let count = poll(&request, 1, limit)
        if count < 0, errno == EINTR { continue }
        if count <= 0 {
          if isBlind { changes.isIncomplete = true }
          return changes
        }
        take(&changes)
        let cut = end ?? clock.now + .milliseconds(longest)
        end = cut
        if clock.now >= cut { return changes }
      }
    #else
      return pause()
    #endif
  }

  private func pause() -> Changes {
    usleep(500_000)
    var changes = Changes()
    changes.isIncomplete = true
    return changes
  }

  #if os(Linux)
    /// Takes what the kernel has to tell: a record each of the watch's number, what happened, and the name in the
    /// directory.
    private func take(_ changes: inout Changes) {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      buffer.withUnsafeBytes { bytes in
        var start = 0
        let head = MemoryLayout<inotify_event>.size
        while start + head <= count {
          let event = bytes.loadUnaligned(fromByteOffset: start, as: inotify_event.self)
          let end = min(start + head + Int(event.len), count)
          let name = bytes[(start + head)..<end].prefix { $0 != 0 }
          note(event, String(decoding: name, as: UTF8.self), in: &changes)
          start = end
        }
      }
    }

    private func note(_ event: inotify_event, _ name: String, in changes: inout Changes) {
      if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
        changes.isIncomplete = true
        return
      }
      guard let directory = names[event.wd] else { return }
      let path = name.isEmpty ? directory : Path.join(directory, name)
      if event.mask & UInt32(IN_CREATE) != 0, isJustOpened(path) { return }
      changes.paths.insert(path)
      guard name.isEmpty || event.mask & UInt32(IN_ISDIR) != 0 else { return }
      changes.includesDirectories = true
      // The kernel goes on watching what moved, wherever it is now, and not what takes its place.
      if event.mask & UInt32(IN_CREATE | IN_ATTRIB) == 0 { forget(below: path) }
    }

    /// Whether somebody has made a file to write to it: the kernel tells again when it is closed. What a link made, or
    /// what came whole, is told only once.
    private func isJustOpened(_ path: String) -> Bool {
      var status = stat()
      return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size == 0
        && status.st_nlink == 1
    }

    private func forget(below directory: String) {
      for (path, number) in numbers where Path.isInside(path.string, directory: directory) {
        inotify_rm_watch(descriptor, number)
        numbers[path] = nil
        names[number] = nil
      }
    }
  #endif
}
