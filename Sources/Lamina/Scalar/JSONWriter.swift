/// Writes one JSON document of the command's own, two blanks a level, entries in the order in which they
/// come. `JSONPrinter` prints the values of a tree.
package struct JSONWriter {
  package private(set) var output: [UInt8] = []
  private var depth = 0
  /// Nothing has been written yet into the object or array that is open.
  private var isEmpty = true

  package init() {}

  package mutating func object(_ body: (inout JSONWriter) -> Void) { collection("{", "}", body) }

  package mutating func field(_ name: String, _ body: (inout JSONWriter) -> Void) {
    startEntry()
    append(string: name)
    output += ": ".utf8
    body(&self)
  }

  package mutating func array<Element>(
    of elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void
  ) {
    collection("[", "]") { json in
      for element in elements {
        json.startEntry()
        body(&json, element)
      }
    }
  }

  package mutating func string(_ text: String) { append(string: text) }

  package mutating func raw(_ text: String) { output += text.utf8 }

  package mutating func field(_ name: String, _ text: String) { field(name) { $0.string(text) } }
  package mutating func field(_ name: String, _ number: Int) { field(name) { $0.raw("\(number)") } }
  package mutating func field(_ name: String, _ isTrue: Bool) {
    field(name) { $0.raw(isTrue ? "true" : "false") }
  }

  private mutating func collection(
    _ open: String, _ close: String, _ body: (inout JSONWriter) -> Void
  ) {
    output += open.utf8
    isEmpty = true
    depth += 1
    body(&self)
    depth -= 1
    if !isEmpty { startLine() }
    output += close.utf8
    isEmpty = false
  }

  private mutating func startEntry() {
    if !isEmpty { output.append(UInt8(ascii: ",")) }
    startLine()
    isEmpty = false
  }

  private mutating func startLine() {
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  private mutating func append(string text: String) {
    let bytes = Array(text.utf8)
    appendJSONString(bytes.span, to: &output)
  }
}
