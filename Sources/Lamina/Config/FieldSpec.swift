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
    if specs.count > Self.many { return mergeMany(specs) }
    for spec in specs where !merge(spec) { return spec }
    return nil
  }

  /// Of fewer specs, each is sooner compared with all that are there.
  private static var many: Int { 16 }

  /// The same with an index.
  private mutating func mergeMany(_ specs: [FieldSpec]) -> FieldSpec? {
    var places = NumberTable<FieldPlace, [Int]>()
    func note(_ spec: FieldSpec, at place: Int) {
      places[FieldPlace(spec), default: []].append(place)
      if spec.type.kind.isEmpty { return }
      places[FieldPlace(spec, kind: .empty), default: []].append(place)
    }
    for place in indices { note(self[place], at: place) }
    for spec in specs {
      // What covers a spec has its path and, if it names one, its kind.
      let candidates = places[FieldPlace(spec)] ?? []
      if let known = candidates.first(where: { self[$0].covers(spec) }) {
        if self[known].create != spec.create { return spec }
      } else {
        note(spec, at: count)
        append(spec)
      }
    }
    return nil
  }
}

/// A path in objects of a kind, or of any.
private struct FieldPlace: NumberedKey {
  let path: Symbol
  let kind: Symbol

  init(_ spec: FieldSpec, kind: Symbol? = nil) {
    path = spec.path.text
    self.kind = kind ?? spec.type.kind
  }

  func mix(into hash: inout NumberHash) { hash.combine(path, kind) }
}

/// The fields in which resources name resources of one type.
struct NameBackReference: Sendable {
  /// The type that is named.
  let target: GroupVersionKind
  /// The fields, with the kinds that have them.
  var referrers: [FieldSpec]
}
