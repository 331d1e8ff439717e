/// The objects that may be meant by a name, found without a look at all that once had it.
///
/// Most names were had by an object or two of a kind, and then there is nothing to narrow down. But a
/// build may hold thousands of objects that had one name: in a namespace each, or in an overlay each.
/// Those are looked up by namespace, and by the prefix and suffix that the outermost layer has put on
/// the name. What is found here may be more than what a reference can mean, never less.
struct ReferenceTargets {
  /// A name and a kind that an object has had, not necessarily at one time; an empty kind is any.
  struct Naming: Hashable, NumberedKey {
    let name: Symbol
    let kind: Symbol

    func mix(into hash: inout NumberHash) { hash.combine(name, kind) }
  }

  /// Who asks, as far as it counts here.
  struct Asker {
    /// The namespaces that the object must live in; nil is any.
    let namespaces: [Symbol]?
    let prefix: Symbol
    let suffix: Symbol
  }

  /// With fewer objects of one name than this, looking at all is cheaper.
  private static let many = 16

  /// Nil parts are any.
  private struct Bucket: Hashable {
    let naming: Naming
    let namespace: Symbol?
    var prefix: Symbol?
    var suffix: Symbol?
  }

  private let takesAnyKind: Bool
  private var placesByNaming = NumberTable<Naming, Places>()
  private var placesByBucket: [Bucket: Places] = [:]
  /// By the first namespace instead of the present one.
  private var placesByOrigin: [Bucket: Places] = [:]

  /// - Parameter takesAnyKind: there are references that may name objects of any kind.
  init(_ resources: Resources, takesAnyKind: Bool) {
    self.takesAnyKind = takesAnyKind
    let all = resources.all
    for place in all.indices {
      Self.visitNamings(all[place].formerIDs, takesAnyKind: takesAnyKind) {
        placesByNaming[$0, default: Places()].append(Int32(place))
      }
    }
    for naming in Array(placesByNaming.keys) where hasMany(naming) {
      for place in places(naming) { add(all[place], naming, at: place) }
    }
  }

  /// Notes that an object has changed its namespace.
  mutating func update(_ resource: Resource, at place: Int) {
    Self.visitNamings(resource.formerIDs, takesAnyKind: takesAnyKind) {
      if hasMany($0) { add(resource, $0, at: place) }
    }
  }

  private func hasMany(_ naming: Naming) -> Bool { Self.areMany(places(naming)) }

  /// With so many objects it pays to look them up by more than the name.
  static func areMany(_ places: Places) -> Bool { places.count > many }

  /// All that once had the name and the kind.
  func places(_ naming: Naming) -> Places { placesByNaming[naming] ?? Places() }

  /// Those of each namespace.
  func lists(_ naming: Naming, in namespaces: [Symbol]?) -> [Places] {
    guard let namespaces else { return [places(naming)] }
    return namespaces.compactMap { placesByBucket[Bucket(naming: naming, namespace: $0)] }
  }

  /// Those that began in a namespace.
  func places(_ naming: Naming, from origin: Symbol) -> Places {
    placesByOrigin[Bucket(naming: naming, namespace: origin)] ?? Places()
  }

  /// Those whose outermost prefix and suffix are the asker's, or missing. One that is missing on the
  /// asker's side fits any.
  func places(_ naming: Naming, near asker: Asker) -> Places {
    let prefixes: [Symbol?] = asker.prefix.isEmpty ? [nil] : [.empty, asker.prefix]
    let suffixes: [Symbol?] = asker.suffix.isEmpty ? [nil] : [.empty, asker.suffix]
    let namespaces: [Symbol?] = asker.namespaces ?? [nil]
    var result = Places()
    for namespace in namespaces {
      for prefix in prefixes {
        for suffix in suffixes {
          let bucket = Bucket(
            naming: naming, namespace: namespace, prefix: prefix, suffix: suffix)
          for place in placesByBucket[bucket] ?? Places() { result.append(Int32(place)) }
        }
      }
    }
    return result.inOrder
  }

  /// There are only a few, some perhaps twice: an object is put only once behind the others of a name.
  private static func visitNamings(
    _ formerIDs: [FormerID], takesAnyKind: Bool, _ visit: (Naming) -> Void
  ) {
    var lastName: Symbol?
    for named in formerIDs where named.name != lastName {
      lastName = named.name
      var lastKind: Symbol?
      for kept in formerIDs where kept.kind != lastKind {
        lastKind = kept.kind
        visit(Naming(name: named.name, kind: kept.kind))
      }
      if takesAnyKind { visit(Naming(name: named.name, kind: .empty)) }
    }
  }

  private mutating func add(_ resource: Resource, _ naming: Naming, at place: Int) {
    let prefix = resource.prefixes.last ?? .empty
    let suffix = resource.suffixes.last ?? .empty
    for namespace in [nil, resource.id.effectiveNamespace] {
      for prefix in [nil, prefix] {
        for suffix in [nil, suffix] {
          let bucket = Bucket(
            naming: naming, namespace: namespace, prefix: prefix, suffix: suffix)
          placesByBucket[bucket, default: Places()].append(Int32(place))
        }
      }
    }
    let origin = Bucket(naming: naming, namespace: resource.originalEffectiveNamespace)
    placesByOrigin[origin, default: Places()].append(Int32(place))
  }
}
