internal import Lamina

/// Names that differ between the sides in their content hash only, wherever they are referred to.
///
/// For the comparison each such name is replaced on both sides by the same mark, so that a reference
/// that only follows its object is no change. What is reported gets the name of its side back.
struct FollowedNames {
  private var oldMarks: [ByteText: ByteText] = [:]
  private var newMarks: [ByteText: ByteText] = [:]
  private var names: [ByteText: (old: ByteText, new: ByteText)] = [:]

  var isEmpty: Bool { names.isEmpty }

  /// Names in different namespaces may be the same; what they are followed by then is, too.
  mutating func follow(from old: String, to new: String) {
    let (old, new) = (ByteText(old), ByteText(new))
    guard oldMarks[old] == nil, newMarks[new] == nil else { return }
    // No name and no other text of a manifest holds a NUL.
    let mark = ByteText("\u{0}\(names.count)")
    oldMarks[old] = mark
    newMarks[new] = mark
    names[mark] = (old, new)
  }

  /// Puts the marks into both sides of a resource.
  ///
  /// Where the new side still has the old name somewhere, or the old one has the new name, the name is
  /// left as it is: such a reference has not followed.
  func marked(
    _ old: ComparedValue, _ new: ComparedValue
  ) -> (old: ComparedValue, new: ComparedValue) {
    if isEmpty { return (old, new) }
    var left: Set<ByteText> = []
    old.visitStrings { if let mark = newMarks[$0] { left.insert(mark) } }
    new.visitStrings { if let mark = oldMarks[$0] { left.insert(mark) } }
    func mark(_ value: ComparedValue, _ marks: [ByteText: ByteText]) -> ComparedValue {
      value.mapStrings { text in marks[text].flatMap { left.contains($0) ? nil : $0 } ?? text }
    }
    return (mark(old, oldMarks), mark(new, newMarks))
  }

  /// The names that a marked value refers to, as the new side has them; one for each reference.
  func references(in marked: ComparedValue) -> [String] {
    var found: [String] = []
    if isEmpty { return [] }
    marked.visitStrings { if let name = names[$0]?.new { found.append(name.string) } }
    return found
  }

  /// A change with the names that its sides have.
  func unmarked(_ change: FoundChange) -> FoundChange {
    if isEmpty { return change }
    let kind: FoundChange.Kind =
      switch change.kind {
      case .added(let value): .added(newValue(value))
      case .removed(let value): .removed(oldValue(value))
      case .changed(let old, let new): .changed(oldValue(old), newValue(new))
      case .text: change.kind
      case .reordered(let old, let new):
        .reordered(old.map { words($0, \.old) }, new.map { words($0, \.new) })
      }
    var path = change.path
    let side = if case .removed = change.kind { \Names.old } else { \Names.new }
    path.steps = path.steps.map { step in
      guard case .element(let keys) = step else { return step }
      return .element(keys.map { .init(key: $0.key, value: words($0.value, side)) })
    }
    return FoundChange(
      path: path, kind: kind, oldPlace: change.oldPlace, newPlace: change.newPlace)
  }

  private typealias Names = (old: ByteText, new: ByteText)

  private func oldValue(_ value: ComparedValue) -> ComparedValue {
    value.mapStrings { names[$0]?.old ?? $0 }
  }

  private func newValue(_ value: ComparedValue) -> ComparedValue {
    value.mapStrings { names[$0]?.new ?? $0 }
  }

  /// Words about an element, in which a mark may stand behind others.
  private func words(_ text: String, _ side: KeyPath<Names, ByteText>) -> String {
    guard let start = text.unicodeScalars.firstIndex(of: "\u{0}") else { return text }
    let mark = text[start...].unicodeScalars.prefix { $0 == "\u{0}" || ("0"..."9").contains($0) }
    guard let name = names[ByteText(String(mark))] else { return text }
    return text[..<start] + name[keyPath: side].string + text[mark.endIndex...]
  }
}

extension ComparedValue {
  fileprivate func mapStrings(_ change: (ByteText) -> ByteText) -> ComparedValue {
    switch self {
    case .string(let text): .string(change(text))
    case .list(let list):
      .list(
        List(elements: list.elements.map { $0.mapStrings(change) }, mergeKeys: list.mergeKeys))
    case .mapping(let entries):
      .mapping(entries.map { Entry(key: $0.key, value: $0.value.mapStrings(change)) })
    case .null, .bool, .number, .secret: self
    }
  }

  fileprivate func visitStrings(_ visit: (ByteText) -> Void) {
    switch self {
    case .string(let text): visit(text)
    case .list(let list): for element in list.elements { element.visitStrings(visit) }
    case .mapping(let entries): for entry in entries { entry.value.visitStrings(visit) }
    case .null, .bool, .number, .secret: break
    }
  }
}
