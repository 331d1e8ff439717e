extension Rule {
  /// Values that JSON patches wrote are compared with the text of the patch's file: if that says
  /// something else, and YAML 1.1 takes it for no text, it was changed on the way.
  static let yaml11Word = Rule(
    .yaml11Word, .warning,
    summary: "a word or number without quotes is changed where a text is wanted",
    page: """
      kustomize reads the values of JSON patches with the rules of YAML 1.1, where `on`, `yes` and `off` are booleans \
      and `0400` is a number with the base 8, and prints what they mean. Quotes keep the text.

          - op: add
            path: /metadata/annotations/debug
            value: on   # "on"
      """
  ) { inspection in
    let build = inspection.build
    let tree = build.tree
    guard tree.ledger.hasRespelled else { return }
    for index in build.resources.indices {
      let (root, kind) = (build.resources[index].root, build.resources[index].id.type.kind)
      var suspects: [NodeID] = []
      if let metadata = tree.field(.metadata, of: root) {
        tree.addSuspects(in: .labels, of: metadata, to: &suspects)
        tree.addSuspects(in: .annotations, of: metadata, to: &suspects)
      }
      if kind == .configMap || kind == .secret {
        tree.addSuspects(in: .data, of: root, to: &suspects)
        tree.addSuspects(in: .stringData, of: root, to: &suspects)
      }
      for value in suspects {
        guard let word = build.changedWord(value) else { continue }
        inspection.report(
          .changedWord(word, value, build), .warning, of: build.resources[index])
      }
    }
  }
}

extension Tree {
  /// Adds the values of a mapping that Kubernetes takes for texts and that begin like something else. What
  /// quotes were around was not changed.
  fileprivate func addSuspects(
    in name: Symbol, of mapping: NodeID, to suspects: inout [NodeID]
  ) {
    guard let texts = field(name, of: mapping) else { return }
    var child = first(of: texts)
    while let value = child {
      child = next(after: value)
      let node = self[value]
      guard node.shape == .scalar, node.last != 0, !node.flags.contains(.quoted),
        Self.mayBeMeaning(text[Int(node.first)])
      else { continue }
      suspects.append(value)
    }
  }

  /// `true`, `false`, or a number.
  private static func mayBeMeaning(_ first: UInt8) -> Bool {
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "t"), UInt8(ascii: "f"):
      true
    default: false
    }
  }
}

extension InspectedBuild {
  /// The word in the file that a value was read from, if it is printed as something else.
  fileprivate func changedWord(_ value: NodeID) -> String? {
    guard let position = tree.writer(value).position, position != .none,
      let file = sources.file(of: position), let start = sources.byteOffset(of: position)
    else { return nil }
    let ends = [UInt8]("\n\r,}]#".utf8)
    var word = file.bytes[start...].prefix { !ends.contains($0) }
    while word.last == 0x20 { word = word.dropLast() }
    guard !word.isEmpty, !word.elementsEqual(tree.bytes(value)) else { return nil }
    switch ScalarTag.plainYAML11(word.span) {
    case .bool, .integer, .float: return String(decoding: word, as: UTF8.self)
    default: return nil
    }
  }
}

extension Problem {
  fileprivate static func changedWord(
    _ word: String, _ value: NodeID, _ build: InspectedBuild
  ) -> Problem {
    let position = build.tree.position(value)
    return Problem(
      .yaml11Word, "\(word) is read as \(build.tree.string(value)), where a text is wanted",
      at: position, hint: "write it in quotes: \"\(word)\"",
      fixes: [
        Problem.Fix(
          message: "write it in quotes", position: position, original: word,
          replacement: "\"\(word)\"", isSafe: false)
      ])
  }
}
