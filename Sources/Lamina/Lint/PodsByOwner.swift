/// The pods of a build by the names of the objects that make them.
struct PodsByOwner {
  private struct Key: NumberedKey {
    let name: Symbol

    func mix(into hash: inout NumberHash) { hash.combine(UInt64(name.raw)) }
  }

  private var places = NumberTable<Key, Int>()

  init(_ build: InspectedBuild) {
    let pods = build.pods.pods
    for place in pods.indices {
      places.updateValue(place, forKey: Key(name: build.resources[pods[place].resource].id.name))
    }
  }

  /// The place in `PodList.pods` of the last pod that an object of a name makes.
  func place(ofOwnerNamed name: Symbol) -> Int? { places[Key(name: name)] }
}
