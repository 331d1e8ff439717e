private import Synchronization

/// The lines of files that messages have been about: hundreds of messages may be about one file.
final class KnownSecretLines: Sendable {
  /// By where the positions of the file begin.
  private let known = Mutex<[UInt32: SecretLines]>([:])

  func lines(of file: SourceFile) -> SecretLines {
    known.withLock { known in
      if let lines = known[file.base] { return lines }
      let lines = SecretLines(of: file)
      known[file.base] = lines
      return lines
    }
  }
}
