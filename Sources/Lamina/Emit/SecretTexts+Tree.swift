extension SecretTexts {
  /// Gathers what is in the data of Secrets, and what was copied or moved from there, wherever it is now.
  init(of tree: Tree) {
    self.init()
    for number in tree.nodes.indices {
      let node = NodeID(raw: UInt32(truncatingIfNeeded: number))
      switch tree.shape(node) {
      case .mapping:
        guard let kind = tree.field(.kind, of: node), tree.shape(kind) == .scalar,
          tree.string(kind) == "Secret"
        else { continue }
        for key in [Symbol.data, .stringData] {
          if let data = tree.field(key, of: node) { insertValues(of: data, in: tree) }
        }
      case .scalar:
        if tree.ledger.isSecret(tree.writer(node)) { insertBoth(tree.string(node)) }
      case .sequence: continue
      }
    }
  }

  private mutating func insertValues(of data: NodeID, in tree: Tree) {
    var rest = [data]
    while let node = rest.popLast() {
      if tree.shape(node) == .scalar { insertBoth(tree.string(node)) }
      rest += tree.children(of: node)
    }
  }

  /// A text, and what it stands for in base64.
  private mutating func insertBoth(_ text: String) {
    insert(text)
    if let decoded = ObjectReader.decoded(base64: text) { insert(decoded) }
  }
}

extension SourceMap {
  /// The files, with what messages about them must not quote.
  func hidingSecrets(of tree: Tree) -> SourceMap {
    guard hidesSecrets else { return self }
    var sources = self
    if secretTexts.isEmpty { sources.secretTexts = SecretTexts(of: tree) }
    if knownSecretLines == nil { sources.knownSecretLines = KnownSecretLines() }
    return sources
  }
}
