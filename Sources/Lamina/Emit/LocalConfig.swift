/// `config.kubernetes.io/local-config`: objects that are input of the build only.
struct LocalConfig {
  private let annotation: Symbol

  init(symbols: inout SymbolTable) {
    annotation = symbols.intern("config.kubernetes.io/local-config" as StaticString)
  }

  /// Whether the object is left out: any value of the annotation but `false` says so
  /// (resource/factory.go `DropLocalNodes`).
  func isLocal(_ root: NodeID, in tree: Tree) -> Bool {
    guard let metadata = tree.field(.metadata, of: root),
      let annotations = tree.field(.annotations, of: metadata),
      let value = tree.field(annotation, of: annotations)
    else { return false }
    return tree.isNull(value) || !tree.textEquals(value, "false")
  }
}
