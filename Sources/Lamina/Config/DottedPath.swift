/// The way to a field, as replacements write it: `spec.containers.[name=web].env.0`.
struct DottedPath: Sendable {
  /// One step of the way. What it means is asked in two ways: `PathLookup` leads to one value, and
  /// `PathMatch` to any number of them.
  struct Part: Sendable {
    let text: [UInt8]
    let key: Symbol
  }

  let parts: [Part]
  /// The path as it was written.
  let text: String
  let position: Position

  /// Cuts a path at its dots; `\.` is a dot within a key, and so is one between brackets
  /// (kyaml utils/pathsplitter.go `SmarterPathSplitter`).
  init(_ text: String, at position: Position, symbols: inout SymbolTable) {
    self.text = text
    self.position = position
    parts = Self.joinedBrackets(Self.pieces(of: Array(text.utf8)))
      .map { Part(text: $0, key: symbols.intern($0[...])) }
  }

  private static func pieces(of path: [UInt8]) -> [[UInt8]] {
    let dot = UInt8(ascii: ".")
    var result: [[UInt8]] = []
    var piece: [UInt8] = []
    for byte in path.dropFirst(path.first == dot ? 1 : 0) {
      if byte != dot {
        piece.append(byte)
      } else if piece.last == UInt8(ascii: "\\") {
        piece[piece.count - 1] = dot
      } else {
        result.append(piece)
        piece = []
      }
    }
    result.append(piece)
    return result
  }

  /// Puts what stands between brackets together again. Brackets without `=` are only there to
  /// protect the dots, and go.
  private static func joinedBrackets(_ pieces: [[UInt8]]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var index = 0
    while index < pieces.count {
      var piece = pieces[index]
      index += 1
      guard piece.first == open, piece.last != close else {
        result.append(piece)
        continue
      }
      while index < pieces.count {
        piece += [UInt8(ascii: ".")] + pieces[index]
        index += 1
        if piece.last == close, pieces[index - 1].last == close { break }
      }
      result.append(piece.contains(UInt8(ascii: "=")) ? piece : withoutBrackets(piece))
    }
    return result
  }

  private static func withoutBrackets(_ piece: [UInt8]) -> [UInt8] {
    let isBracket = { (byte: UInt8) in byte == open || byte == close }
    return Array(piece.drop(while: isBracket).reversed().drop(while: isBracket).reversed())
  }

  private static let open = UInt8(ascii: "[")
  private static let close = UInt8(ascii: "]")
}

extension DottedPath.Part {
  var string: String { String(decoding: text, as: UTF8.self) }

  var isWildcard: Bool { text == [UInt8(ascii: "*")] }

  /// `[field=value]` or `[=value]`, an element of a list; also `[x]`, which is an error.
  var isElement: Bool { text.first == UInt8(ascii: "[") && text.last == UInt8(ascii: "]") }

  /// The number that Go's `strconv.Atoi` reads.
  var number: Int? {
    // Nearly all parts are names.
    guard let first = text.first, "+-0123456789".utf8.contains(first) else { return nil }
    return Int(string)
  }

  /// The two sides of `[field=value]`; nil without the sign.
  var element: (field: [UInt8], value: [UInt8])? {
    let inner = text.dropFirst().dropLast(text.count > 1 ? 1 : 0)
    guard let sign = inner.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    return (Array(inner[..<sign]), Array(inner[(sign + 1)...]))
  }
}
