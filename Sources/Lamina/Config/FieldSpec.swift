/// A field of some kinds of resources that a step writes to.
struct FieldSpec: Sendable {
  /// The kinds; empty parts match anything.
  let type: GroupVersionKind
  /// Its steps are separated by slashes in a file; `[]` behind one goes into a list's elements.
  let path: FieldPath
  /// Whether the field is made where it is missing.
  let create: Bool

  /// The same field, made where it is missing.
  var creating: FieldSpec { FieldSpec(type: type, path: path, create: true) }

  /// Whether this spec already says what another one asks for (types/fieldspec.go
  /// `effectivelyEquals`).
  func covers(_ other: FieldSpec) -> Bool {
    type.isSelected(by: other.type) && path.text == other.path.text
  }
}

extension FieldSpec {
  init(_ written: WrittenFieldSpec, symbols: inout SymbolTable) {
    self.init(
      type: GroupVersionKind(
        group: symbols.intern(written.group), version: symbols.intern(written.version),
        kind: symbols.intern(written.kind)),
      path: FieldPath(fieldSpec: written.path, symbols: &symbols), create: written.create)
  }
}

extension FieldWalk {
  /// - Parameter creation: what the last field of the path is; missing ones are made only where
  ///   `spec.create` says so.
  init(_ spec: FieldSpec, creating creation: Creation = .never, by writer: Writer) {
    self.init(spec.path, creating: spec.create ? creation : .never, by: writer)
  }
}

extension [FieldSpec] {
  /// Adds a spec unless it is there; false where one is there that differs in `create`.
  ///
  /// (types/fieldspec.go `MergeOne`.) The first spec that covers the new one decides, so the order
  /// matters.
  mutating func merge(_ spec: FieldSpec) -> Bool {
    if let known = first(where: { $0.covers(spec) }) { return known.create == spec.create }
    append(spec)
    return true
  }

  /// Adds specs one by one; returns the first that contradicts one that is there.
  mutating func merge(_ specs: [FieldSpec]) -> FieldSpec? {
    for spec in specs where !merge(spec) { return spec }
    return nil
  }
}

/// The fields in which resources name resources of one type.
struct NameBackReference: Sendable {
  /// The type that is named.
  let target: GroupVersionKind
  /// The fields, with the kinds that have them.
  var referrers: [FieldSpec]
}
