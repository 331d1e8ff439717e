private import LaminaSyntax
internal import Synchronization

/// The bytes of a file, and what is worked out about them when somebody asks first.
///
/// Builds that share files share this as well (`ParsedFiles`). Two threads that ask the same at once wait for one
/// answer.
final class FileText: Sendable {
  let bytes: [UInt8]
  private let foundLines = Mutex<LineStarts?>(nil)
  private let ranges = Mutex<FileRanges.Outcome?>(nil)
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

  /// Asks for ranges; nil where the file cannot be read that way, and messages then do without them.
  private func ask<Answer: Sendable>(_ question: (inout FileRanges) -> Answer?) -> Answer? {
    ranges.withLock { read in
      if read == nil {
        read = (try? SyntaxTree(bytes)).map { .ranges(FileRanges($0)) } ?? FileRanges.Outcome.none
      }
      guard case .ranges(var ranges) = read else { return nil }
      read = FileRanges.Outcome.none
      defer { read = .ranges(ranges) }
      return question(&ranges)
    }
  }

  /// Where the last key of this text begins before a byte: that of the value that begins there, if the value
  /// has such a key.
  func start(ofKey text: String, before offset: Int) -> Int? {
    ask { $0.start(ofKey: text, before: offset) }
  }

  /// The byte behind all that begins at a byte; of a mapping and its first key, the mapping.
  func end(ofAllAt offset: Int) -> Int? { ask { $0.place(at: offset)?.longest } }

  /// The byte behind the key or the value that begins at a byte; of a mapping and its first key, the key.
  func end(ofNodeAt offset: Int) -> Int? { ask { $0.place(at: offset)?.shortest } }
}
