/// Writes one JSON document, entries in the order in which they come: the command's own documents with closures,
/// values of a tree piece by piece (`JSONWriter+Tree.swift`).
package struct JSONWriter {
  package private(set) var output: [UInt8] = []
  private var depth = 0
  /// Nothing has been written yet into the object or array that is open.
  private var isEmpty = true
  /// Each entry has a line of its own, indented by two spaces a level; otherwise all stands on one line, as Go's
  /// `encoding/json` writes it.
  private let isPretty: Bool

  /// A writer for documents that people read as well.
  package init() { isPretty = true }

  package init(isPretty: Bool) { self.isPretty = isPretty }

  /// Writes an object; `body` writes its fields.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    open(.object)
    body(&self)
    close(.object)
  }

  /// Writes a key and its value. Keys are written as they come: nothing checks that they are sorted
  /// or different.
  package mutating func field(_ name: String, _ body: (inout JSONWriter) -> Void) {
    startEntry()
    string(name)
    output.append(word: isPretty ? ": " : ":")
    body(&self)
  }

  /// Writes further entries of an object, or repeats those that were written for the same number at the same depth.
  package mutating func repeated(
    _ number: Int, _ known: inout RepeatedEntries, _ body: (inout JSONWriter) -> Void
  ) {
    let place = RepeatedEntries.Place(number: number, depth: depth)
    if let bytes = known.texts[place] { return output.append(contentsOf: bytes) }
    let start = output.count
    body(&self)
    known.texts[place] = Array(output[start...])
  }

  /// Writes an array with a value for each element.
  package mutating func array<Element>(
    of elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void
  ) {
    open(.array)
    for element in elements {
      startEntry()
      body(&self, element)
    }
    close(.array)
  }

  package mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { appendJSONString($0.span, to: &output) }
  }

  package mutating func raw(_ text: String) { output += text.utf8 }

  package mutating func field(_ name: String, _ text: String) { field(name) { $0.string(text) } }
  package mutating func field(_ name: String, _ number: Int) { field(name) { $0.raw("\(number)") } }
  package mutating func field(_ name: String, _ isTrue: Bool) {
    field(name) { $0.raw(isTrue ? "true" : "false") }
  }

  // MARK: - Pieces

  /// Goes on behind another text, or gives it back with what was written.
  mutating func exchangeOutput(with other: inout [UInt8]) { swap(&output, &other) }

  enum Collection {
    case object
    case array

    fileprivate var marks: (open: UInt8, close: UInt8) {
      switch self {
      case .object: (UInt8(ascii: "{"), UInt8(ascii: "}"))
      case .array: (UInt8(ascii: "["), UInt8(ascii: "]"))
      }
    }
  }

  /// Begins a collection where a value is expected.
  mutating func open(_ collection: Collection) {
    output.append(collection.marks.open)
    isEmpty = true
    depth += 1
  }

  /// Ends a collection. An empty one is `{}` or `[]`, also when pretty.
  mutating func close(_ collection: Collection) {
    depth -= 1
    if !isEmpty { startLine() }
    output.append(collection.marks.close)
    isEmpty = false
  }

  /// Begins an element of an array, or the key of an object.
  mutating func startEntry() {
    if !isEmpty { output.append(UInt8(ascii: ",")) }
    startLine()
    isEmpty = false
  }

  /// Writes a key with its colon; `startEntry` has been called.
  mutating func key(_ bytes: Span<UInt8>) {
    string(bytes)
    output.append(word: isPretty ? ": " : ":")
  }

  mutating func string(_ bytes: Span<UInt8>) { appendJSONString(bytes, to: &output) }

  /// Writes the digits of a number, or one of JSON's words.
  mutating func raw(_ bytes: [UInt8]) { output += bytes }

  /// Begins a line at the present depth, if entries have lines of their own.
  private mutating func startLine() {
    guard isPretty else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(spaces: 2 * depth)
  }
}

/// Entries that stand in many objects of a document, behind others.
package struct RepeatedEntries {
  fileprivate struct Place: Hashable {
    let number: Int
    let depth: Int
  }

  fileprivate var texts: [Place: [UInt8]] = [:]

  package init() {}
}
