internal import Synchronization

/// The bytes of a file, and what is worked out about them when somebody asks first.
///
/// Builds that share files share this as well (`ParsedFiles`). Two threads that ask the same at once wait for one
/// answer.
final class FileText: Sendable {
  let bytes: [UInt8]
  private let foundLines = Mutex<LineStarts?>(nil)
  private let ranges = Mutex(FileRanges())
  private let memos = Mutex<[ObjectIdentifier: any Sendable]>([:])

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A build that takes over what another one has parsed needs the lines only to complain.
  var lines: LineStarts {
    foundLines.withLock { found in
      if let found { return found }
      let starts = LineStarts(bytes)
      found = starts
      return starts
    }
  }

  /// What a later stage has worked out of the bytes, by its type.
  func memo<Value: Sendable>(_ make: ([UInt8]) -> Value) -> Value {
    memos.withLock { memos in
      if let known = memos[ObjectIdentifier(Value.self)] as? Value { return known }
      let value = make(bytes)
      memos[ObjectIdentifier(Value.self)] = value
      return value
    }
  }

  // MARK: - Ranges

  /// Where the last key of this text begins before a byte: that of the value that begins there, if the value
  /// has such a key.
  func start(ofKey text: String, before offset: Int) -> Int? {
    ranges.withLock {
      $0.ask(at: offset, of: bytes, { lines }) { $0.start(ofKey: text, before: offset) }
    }
  }

  /// The byte behind all that begins at a byte; of a mapping and its first key, the mapping.
  func end(ofAllAt offset: Int) -> Int? { place(at: offset)?.longest }

  /// The byte behind the key or the value that begins at a byte; of a mapping and its first key, the key.
  func end(ofNodeAt offset: Int) -> Int? { place(at: offset)?.shortest }

  private func place(at offset: Int) -> DocumentRanges.Place? {
    ranges.withLock { $0.ask(at: offset, of: bytes, { lines }) { $0.place(at: offset) } }
  }
}
