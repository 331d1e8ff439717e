extension Rule {
  /// Definitions of custom resources are passed over: their texts are documentation. Data of
  /// secrets are decoded.
  static let placeholder = Rule(
    .placeholder, .off, askedOnceFor: .root,
    summary: "a value is a word that was to be replaced",
    page: """
      Texts such as `CHANGEME`, `REPLACE_ME`, `FROM_OVERLAY` and `<NAME>` are meant to be replaced by a patch or an \
      overlay. In examples and bases they are in order, so the rule is off; switch it on for production:

          lint:
            paths:
              "clusters/prod/**": {placeholder: error}
      """
  ) { inspection in
    let build = inspection.build
    for resource in build.resources
    where resource.id.type.kind != .customResourceDefinition {
      let isSecret = resource.id.type.kind == .secret
      let data = isSecret ? build.tree.field(.data, of: resource.root) : nil
      var rest = [(node: resource.root, isBase64: false)]
      while let (node, isBase64) = rest.popLast() {
        let children = build.tree.children(of: node).reversed()
        rest += children.map { ($0, isBase64 || node == data) }
        guard build.tree.shape(node) == .scalar,
          let word = Placeholder(in: node, isBase64: isBase64, build.tree)
        else { continue }
        inspection.report(.placeholder(word, node, build), .off, of: resource)
      }
    }
  }
}

/// A word in a text that stands for a value which is still to be chosen.
private struct Placeholder {
  let text: String

  private static let words = [
    "CHANGEME", "CHANGE_ME", "REPLACE_ME", "REPLACEME", "FROM_OVERLAY", "TODO", "FIXME",
  ]
  /// Longer texts are programs and files, in which such words are comments.
  private static let longest = 200

  /// Nil for a text that is none, is long, or has several lines.
  init?(in node: NodeID, isBase64: Bool, _ tree: Tree) {
    guard (3...Self.longest).contains(tree.textRange(node).count) else { return nil }
    var bytes = Array(tree.bytes(node))
    if isBase64 {
      guard let decoded = decodeBase64(bytes.span) else { return nil }
      bytes = decoded
    }
    if bytes.contains(0x0A) { return nil }
    let words = bytes.split { !Self.isPart($0) }
    let found = words.first { word in
      let word = String(decoding: word, as: UTF8.self)
      // The shorter words are common in texts for people, and so have to be all of a value.
      let isAll = word.utf8.count == bytes.count
      return Self.words.contains(word) && (isAll || word.utf8.count > 5)
    }
    if let found {
      text = String(decoding: found, as: UTF8.self)
    } else if let name = Self.bracketed(in: bytes) {
      text = name
    } else {
      return nil
    }
  }

  /// `<UPPER_CASE>` in a text.
  private static func bracketed(in bytes: [UInt8]) -> String? {
    for start in bytes.indices where bytes[start] == UInt8(ascii: "<") {
      let name = bytes[(start + 1)...].prefix { isUpper($0) || isPartOfUpper($0) }
      guard name.count > 1, name.contains(where: isUpper), name.endIndex < bytes.count,
        bytes[name.endIndex] == UInt8(ascii: ">")
      else { continue }
      return String(decoding: bytes[start...name.endIndex], as: UTF8.self)
    }
    return nil
  }

  /// Bytes that words are made of.
  private static func isPart(_ byte: UInt8) -> Bool {
    isUpper(byte) || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isPartOfUpper(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension Problem {
  fileprivate static func placeholder(
    _ word: Placeholder, _ node: NodeID, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .placeholder, "\"\(word.text)\" is still to be replaced", at: build.tree.position(node))
  }
}
