internal import Synchronization

/// The lines of a file, looked for when they are asked for first: a build that takes over what another
/// one has parsed needs them only to complain.
final class FileLines: Sendable {
  private let bytes: [UInt8]
  /// Two threads that ask at once wait for one search.
  private let found = Mutex<LineStarts?>(nil)

  init(of bytes: [UInt8]) { self.bytes = bytes }

  var starts: LineStarts {
    found.withLock { found in
      if let found { return found }
      let starts = LineStarts(bytes)
      found = starts
      return starts
    }
  }
}
