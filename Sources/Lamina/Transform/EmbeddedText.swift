/// Printing YAML or JSON back into the scalar that holds it
/// (api/filters/replacement/replacement.go `serializeStructuredData`).
enum EmbeddedText {
  /// The text of a document that was read from a scalar, in the scalar's language.
  ///
  /// - Parameters:
  ///   - holder: the scalar. Its text decides: one that begins with a bracket is JSON, compact
  ///     unless it has a line break and two spaces in a row (`serializeAsJSON`); anything else is
  ///     YAML.
  static func printed(
    _ document: EmbeddedDocument, like holder: NodeID, in tree: inout Tree
  ) throws(Problem) -> [UInt8] {
    guard let root = document.root else { return [] }
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    let original = tree.bytes(holder).drop(while: isBlank)
    guard original.first == UInt8(ascii: "{") || original.first == UInt8(ascii: "[") else {
      return try EmbeddedPrinter.text(of: document, in: tree)
    }
    let isPretty =
      tree.bytes(holder).contains(UInt8(ascii: "\n")) && tree.bytes(holder).containsTwoSpaces
    try checkKeys(of: root, in: tree)
    try JSONTrip.marshal(root, in: &tree)
    return try JSONWriter.text(of: root, in: tree, isPretty: isPretty)
  }

  /// JSON has no other keys than text.
  ///
  /// Only the top needs this: `JSONTrip.marshal` refuses such keys below it.
  private static func checkKeys(of root: NodeID, in tree: Tree) throws(Problem) {
    for child in tree.children(of: root) where tree[child].flags.contains(.keyIsNotText) {
      throw Problem(.embeddedKeyNotText, "JSON has no keys but strings", at: tree.position(child))
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var containsTwoSpaces: Bool {
    zip(self, dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
  }
}
