/// `buildMetadata`: what to print about the build itself. Only that of the directory that is rendered
/// counts, for all layers.
struct BuildMetadata: Sendable {
  enum Option: String, CaseIterable, Sendable {
    /// Prints where each resource comes from as `config.kubernetes.io/origin`.
    case originAnnotations
    /// Prints what has changed each resource as `alpha.config.kubernetes.io/transformations`.
    case transformerAnnotations
    /// Gives each resource the label `app.kubernetes.io/managed-by`.
    case managedByLabel
  }

  /// The words that mean something.
  private(set) var options: Set<Option> = []
  /// The words that mean nothing, which kustomize passes over.
  private(set) var unknown: [Kustomization.Entry] = []

  /// An unknown word is no error, but a warning of the build names it
  /// (`Kustomization+Reading.swift`).
  init(_ entries: [Kustomization.Entry] = []) {
    for entry in entries {
      if let option = Option(rawValue: entry.text) {
        options.insert(option)
      } else {
        unknown.append(entry)
      }
    }
  }

  /// Any word makes kustomize follow where resources come from, which a JSON patch can see
  /// (internal/target/kusttarget.go `makeCustomizedResMap`).
  var tracksOrigins: Bool { !options.isEmpty || !unknown.isEmpty }
}
