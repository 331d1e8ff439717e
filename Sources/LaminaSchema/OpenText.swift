internal import Lamina

/// Texts that are not what they will be: something fills them in or decrypts them after the build.
///
/// `${NAME}` is Flux's and Cluster API's, `$(NAME)` Kubernetes', `{{ name }}` a template's, and `ENC[…]` an
/// encrypted value of SOPS.
enum OpenText {
  /// Whether the text of a scalar is open. Collections are not.
  static func isOpen(_ node: NodeID, in tree: Tree) -> Bool {
    tree.shape(node) == .scalar && tree.withText(node) { isOpen($0) }
  }

  /// Every scalar of an object is asked, some of which are whole files: one pass, without allocations.
  static func isOpen(_ text: Span<UInt8>) -> Bool {
    if isEncrypted(text) { return true }
    var index = 1
    while index < text.count {
      switch (text[index - 1], text[index]) {
      case (UInt8(ascii: "$"), UInt8(ascii: "{")):
        if closes(UInt8(ascii: "}"), text, after: index) { return true }
      case (UInt8(ascii: "$"), UInt8(ascii: "(")):
        if closes(UInt8(ascii: ")"), text, after: index) { return true }
      case (UInt8(ascii: "{"), UInt8(ascii: "{")):
        if closes(UInt8(ascii: "}"), text, after: index, count: 2) { return true }
      default: break
      }
      index += 1
    }
    return false
  }

  /// SOPS writes `ENC[AES256_GCM,data:…]`.
  private static func isEncrypted(_ text: Span<UInt8>) -> Bool {
    text.count > 4 && text[0] == UInt8(ascii: "E") && text[1] == UInt8(ascii: "N")
      && text[2] == UInt8(ascii: "C") && text[3] == UInt8(ascii: "[")
  }

  /// Whether so many of the byte stand in a row somewhere behind a place.
  private static func closes(
    _ byte: UInt8, _ text: Span<UInt8>, after start: Int, count: Int = 1
  ) -> Bool {
    var run = 0
    var index = start + 1
    while index < text.count {
      run = text[index] == byte ? run + 1 : 0
      if run == count { return true }
      index += 1
    }
    return false
  }
}
