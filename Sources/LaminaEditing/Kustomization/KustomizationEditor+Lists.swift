internal import Lamina

extension KustomizationEditor {
  /// The fields that list paths.
  public enum PathField: String, Sendable {
    /// `resources`, and the former `bases`.
    case resources
    /// `components`
    case components
    /// `generators`
    case generators
    /// `transformers`
    case transformers
    /// `configurations`
    case configurations

    /// The word for an entry in messages.
    public var kind: String { String(rawValue.dropLast()) }

    /// The field and the former ones that count with it.
    fileprivate var fields: [String] { self == .resources ? ["resources", "bases"] : [rawValue] }
  }

  /// Whether a list has an entry.
  public func contains(_ path: String, in field: PathField) -> Bool {
    field.fields.contains { value(of: $0)?.items.contains { $0.text.hasBytes(of: path) } ?? false }
  }

  /// Appends paths to a list, without those that it has.
  ///
  /// Whether something is at the paths is for the caller to see.
  public mutating func addPaths(_ paths: [String], to field: PathField) throws(EditError) {
    var new: [String] = []
    for path in paths {
      if contains(path, in: field) || new.contains(bytesOf: path) {
        notices.append("\(field.kind) \(path) already in kustomization file")
      } else {
        new.append(path)
      }
    }
    try append(new.map { .string($0) }, to: field.rawValue)
  }

  /// Removes the entries of a list that a test is true of.
  ///
  /// - Parameter isMeant: is asked of each path; the command asks patterns (`FilePattern`).
  public mutating func removePaths(
    from field: PathField, where isMeant: (String) -> Bool
  ) throws(EditError) {
    for name in field.fields {
      let items = value(of: name)?.items ?? []
      try removeItems(items.indices.filter { items[$0].text.map(isMeant) ?? false }, of: name)
    }
  }

  // MARK: - Build metadata

  /// The options that `buildMetadata` may list.
  public static let buildMetadataOptions = [
    "originAnnotations", "transformerAnnotations", "managedByLabel",
  ]

  /// Appends options to `buildMetadata`. Throws where one is there already.
  public mutating func addBuildMetadata(_ options: [String]) throws(EditError) {
    for option in options {
      if value(of: "buildMetadata")?.items.contains(where: { $0.text.hasBytes(of: option) })
        ?? false
      {
        throw EditError("buildMetadata option \(option) already in kustomization file")
      }
      try append([.string(option)], to: "buildMetadata")
    }
  }

  /// Makes these the only options of `buildMetadata`.
  ///
  /// Items that stay in their places keep their comments.
  public mutating func setBuildMetadata(_ options: [String]) throws(EditError) {
    let old = value(of: "buildMetadata")?.items ?? []
    for (index, option) in options.enumerated() where index < old.count {
      try editor.set(.string(option), at: [name(of: "buildMetadata"), .index(index)])
    }
    try append(options.dropFirst(old.count).map { .string($0) }, to: "buildMetadata")
    try removeItems(Array(old.indices.dropFirst(options.count)), of: "buildMetadata")
  }

  /// Removes options from `buildMetadata`, as far as they are there.
  public mutating func removeBuildMetadata(_ options: [String]) throws(EditError) {
    let items = value(of: "buildMetadata")?.items ?? []
    try removeItems(
      items.indices.filter { items[$0].text.map(options.contains) ?? false }, of: "buildMetadata")
  }
}
