/// The fields in which objects name other objects, by kustomize's default table, for editors: which kinds a text may
/// name, without a build.
package struct NameFields: Sendable {
  private struct Field: Hashable {
    /// Empty for all kinds.
    let kind: ByteText
    /// Keys with slashes between them.
    let path: ByteText
  }

  private var targets: [Field: [String]] = [:]

  package init() {
    var symbols = SymbolTable()
    let standard = TransformerConfiguration(defaultsIn: &symbols)
    for reference in standard.nameReference {
      let target = symbols.string(reference.target.kind)
      for referrer in reference.referrers {
        let path = symbols.string(referrer.path.text)
          .parts(at: "/").map { $0.ends(with: "[]") ? $0.dropLast(2) : $0 }
          .joined(separator: "/")
        let field = Field(
          kind: ByteText(symbols.string(referrer.type.kind)), path: ByteText(path))
        if targets[field]?.contains(bytesOf: target) != true {
          targets[field, default: []].append(target)
        }
      }
    }
  }

  /// The kinds of the objects that a field of a kind names; none for a field that names nothing.
  ///
  /// - Parameter keys: from the object's root; lists are gone through.
  package func targets(ofKind kind: String, at keys: [String]) -> [String] {
    let path = ByteText(keys.joined(separator: "/"))
    return (targets[Field(kind: ByteText(kind), path: path)] ?? [])
      + (targets[Field(kind: ByteText(""), path: path)] ?? [])
  }
}
