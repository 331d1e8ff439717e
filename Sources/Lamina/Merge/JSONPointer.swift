/// The way to a value, as a JSON patch writes it: `/spec/containers/0/image`.
///
/// What stands before the first slash means nothing, and a text without a slash leads nowhere, the
/// empty one included: the library that kustomize uses cuts at slashes and drops the first piece
/// (json-patch v4 patch.go `findObject`).
struct JSONPointer: Sendable {
  /// The pointer as it was written.
  let text: String
  /// The keys down to the collection that holds the value.
  let parents: [Symbol]
  /// The key or index of the value itself; nil where the pointer leads nowhere.
  let last: Symbol?
  /// Where the pointer stands in the patch.
  let position: Position

  init(_ bytes: ArraySlice<UInt8>, at position: Position, symbols: inout SymbolTable) {
    self.position = position
    text = String(decoding: bytes, as: UTF8.self)
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var keys: [Symbol] = []
    for part in parts.dropFirst() { keys.append(symbols.intern(Self.unescaped(part)[...])) }
    last = keys.popLast()
    parents = keys
  }

  /// `~1` is a slash and `~0` a tilde, read in one go; any other tilde is itself.
  private static func unescaped(_ part: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = part.startIndex
    while index < part.endIndex {
      let isEscape = part[index] == UInt8(ascii: "~") && index + 1 < part.endIndex
      switch isEscape ? part[index + 1] : 0 {
      case UInt8(ascii: "0"):
        result.append(UInt8(ascii: "~"))
        index += 2
      case UInt8(ascii: "1"):
        result.append(UInt8(ascii: "/"))
        index += 2
      default:
        result.append(part[index])
        index += 1
      }
    }
    return result
  }

  /// Tells whether a value at this pointer lies at, above or below a path of keys.
  func touches(_ path: [Symbol]) -> Bool {
    guard let last else { return true }
    for (index, key) in path.prefix(parents.count + 1).enumerated() {
      if key != (index < parents.count ? parents[index] : last) { return false }
    }
    return true
  }
}

/// The index of a list's element, as a JSON patch writes it.
enum JSONIndex {
  /// Reads a whole number with an optional sign, as Go's `strconv.Atoi` does: `007` is 7.
  static func parse(_ text: Span<UInt8>) -> Int? {
    guard text.count > 0 else { return nil }
    let hasSign = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")
    var index = hasSign ? 1 : 0
    guard index < text.count else { return nil }
    var value = 0
    while index < text.count {
      guard text.isDigit(at: index) else { return nil }
      let digit = Int(text[index] &- UInt8(ascii: "0"))
      let (scaled, isLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = scaled.subtractingReportingOverflow(digit)
      guard !isLarge, !isLarger else { return nil }
      value = sum
      index += 1
    }
    // Counted downwards, since the negative numbers reach one further.
    if text[0] == UInt8(ascii: "-") { return value }
    return value == Int.min ? nil : -value
  }

  /// The place that an index means in a list; a negative one counts from the end. Nil outside.
  static func place(_ index: Int, count: Int) -> Int? {
    let place = index < 0 ? index &+ count : index
    return place >= 0 && place < count ? place : nil
  }
}
