internal import Lamina

/// The types of the table, taken apart.
///
/// Reading makes a few large arrays and no object for each field: there are thousands, of which a
/// run looks at a handful. Names are compared as bytes, by binary search.
struct FactTypes: Sendable {
  /// A field of an object, with one of the types that it has had.
  struct Field: Sendable {
    let name: Range<Int>
    let type: ValueType
    /// The versions where it has this type.
    let versions: VersionSet
    /// The versions that require it; `all` if all that have the object do.
    let required: VersionSet
  }

  /// A value of an enumeration.
  struct Value: Sendable {
    let name: Range<Int>
    let versions: VersionSet
  }

  /// A list of the table: its elements, and the merge keys of Kubernetes' API.
  struct List: Sendable {
    let elements: ValueType
    /// What tells the elements apart; none where nothing does.
    let keys: [String]
  }

  /// What one line says.
  enum Contents: Sendable {
    /// Named fields: a range of `fields`, sorted by name.
    case object(Range<Int>)
    /// Any fields, with values of one type.
    case map(ValueType)
    case list(List)
    /// One of some texts: a range of `values`.
    case enumeration(Range<Int>)
  }

  private(set) var fields: ContiguousArray<Field> = []
  private(set) var values: ContiguousArray<Value> = []
  /// By number; `ValueType.line` refers to them.
  private var lines: ContiguousArray<Contents> = []
  /// All names, one behind the other.
  private var names: ContiguousArray<UInt8> = []

  init() {
    for line in TableLines(KubernetesTable.types) { read(line) }
  }

  // MARK: - Reading

  /// One line is an enumeration, a list, a free mapping or an object (see `KubernetesTable`).
  private mutating func read(_ line: ArraySlice<UInt8>) {
    if line.starts(with: "enum ".utf8) { return readEnumeration(line.dropFirst(5)) }
    let words = line.split(separator: UInt8(ascii: " "))
    guard let first = words.first, let mark = first.firstIndex(of: UInt8(ascii: "=")) else {
      return lines.append(.object(fields.count..<fields.count))
    }
    let (name, rest) = (first[..<mark], first[(mark + 1)...])
    if name.elementsEqual("[]".utf8) {
      let keys = words.dropFirst(2).map { String(decoding: $0, as: UTF8.self) }
      lines.append(.list(List(elements: ValueType(rest), keys: keys)))
    } else if name.elementsEqual(CollectionOfOne(UInt8(ascii: "*"))) {
      lines.append(.map(ValueType(rest)))
    } else {
      let start = fields.count
      for word in words { readField(word) }
      lines.append(.object(start..<fields.count))
    }
  }

  /// `name=12@26-28!26-`.
  ///
  /// The type; behind `@` the versions with this type, behind `!` those that require the field.
  private mutating func readField(_ word: ArraySlice<UInt8>) {
    guard let mark = word.firstIndex(of: UInt8(ascii: "=")) else { return }
    var rest = word[(mark + 1)...]
    var (versions, required) = (VersionSet.all, VersionSet.none)
    if let mark = rest.firstIndex(of: UInt8(ascii: "!")) {
      required = mark + 1 == rest.endIndex ? .all : VersionSet(rest[(mark + 1)...])
      rest = rest[..<mark]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "@")) {
      versions = VersionSet(rest[(mark + 1)...])
      rest = rest[..<mark]
    }
    fields.append(
      Field(
        name: add(word[..<mark]), type: ValueType(rest), versions: versions, required: required))
  }

  /// Values between bars, each perhaps with its versions behind `@`.
  private mutating func readEnumeration(_ text: ArraySlice<UInt8>) {
    let start = values.count
    for word in text.split(separator: UInt8(ascii: "|")) {
      let parts = word.split(separator: UInt8(ascii: "@"), maxSplits: 1)
      guard let name = parts.first else { continue }
      values.append(
        Value(name: add(name), versions: parts.count > 1 ? VersionSet(parts[1]) : .all))
    }
    lines.append(.enumeration(start..<values.count))
  }

  /// Puts a name behind the others.
  private mutating func add(_ name: ArraySlice<UInt8>) -> Range<Int> {
    let start = names.count
    names.append(contentsOf: name)
    return start..<names.count
  }

  // MARK: - Asking

  var lineCount: Int { lines.count }

  /// A number that the table does not have, which would be a mistake of the generator, is an object
  /// without fields.
  func contents(_ line: Int) -> Contents {
    lines.indices.contains(line) ? lines[line] : .object(0..<0)
  }

  func text(_ name: Range<Int>) -> String { String(decoding: names[name], as: UTF8.self) }

  func equals(_ name: Range<Int>, _ text: Span<UInt8>) -> Bool { order(name, text) == 0 }

  /// The types that a field has had, the oldest first: a part of a range of `fields`.
  func find(_ name: Span<UInt8>, in range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if order(fields[middle].name, name) < 0 { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < range.upperBound, order(fields[end].name, name) == 0 { end += 1 }
    return low..<end
  }

  /// Negative where the name comes before the text, 0 where they are the same.
  private func order(_ name: Range<Int>, _ text: Span<UInt8>) -> Int {
    let shorter = min(name.count, text.count)
    var index = 0
    while index < shorter {
      let (a, b) = (names[name.lowerBound + index], text[index])
      if a != b { return Int(a) - Int(b) }
      index += 1
    }
    return name.count - text.count
  }
}
