/// The annotations that kyaml adds to an object between reading it and handing it to a function.
///
/// One that is there already is changed in its place. New ones come last, in the order in which they
/// are made.
struct ReaderAnnotations {
  /// The new annotations. They are printed and never put into the tree, since they are for the
  /// program only.
  private var added: [(key: String, text: String)] = []

  private static let domain = InternalAnnotations.domain.description

  /// Marks the object that configures a function: it is no output, even where a function prints it
  /// (internal/plugins/fnplugin/fnplugin.go `invokePlugin`).
  mutating func markLocal(_ root: NodeID, in tree: inout Tree) {
    set("config.kubernetes.io/local-config", "true", of: root, in: &tree)
  }

  /// Marks an item by its place in the list.
  ///
  /// - Parameter index: from 0; the id counts from 1 (kyaml/fn/runtime/runtimeutil/runtimeutil.go).
  mutating func mark(_ root: NodeID, index: Int, in tree: inout Tree) throws(Problem) {
    try pair("config.kubernetes.io/path", "\(Self.domain)path", of: root, in: &tree)
    try pair("config.kubernetes.io/index", "\(Self.domain)index", of: root, in: &tree)
    try pair("config.k8s.io/id", "\(Self.domain)id", of: root, in: &tree)
    set("config.kubernetes.io/index", "\(index)", of: root, in: &tree)
    set("\(Self.domain)index", "\(index)", of: root, in: &tree)
    set("\(Self.domain)annotations-migration-resource-id", "\(index)", of: root, in: &tree)
    set("\(Self.domain)id", "\(index + 1)", of: root, in: &tree)
    set("config.k8s.io/id", "\(index + 1)", of: root, in: &tree)
  }

  /// The lines of the new annotations, and the mapping at whose end they are printed.
  func trailer(of root: NodeID, in tree: Tree) -> TreePrinter.Trailer? {
    guard let metadata = tree.field(.metadata, of: root), !added.isEmpty else { return nil }
    let lines = added.map { "\($0.key): \(Self.scalar($0.text))\n" }
    if let annotations = tree.field(.annotations, of: metadata) {
      return TreePrinter.Trailer(mapping: annotations, lines: lines)
    }
    return TreePrinter.Trailer(
      mapping: metadata, lines: ["annotations:\n"] + lines.map { "  \($0)" })
  }

  /// Of two annotations with one meaning, gives the one that is missing the text of the other
  /// (kio/kioutil/kioutil.go `CopyLegacyAnnotations`).
  private mutating func pair(
    _ legacy: String, _ key: String, of root: NodeID, in tree: inout Tree
  ) throws(Problem) {
    let (old, new) = (text(of: legacy, in: root, &tree), text(of: key, in: root, &tree))
    if !old.isEmpty, !new.isEmpty, !old.hasBytes(of: new) {
      throw .mismatch(legacy, key, at: tree.position(root))
    }
    if old.isEmpty, !new.isEmpty { set(legacy, new, of: root, in: &tree) }
    if new.isEmpty, !old.isEmpty { set(key, old, of: root, in: &tree) }
  }

  /// The value of an annotation that the object has itself.
  private func annotation(_ key: String, of root: NodeID, in tree: inout Tree) -> NodeID? {
    let symbol = tree.symbols.intern(key)
    return tree.field(.metadata, of: root).flatMap { tree.field(.annotations, of: $0) }
      .flatMap { tree.field(symbol, of: $0) }
  }

  /// Empty where there is none.
  private func text(of key: String, in root: NodeID, _ tree: inout Tree) -> String {
    annotation(key, of: root, in: &tree).map { tree.string($0) } ?? ""
  }

  private mutating func set(_ key: String, _ text: String, of root: NodeID, in tree: inout Tree) {
    if let known = annotation(key, of: root, in: &tree) {
      return tree.setScalar(known, text, tag: .string, by: tree.writer(known))
    }
    if let place = added.firstIndex(where: { $0.key.hasBytes(of: key) }) {
      added[place].text = text
    } else {
      added.append((key, text))
    }
  }

  /// kyaml puts its marks in single quotes, where they can stand there.
  private static func scalar(_ text: String) -> String {
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      var printed: [UInt8] = []
      ScalarWriter.appendValue(Array(text.utf8).span, indent: 0, column: 0, to: &printed)
      return String(decoding: printed, as: UTF8.self).withoutOuterWhiteSpace
    }
    let doubled = text.parts(at: "'", omittingEmptySubsequences: false)
    return "'\(doubled.joined(separator: "''"))'"
  }
}

extension Problem {
  fileprivate static func mismatch(
    _ legacy: String, _ key: String, at position: Position
  ) -> Problem {
    Problem(
      .annotationsDisagree, "the annotations \(legacy) and \(key) say different things",
      at: position,
      hint: "functions use both, and cannot know which one holds")
  }
}
