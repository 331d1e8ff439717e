/// Where the resources of a list stand, by the ids and the names that they have or once had.
///
/// Every look-up costs the same however many resources there are, also where thousands share a name
/// and differ in their namespaces.
struct ResourceIndex: Sendable {
  /// A name in a namespace; the kind is compared after that.
  private struct Home: Hashable {
    let name: Symbol
    let namespace: Symbol

    func hash(into hasher: inout Hasher) { hasher.combine(name, namespace) }
  }

  private var placesByKey: [ResourceKey: Places] = [:]
  /// Entries are only ever added, and may come twice.
  private var placesByHome: [Home: Places] = [:]
  private var namespacesByName: [Symbol: [Symbol]] = [:]
  /// How many ids were put in or changed, to be counted.
  private(set) var changes = 0

  /// The resources whose current id this is, in the order in which they came to it.
  func places(of key: ResourceKey) -> Places { placesByKey[key] ?? Places() }

  /// Resources that may have or have had this id.
  func places(everNear key: ResourceKey) -> Places {
    (placesByHome[Home(name: key.name, namespace: key.namespace)] ?? Places()).inOrder
  }

  /// The resources that have or once had this name.
  func places(everNamed name: Symbol) -> Places {
    var result = Places()
    for namespace in namespacesByName[name] ?? [] {
      for place in placesByHome[Home(name: name, namespace: namespace)] ?? Places() {
        result.append(Int32(place))
      }
    }
    return result.inOrder
  }

  /// Notes a resource with all the names it had.
  mutating func add(_ resource: Resource, at place: Int) {
    changes += 1
    let key = resource.id.key
    placesByKey[key, default: Places()].append(Int32(place))
    addHome(key.name, key.namespace, at: place)
    for former in resource.formerIDs { addHome(former.name, former.namespace, at: place) }
  }

  /// Notes that a resource has another id now.
  mutating func change(_ old: ResourceKey, to new: ResourceKey, at place: Int) {
    changes += 1
    // An entry without places stays: to take it out costs as much as all the rest.
    _ = placesByKey[old]?.remove(Int32(place))
    placesByKey[new, default: Places()].append(Int32(place))
    addHome(new.name, new.namespace, at: place)
  }

  /// Notes the names that a resource had before it came to its place.
  mutating func addFormerNames(of resource: Resource, at place: Int) {
    for former in resource.formerIDs { addHome(former.name, former.namespace, at: place) }
  }

  mutating func removeAll() {
    placesByKey.removeAll(keepingCapacity: true)
    placesByHome.removeAll(keepingCapacity: true)
    namespacesByName.removeAll(keepingCapacity: true)
  }

  private mutating func addHome(_ name: Symbol, _ namespace: Symbol, at place: Int) {
    let home = Home(name: name, namespace: namespace)
    if placesByHome[home, default: Places()].append(Int32(place)) {
      namespacesByName[name, default: []].append(namespace)
    }
  }
}
