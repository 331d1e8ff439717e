public import LaminaSyntax

/// A YAML text and edits of its first document, each of which changes as few bytes as possible.
///
/// Comments, blank lines, quotes, order and line breaks stay as they are:
///
///     var editor = try YAMLEditor(Array("images:\n- name: app # ours\n  newTag: v1\n".utf8))
///     try editor.set(.string("v2"), at: ["images", 0, "newTag"])
///     // images:
///     // - name: app # ours
///     //   newTag: v2
///
/// Each edit is checked: the new text is read, and must mean the old value with the change that was asked
/// for and no other. Where that cannot be done, the edit throws and the text stays. An edit that changes no
/// value changes no byte.
public struct YAMLEditor: Sendable {
  /// The text with what stands where in it.
  public private(set) var tree: SyntaxTree
  /// The meaning of the documents; that of an empty text is one null.
  ///
  /// All documents are kept, so that an edit that changes another one than the first is noticed.
  private var values: [YAMLValue]
  let layout: Layout
  /// Texts of several lines are written in quotes: a comment further to the right behind a literal would
  /// become a part of it.
  private var avoidsLiterals = false

  /// The text.
  public var bytes: [UInt8] { tree.bytes }

  /// What the first document means.
  public var value: YAMLValue { values.first ?? .null }

  /// Reads a text.
  ///
  /// Throws where it is not YAML, or its values are nested more than 200 deep.
  public init(_ bytes: [UInt8]) throws(EditError) {
    tree = try Self.read(bytes)
    values = try Self.values(of: tree)
    layout = Layout(tree)
  }

  /// Made anew for each text; it only holds the bytes.
  var lines: TextLines { TextLines(bytes: tree.bytes) }
  var writer: ValueWriter { ValueWriter(layout: layout, usesLiterals: !avoidsLiterals) }

  private static func read(_ bytes: [UInt8]) throws(EditError) -> SyntaxTree {
    do throws(SyntaxError) { return try SyntaxTree(bytes) } catch { throw EditError(error) }
  }

  /// What each document means.
  private static func values(of tree: SyntaxTree) throws(EditError) -> [YAMLValue] {
    var values: [YAMLValue] = []
    for document in tree.documents { values.append(try YAMLValue(document.root, of: tree)) }
    return values.isEmpty ? [.null] : values
  }

  /// The ways to write something new, with literals and without.
  ///
  /// With literals first: they are what a person would write.
  mutating func withAndWithoutLiterals(_ ways: (YAMLEditor) -> [[Splice]]) -> [[Splice]] {
    let usual = ways(self)
    avoidsLiterals = true
    defer { avoidsLiterals = false }
    return usual + ways(self)
  }

  /// Makes the first of some ways to change the text that leads to a value.
  ///
  /// Where none does and the text has no line break at its end, the same is tried with one, and
  /// with the mark that a block text at the end lacks.
  mutating func apply(
    firstOf ways: [[Splice]], expecting expected: YAMLValue
  ) throws(EditError) {
    for splices in ways where apply(splices, expecting: expected) { return }
    if !lines.endsWithLineBreak {
      // A block text that is to end with a line feed needs one at the end of the file.
      let end = Splice(bytes.count..<bytes.count, layout.lineEnd)
      for splices in ways where apply(splices + [end], expecting: expected) { return }
      if let chomp = lastChomp {
        for splices in ways where apply(splices + [chomp], expecting: expected) { return }
      }
    }
    throw EditError("this text is written in a way that the change cannot be made to it")
  }

  /// Says of the block text that ends the file that no line feed belongs to its end: behind it, something
  /// else is to stand.
  private var lastChomp: Splice? {
    guard let last = tree.tokens.last(where: { $0.kind == .scalar })?.range, last.count > 1,
      bytes[last.lowerBound] == UInt8(ascii: "|") || bytes[last.lowerBound] == UInt8(ascii: ">")
    else { return nil }
    let place = last.lowerBound + 1
    return Splice(place..<place, "-")
  }

  /// Makes splices if the new text can be read and means what it should; says whether it did.
  private mutating func apply(_ splices: [Splice], expecting expected: YAMLValue) -> Bool {
    let bytes = Splice.apply(splices, to: tree.bytes)
    guard let next = try? Self.read(bytes), let found = try? Self.values(of: next),
      found.dropFirst().elementsEqual(values.dropFirst()),
      Self.means(found.first ?? .null, expected)
    else { return false }
    tree = next
    values = found
    return true
  }

  /// An empty document means the same as an empty mapping.
  private static func means(_ found: YAMLValue, _ expected: YAMLValue) -> Bool {
    if found == expected { return true }
    return found.isNull && expected == .mapping([])
  }
}
