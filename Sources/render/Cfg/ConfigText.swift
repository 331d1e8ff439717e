internal import Lamina
import LaminaEditing
import LaminaSyntax

/// A value in brackets, on one line.
struct ConfigText {
  private let tree: SyntaxTree
  private let root: SyntaxNode.ID?

  init(_ object: ConfigObject) throws(CommandFailure) {
    do throws(SyntaxError) { tree = try SyntaxTree(object.text) } catch {
      throw CommandFailure("\(object.path): \(error.message)", showsUsage: false)
    }
    root = tree.documents.first?.root
  }

  /// A value as kyaml prints it in a tree: what it holds keeps its quotes, and a text alone has some where it
  /// would be read as something else. Of a text with several lines, each is a line here.
  func lines(_ match: ConfigPath.Match) -> [String] {
    switch match.value {
    case .null: return [""]
    case .other(let text): return [text]
    case .string(let text) where Self.isPlainBoolean(text): return [text]
    case .string(let text) where text.utf8.contains(UInt8(ascii: "\n")):
      let isKept = text.ends(with: "\n")
      let lines = (isKept ? text.dropLast() : text[...])
        .parts(at: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "  \($0)" }
      return [isKept ? "|" : "|-"] + lines
    case .string: return [ScalarText.new(match.value, inFlow: false)]
    case .sequence, .mapping:
      guard let document = tree.documents.first,
        let node = tree.node(at: match.path, in: document)
      else { return [Self.flow(match.value)] }
      return [flow(node)]
    }
  }

  /// The words for true and false of YAML 1.1 alone stand without quotes.
  private static func isPlainBoolean(_ text: String) -> Bool {
    ["y", "n", "yes", "no", "on", "off"].contains(text.lowercased())
  }

  /// The whole object in braces.
  var flow: String { root.map(flow) ?? "" }

  private func flow(_ id: SyntaxNode.ID) -> String {
    let node = tree[id]
    let marks = [node.anchor, node.tag].compactMap { $0 }.sorted { $0.lowerBound < $1.lowerBound }
      .map { text($0) + " " }.joined()
    switch node.content {
    case .alias: return text(node.range)
    case .scalar(let style, _): return marks + scalar(id, node, style)
    case .sequence(let items, _):
      return marks + "[" + items.map { flow($0.value) }.joined(separator: ", ") + "]"
    case .mapping(let entries, _):
      let texts = entries.map { "\(flow($0.key)): \(flow($0.value))" }
      return marks + "{" + texts.joined(separator: ", ") + "}"
    }
  }

  private func scalar(
    _ id: SyntaxNode.ID, _ node: SyntaxNode, _ style: SyntaxNode.Style
  ) -> String {
    let source = text(node.range)
    let decoded = tree.text(of: id) ?? source
    let isOneLine = !source.utf8.contains(UInt8(ascii: "\n"))
    switch style {
    case .plain where decoded.isEmpty: return "''"
    case .plain where isOneLine && source.utf8.allSatisfy({ !",[]{}".utf8.contains($0) }):
      return source
    case .plain: return ScalarText.new(.string(decoded), inFlow: true)
    case .singleQuoted where isOneLine, .doubleQuoted where isOneLine: return source
    default: return ScalarText.doubleQuoted(decoded)
    }
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: tree[range], as: UTF8.self) }

  /// A value on one line without any quotes, for `cfg grep`.
  static func flow(_ value: YAMLValue) -> String {
    switch value {
    case .null: "null"
    case .string(let text), .other(let text): text
    case .sequence(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key): \(flow($0.value))" }.joined(separator: ", ") + "}"
    }
  }
}
