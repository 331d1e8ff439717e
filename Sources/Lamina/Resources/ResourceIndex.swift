/// Where the resources of a list stand, by the ids and the names that they have or once had.
///
/// Every look-up costs the same however many resources there are, also where thousands share a name
/// and differ in their namespaces.
struct ResourceIndex: Sendable {
  /// A name in a namespace; the kind is compared after that.
  private struct Home: NumberedKey {
    let name: Symbol
    let namespace: Symbol

    func mix(into hash: inout NumberHash) { hash.combine(name, namespace) }
  }

  /// A resource that has or once had a name, and the number of the entry before it that is of the same
  /// name; −1 is none. An array of such chains costs less to fill than an array for each name.
  private struct NameEntry {
    let namespace: Symbol
    let place: Int32
    let previous: Int32
  }

  /// The entries of one name: the last one, and how many there are.
  private struct NameChain {
    var last: Int32 = -1
    private(set) var count: Int32 = 0

    /// Puts an entry behind the others.
    mutating func add(_ entry: Int32) -> (previous: Int32, count: Int) {
      defer { last = entry }
      count += 1
      return (last, Int(count))
    }
  }

  /// With fewer entries of one name than this, looking at all is cheaper.
  private static let many = 16

  private var placesByKey = NumberTable<ResourceKey, Places>()
  /// Entries are only ever added, and may come twice.
  private var nameEntries: ContiguousArray<NameEntry> = []
  private var chainsByName = NumberTable<Symbol, NameChain>()
  /// The same for names with many entries.
  private var placesByHome = NumberTable<Home, Places>()
  /// How many ids were put in or changed, to be counted.
  private(set) var changes = 0

  /// The resources whose current id this is, in the order in which they came to it.
  func places(of key: ResourceKey) -> Places { placesByKey[key] ?? Places() }

  /// Resources that may have or have had this id.
  func places(everNear key: ResourceKey) -> Places {
    guard let chain = chainsByName[key.name] else { return Places() }
    if chain.count > Self.many {
      let home = Home(name: key.name, namespace: key.namespace)
      return (placesByHome[home] ?? Places()).inOrder
    }
    return places(in: chain) { $0 == key.namespace }
  }

  /// The resources that have or once had this name.
  func places(everNamed name: Symbol) -> Places {
    guard let chain = chainsByName[name] else { return Places() }
    return places(in: chain) { _ in true }
  }

  private func places(in chain: NameChain, where holds: (Symbol) -> Bool) -> Places {
    var result = Places()
    var next = chain.last
    while next >= 0 {
      let entry = nameEntries[Int(next)]
      if holds(entry.namespace) { result.append(entry.place) }
      next = entry.previous
    }
    return result.inOrder
  }

  /// Notes a resource with all the names it had.
  mutating func add(_ resource: Resource, at place: Int) {
    changes += 1
    let key = resource.id.key
    placesByKey[key, default: Places()].append(Int32(place))
    addName(key.name, key.namespace, at: place)
    addFormerNames(of: resource, at: place)
  }

  /// Notes that a resource has another id now.
  mutating func change(_ old: ResourceKey, to new: ResourceKey, at place: Int) {
    changes += 1
    if let places = placesByKey[old], places.count == 1, places.first == place,
      placesByKey[new] == nil
    {
      // Nearly always. An entry more for each new name would take as much memory as the resource itself.
      placesByKey.rename(old, to: new)
    } else {
      placesByKey[old, default: Places()].remove(Int32(place))
      placesByKey[new, default: Places()].append(Int32(place))
    }
    addName(new.name, new.namespace, at: place)
  }

  /// Notes the names that a resource had before it came to its place.
  mutating func addFormerNames(of resource: Resource, at place: Int) {
    for former in resource.formerIDs { addName(former.name, former.namespace, at: place) }
  }

  mutating func removeAll() {
    let changes = changes
    self = ResourceIndex()
    self.changes = changes
  }

  private mutating func addName(_ name: Symbol, _ namespace: Symbol, at place: Int) {
    let chain = chainsByName[name, default: NameChain()].add(Int32(nameEntries.count))
    nameEntries.append(
      NameEntry(namespace: namespace, place: Int32(place), previous: chain.previous))
    if chain.count > Self.many { addHomes(of: name, chain.count) }
  }

  /// Takes in the last entry of a chain, or all of one that has just become long.
  private mutating func addHomes(of name: Symbol, _ count: Int) {
    var missing = count == Self.many + 1 ? count : 1
    var next = Int32(truncatingIfNeeded: nameEntries.count - 1)
    while missing > 0, next >= 0 {
      let entry = nameEntries[Int(next)]
      placesByHome[Home(name: name, namespace: entry.namespace), default: Places()]
        .append(entry.place)
      next = entry.previous
      missing -= 1
    }
  }
}
