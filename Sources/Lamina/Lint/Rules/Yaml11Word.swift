extension Rule {
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
    for index in build.resources.indices {
      build.eachWantedText(of: index) { value in
        guard let word = build.changedWord(value) else { return }
        inspection.report(
          .changedWord(word, value, build), .warning, of: build.resources[index])
      }
    }
  }
}

extension InspectedBuild {
  /// Calls `body` with the values of an object that Kubernetes takes for texts whatever stands in them: labels,
  /// annotations, data and environment variables.
  fileprivate func eachWantedText(of resource: Int, _ body: (NodeID) -> Void) {
    let root = resources[resource].root
    eachEntryOfMetadata(of: root, body)
    let kind = resources[resource].id.type.kind
    if kind == .configMap || kind == .secret {
      for field in [Symbol.data, .stringData] {
        if let map = tree.field(field, of: root) { eachChild(of: map, body) }
      }
    }
  }

  private func eachEntryOfMetadata(of object: NodeID, _ body: (NodeID) -> Void) {
    guard let metadata = tree.field(.metadata, of: object) else { return }
    if let labels = tree.field(.labels, of: metadata) { eachChild(of: labels, body) }
    if let annotations = tree.field(.annotations, of: metadata) { eachChild(of: annotations, body) }
  }

  private func eachChild(of map: NodeID, _ body: (NodeID) -> Void) {
    var child = tree.first(of: map)
    while let value = child {
      body(value)
      child = tree.next(after: value)
    }
  }

  /// The word in the file that a value was read from, if it is printed as something else.
  fileprivate func changedWord(_ value: NodeID) -> String? {
    // What quotes were around, and what does not begin like a number or a boolean, was not changed.
    guard tree.shape(value) == .scalar, !tree[value].flags.contains(.quoted),
      let first = tree.withText(value, { $0.isEmpty ? nil : $0[0] }), Self.mayBeMeaning(first),
      let position = tree.writer(value).position, position != .none,
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
