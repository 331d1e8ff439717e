/// Reads the generated tables of default field specs, which every build begins with.
struct FieldSpecTableReader {
  /// Many kinds have a field at the same path.
  private var paths = NumberTable<Symbol, FieldPath>()

  /// The specs of a table, without those that say nothing new.
  mutating func specs(_ table: StaticString, _ symbols: inout SymbolTable) -> [FieldSpec] {
    var result: [FieldSpec] = []
    var columns = Columns(table)
    while let type = type(&columns, &symbols) {
      _ = result.merge(spec(of: type, &columns, &symbols))
    }
    return result
  }

  /// The specs of a table in which a line `> group|version|kind` stands before those of the fields that
  /// name the kind.
  mutating func backReferences(
    _ table: StaticString, _ symbols: inout SymbolTable
  ) -> [NameBackReference] {
    var result: [NameBackReference] = []
    var columns = Columns(table)
    var target = GroupVersionKind.any
    var referrers: [FieldSpec] = []
    func end(_ result: inout [NameBackReference]) {
      if !referrers.isEmpty {
        result.append(NameBackReference(target: target, referrers: referrers))
      }
      referrers = []
    }
    while true {
      let isTarget = columns.skip("> ")
      guard let type = type(&columns, &symbols) else { break }
      if isTarget {
        end(&result)
        target = type
      } else {
        // A field that is listed twice is followed twice, as in kustomize: a name that is the old name
        // of one object and the new one of another changes twice.
        referrers.append(spec(of: type, &columns, &symbols))
      }
    }
    end(&result)
    return result
  }

  /// `group|version|kind`; nil at the end of the table.
  private func type(
    _ columns: inout Columns, _ symbols: inout SymbolTable
  ) -> GroupVersionKind? {
    if columns.isAtEnd { return nil }
    let group = symbols.intern(columns.next().span)
    let version = symbols.intern(columns.next().span)
    return GroupVersionKind(
      group: group, version: version, kind: symbols.intern(columns.next().span))
  }

  /// `path|create`
  private mutating func spec(
    of type: GroupVersionKind, _ columns: inout Columns, _ symbols: inout SymbolTable
  ) -> FieldSpec {
    let path = path(columns.next().span, &symbols)
    let create = columns.next()
    return FieldSpec(type: type, path: path, create: create.first == UInt8(ascii: "1"))
  }

  private mutating func path(
    _ text: Span<UInt8>, _ symbols: inout SymbolTable
  ) -> FieldPath {
    if let symbol = symbols.find(text), let known = paths[symbol] { return known }
    let path = FieldPath(fieldSpec: text, symbols: &symbols)
    paths.updateValue(path, forKey: path.text)
    return path
  }

  /// The columns of a table, one after the other; a line ends as a column does.
  private struct Columns {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ table: StaticString) {
      bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
    }

    var isAtEnd: Bool { index >= bytes.count }

    mutating func next() -> UnsafeBufferPointer<UInt8> {
      let start = min(index, bytes.count)
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "|"), bytes[end] != 0x0A { end += 1 }
      index = end + 1
      return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    /// Passes over a word, if it stands here.
    mutating func skip(_ word: StaticString) -> Bool {
      let end = index + word.utf8CodeUnitCount
      guard end <= bytes.count,
        UnsafeBufferPointer(rebasing: bytes[index..<end]).span.isWord(word)
      else { return false }
      index = end
      return true
    }
  }
}
