/// A text that equals another one exactly when their bytes are the same, and that is sorted by its bytes.
///
/// Swift's `String` compares by canonical equivalence: `é` as one character and as `e` with an accent are equal, and
/// are one key of a dictionary. To Go, Kubernetes, git and the file systems of Linux they are two texts. So whatever a
/// user has written, and the name of a file, is a key as a `ByteText`, and is compared with another such text by
/// `hasBytes(of:)`. `==` is left for words of ours that are ASCII: no other text is equivalent to one, unless it
/// holds a `K`, a `;` or a `` ` ``, of which Unicode has a second one each.
///
/// Symbols (see `Symbol`) are compared by bytes as well.
///
/// As a property wrapper it keeps the property a `String` and makes `==` and the hash of its type those of the bytes:
///
///     struct Place: Hashable {
///       @ByteText var path: String
///       let line: Int
///     }
@propertyWrapper
package struct ByteText: Hashable, Comparable, Sendable {
  package var string: String

  package var wrappedValue: String {
    get { string }
    set { string = newValue }
  }

  package init(_ string: String) { self.string = string }

  package init(wrappedValue: String) { string = wrappedValue }

  package init(_ text: Substring) { string = String(text) }

  package static func == (left: Self, right: Self) -> Bool {
    left.string.hasBytes(of: right.string)
  }

  package static func < (left: Self, right: Self) -> Bool { left.string.precedes(right.string) }

  package func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { bytes in
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
      // No UTF-8 has it: the end of one text is told from the beginning of the next.
      hasher.combine(0xFF as UInt8)
    }
  }
}

extension ByteText: CustomStringConvertible {
  package var description: String { string }
}

// Inlinable, since other modules would look for the conformances of strings at run time.

extension StringProtocol {
  /// Whether another text is made of the same bytes.
  @inlinable package func hasBytes(of other: some StringProtocol) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes in
      other.utf8.withContiguousStorageIfAvailable { bytes.span.isSame(as: $0.span) }
    }.flatMap { $0 } ?? utf8.elementsEqual(other.utf8)
  }

  /// Whether there is another text, of the same bytes.
  @inlinable package func hasBytes(of other: (some StringProtocol)?) -> Bool {
    if let other { hasBytes(of: other) } else { false }
  }

  /// Whether the text stands before another one in the order of their bytes, which is Go's.
  @inlinable package func precedes(_ other: some StringProtocol) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// Whether the text begins with the bytes of another one.
  @inlinable package func begins(with start: some StringProtocol) -> Bool {
    utf8.starts(with: start.utf8)
  }

  /// The text behind the bytes of another one that it begins with; all of it where it does not.
  @inlinable package func dropping(start: some StringProtocol) -> SubSequence {
    begins(with: start) ? self[utf8.index(startIndex, offsetBy: start.utf8.count)...] : self[...]
  }

  /// Whether the text ends with the bytes of another one.
  @inlinable package func ends(with end: some StringProtocol) -> Bool {
    let rest = utf8.count - end.utf8.count
    return rest >= 0 && utf8.dropFirst(rest).elementsEqual(end.utf8)
  }

  /// What stands before and behind the first place of an ASCII character; nil where there is none.
  @inlinable package func cut(at separator: Unicode.Scalar) -> (
    before: SubSequence, after: SubSequence
  )? {
    cut(at: utf8.firstIndex(of: UInt8(ascii: separator)))
  }

  /// What stands before and behind the last place of an ASCII character; nil where there is none.
  @inlinable package func cut(atLast separator: Unicode.Scalar) -> (
    before: SubSequence, after: SubSequence
  )?
  where UTF8View: BidirectionalCollection {
    cut(at: utf8.lastIndex(of: UInt8(ascii: separator)))
  }

  @inlinable func cut(at place: Index?) -> (before: SubSequence, after: SubSequence)? {
    place.map { (self[..<$0], self[utf8.index(after: $0)...]) }
  }

  /// The parts between the places of an ASCII character, whatever accents follow it.
  @inlinable package func parts(
    at separator: Unicode.Scalar, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
  ) -> [Substring] where SubSequence == Substring {
    utf8.split(
      separator: UInt8(ascii: separator), maxSplits: maxSplits,
      omittingEmptySubsequences: omittingEmptySubsequences
    ).map { self[$0.startIndex..<$0.endIndex] }
  }
}

extension Optional where Wrapped: StringProtocol {
  /// Whether another text is made of the same bytes, or neither is there.
  @inlinable package func hasBytes(of other: (some StringProtocol)?) -> Bool {
    switch (self, other) {
    case (let text?, let other?): text.hasBytes(of: other)
    case (nil, nil): true
    default: false
    }
  }
}

extension Sequence where Element: StringProtocol {
  /// Whether one of the texts has the bytes of another text.
  @inlinable package func contains(bytesOf text: some StringProtocol) -> Bool {
    contains { $0.hasBytes(of: text) }
  }

  /// The texts in the order of their bytes.
  @inlinable package func sortedByBytes() -> [Element] { sorted { $0.precedes($1) } }
}

extension Collection where Element: StringProtocol {
  /// The first place of a text with the bytes of another one.
  @inlinable package func firstIndex(bytesOf text: some StringProtocol) -> Index? {
    firstIndex { $0.hasBytes(of: text) }
  }
}

// MARK: - Sets and dictionaries of texts

extension Set<ByteText> {
  package init(texts: some Sequence<String>) {
    self.init(texts.lazy.map { ByteText($0) })
  }

  package func contains(_ text: String) -> Bool { contains(ByteText(text)) }

  @discardableResult
  package mutating func insert(_ text: String) -> (inserted: Bool, memberAfterInsert: ByteText) {
    insert(ByteText(text))
  }

  @discardableResult
  package mutating func remove(_ text: String) -> ByteText? { remove(ByteText(text)) }

  package mutating func formUnion(texts: some Sequence<String>) {
    formUnion(texts.lazy.map { ByteText($0) })
  }
}

extension Sequence<ByteText> {
  /// The texts, in the order of their bytes.
  package var sortedTexts: [String] { sorted().map(\.string) }
}

extension Dictionary where Key == ByteText {
  package subscript(text: String) -> Value? {
    get { self[ByteText(text)] }
    _modify { yield &self[ByteText(text)] }
  }

  package subscript(text: String, default value: @autoclosure () -> Value) -> Value {
    get { self[ByteText(text), default: value()] }
    _modify { yield &self[ByteText(text), default: value()] }
  }

  @discardableResult
  package mutating func removeValue(forKey text: String) -> Value? {
    removeValue(forKey: ByteText(text))
  }

  @discardableResult
  package mutating func updateValue(_ value: Value, forKey text: String) -> Value? {
    updateValue(value, forKey: ByteText(text))
  }
}
