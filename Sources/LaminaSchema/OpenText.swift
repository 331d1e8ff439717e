internal import Lamina

/// Texts that are not what they will be: something fills them in or decrypts them after the build.
///
/// `${NAME}` is Flux's and Cluster API's, `$(NAME)` Kubernetes', `{{ name }}` a template's, and `ENC[…]` an
/// encrypted value of SOPS.
enum OpenText {
  private static let marks: [(start: [UInt8], end: [UInt8])] = [
    (Array("${".utf8), Array("}".utf8)), (Array("$(".utf8), Array(")".utf8)),
    (Array("{{".utf8), Array("}}".utf8)),
  ]
  private static let encrypted = Array("ENC[".utf8)

  /// Whether the text of a scalar is open. Collections are not.
  static func isOpen(_ node: NodeID, in tree: Tree) -> Bool {
    tree.shape(node) == .scalar && tree.withText(node) { isOpen($0) }
  }

  static func isOpen(_ text: Span<UInt8>) -> Bool {
    starts(text, at: 0, with: encrypted)
      || marks.contains { mark in
        find(mark.start, in: text, from: 0).map { find(mark.end, in: text, from: $0) != nil }
          ?? false
      }
  }

  /// The place behind the first mention of some bytes.
  private static func find(_ wanted: [UInt8], in text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index + wanted.count <= text.count {
      if starts(text, at: index, with: wanted) { return index + wanted.count }
      index += 1
    }
    return nil
  }

  private static func starts(_ text: Span<UInt8>, at start: Int, with wanted: [UInt8]) -> Bool {
    guard start + wanted.count <= text.count else { return false }
    return wanted.indices.allSatisfy { text[start + $0] == wanted[$0] }
  }
}
