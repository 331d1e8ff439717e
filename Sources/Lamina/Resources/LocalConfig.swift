/// `config.kubernetes.io/local-config`: objects that are input of the build only.
struct LocalConfig {
  private let annotation: Symbol

  init(symbols: inout SymbolTable) {
    annotation = symbols.intern("config.kubernetes.io/local-config" as StaticString)
  }

  /// Whether the object is left out, after one more look at what it must have: a patch may have taken
  /// its kind or name away. Any value of the annotation but `false` says so
  /// (resource/factory.go `DropLocalNodes`).
  func isLocal(_ root: NodeID, in tree: Tree) throws(Problem) -> Bool {
    try ResourceReader.checkHead(of: root, in: tree)
    guard let metadata = tree.field(.metadata, of: root),
      let annotations = tree.field(.annotations, of: metadata),
      let value = tree.field(annotation, of: annotations)
    else { return false }
    return tree.isNull(value) || !tree.textEquals(value, "false")
  }
}
