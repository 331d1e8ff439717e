internal import Lamina

/// Values as the lines of YAML that kustomize would print for them.
enum ValueText {
  /// The lines of a value that stands by itself. A string of several lines begins with `|`, and those of
  /// its text are indented.
  static func lines(of value: ManifestValue) -> [String] {
    var printer = ValuePrinter()
    printer.print(value, indent: 0)
    return printer.lines
  }

  /// The value on one line, where it fits on one: a scalar, `{}`, or a list of such, `[a, "8080"]`.
  static func line(of value: ManifestValue) -> String? {
    switch value {
    case .list(let elements) where !elements.isEmpty: return flowLine(of: elements)
    case .mapping(let entries) where !entries.isEmpty: return nil
    default:
      let lines = lines(of: value)
      return lines.count == 1 ? lines[0] : nil
    }
  }

  private static func flowLine(of elements: [ManifestValue]) -> String? {
    var words: [String] = []
    for element in elements {
      // What has commas or brackets of its own would be misread in brackets.
      guard let word = line(of: element), !word.utf8.contains(where: isFlowIndicator) else {
        return nil
      }
      words.append(word)
    }
    return "[\(words.joined(separator: ", "))]"
  }

  private static func isFlowIndicator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }
}

extension ManifestValue {
  /// What stands in the place of a secret.
  package static func words(forSecretOf byteCount: Int) -> String {
    "(secret, \(byteCount) \(byteCount == 1 ? "byte" : "bytes"))"
  }

  fileprivate var isFilledCollection: Bool {
    switch self {
    case .list(let elements): !elements.isEmpty
    case .mapping(let entries): !entries.isEmpty
    default: false
    }
  }
}

/// Writes one value after the other behind what stands on the line.
private struct ValuePrinter {
  private var output: [UInt8] = []

  /// What was written, without the line feed at the end.
  var lines: [String] {
    output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
      .map { ShownText.changedLine(String(decoding: $0, as: UTF8.self)) }
  }

  mutating func print(_ value: ManifestValue, indent: Int) {
    switch value {
    case .list(let elements) where !elements.isEmpty: printList(elements, indent: indent)
    case .mapping(let entries) where !entries.isEmpty: printMapping(entries, indent: indent)
    default:
      let start = output.count
      printScalar(value, indent: indent)
      // The writer puts a blank before each value.
      output.remove(at: start)
    }
  }

  private mutating func printMapping(_ entries: [ManifestValue.Entry], indent: Int) {
    for (index, entry) in entries.enumerated() {
      if index > 0 { startLine(indent) }
      let key = Array(entry.key.utf8)
      if ScalarWriter.isSimpleKey(key.span) {
        ScalarWriter.appendSimpleKey(key.span, to: &output)
      } else {
        output.append(UInt8(ascii: "?"))
        ScalarWriter.appendValue(key.span, indent: indent, column: 0, folds: false, to: &output)
        startLine(indent)
      }
      output.append(UInt8(ascii: ":"))
      printEntry(entry.value, indent: indent)
    }
  }

  private mutating func printEntry(_ value: ManifestValue, indent: Int) {
    switch value {
    case .list(let elements) where !elements.isEmpty:
      output.append(UInt8(ascii: "\n"))
      startLine(indent)
      printList(elements, indent: indent)
    case .mapping(let entries) where !entries.isEmpty:
      output.append(UInt8(ascii: "\n"))
      startLine(indent + 2)
      printMapping(entries, indent: indent + 2)
    default: printScalar(value, indent: indent)
    }
  }

  private mutating func printList(_ elements: [ManifestValue], indent: Int) {
    for (index, element) in elements.enumerated() {
      if index > 0 { startLine(indent) }
      output.append(UInt8(ascii: "-"))
      if element.isFilledCollection {
        output.append(UInt8(ascii: " "))
        print(element, indent: indent + 2)
      } else {
        printScalar(element, indent: indent)
      }
    }
  }

  /// A value on the rest of the line, with a blank before it.
  private mutating func printScalar(_ value: ManifestValue, indent: Int) {
    switch value {
    case .null: output += " null\n".utf8
    case .bool(let isTrue): output += isTrue ? " true\n".utf8 : " false\n".utf8
    case .number(let text): output += " \(text)\n".utf8
    case .string(let text):
      let text = Array(text.utf8)
      ScalarWriter.appendValue(text.span, indent: indent, column: 0, folds: false, to: &output)
    case .secret(let count): output += " \(ManifestValue.words(forSecretOf: count))\n".utf8
    case .list: output += " []\n".utf8
    case .mapping: output += " {}\n".utf8
    }
  }

  private mutating func startLine(_ indent: Int) {
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }
}
