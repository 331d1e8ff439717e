private import LaminaSyntax
internal import Synchronization

/// The ranges of one file's keys and values, read when a message asks for one first.
///
/// The nodes of a build know only where they begin (see `Node`): ends would cost every build what only messages
/// need. So a file that somebody complains of is read a second time, by the reader that keeps ranges.
final class FileSyntax: Sendable {
  private let bytes: [UInt8]
  /// Nil until somebody asks; a failure is kept, too.
  private let read = Mutex<Outcome?>(nil)

  private enum Outcome: Sendable {
    case tree(SyntaxTree)
    /// The text is no YAML, or nested too deeply for its ranges to be kept.
    case none
  }

  init(of bytes: [UInt8]) { self.bytes = bytes }

  /// The file with its ranges; nil where it cannot be read that way, and messages then do without
  /// ends.
  private func tree() -> SyntaxTree? {
    read.withLock { read in
      if read == nil { read = (try? SyntaxTree(bytes)).map { .tree($0) } ?? Outcome.none }
      if case .tree(let tree) = read { return tree }
      return nil
    }
  }

  /// Where the last key of this text begins before a byte: that of the value that begins there, if the value
  /// has such a key.
  func start(ofKey text: String, before offset: Int) -> Int? {
    guard let tree = tree() else { return nil }
    var last: Int?
    for (id, node) in tree.allNodes {
      guard node.range.lowerBound < offset else { break }
      for entry in tree.entries(of: id) {
        let start = tree[entry.key].range.lowerBound
        if start < offset, start >= last ?? 0, tree.text(of: entry.key) == text { last = start }
      }
    }
    return last
  }

  /// The byte behind all that begins at a byte; of a mapping and its first key, the mapping.
  func end(ofAllAt offset: Int) -> Int? {
    guard let tree = tree() else { return nil }
    var end: Int?
    for (_, node) in tree.allNodes {
      if node.fullRange.lowerBound > offset { break }
      guard node.range.lowerBound == offset || node.fullRange.lowerBound == offset else { continue }
      end = max(end ?? 0, node.range.upperBound)
    }
    return end
  }

  /// The byte behind the key or the value that begins at a byte; of a mapping and its first key, the key.
  func end(ofNodeAt offset: Int) -> Int? {
    guard let tree = tree() else { return nil }
    var end: Int?
    for (_, node) in tree.allNodes {
      if node.fullRange.lowerBound > offset { break }
      guard node.range.lowerBound == offset || node.fullRange.lowerBound == offset else { continue }
      end = min(end ?? .max, node.range.upperBound)
    }
    return end
  }
}
