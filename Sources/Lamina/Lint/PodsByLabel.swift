/// The pods of a build by their labels, so that what a selector selects is found without a look at all of them.
final class PodsByLabel {
  /// A label and its value, mixed. What is found is compared.
  private struct Key: NumberedKey {
    let label: Symbol
    let value: UInt32

    func mix(into hash: inout NumberHash) {
      hash.combine(UInt64(label.raw) << 32 | UInt64(value))
    }
  }

  /// The pods of one label: a list would be one more allocation for each.
  private struct Chain {
    /// The place of the first in `links`.
    private(set) var first: Int32 = -1
    private(set) var count: Int32 = 0

    /// Puts a link in front.
    ///
    /// - Returns: the one that was first.
    mutating func put(_ place: Int) -> Int32 {
      let next = first
      first = Int32(truncatingIfNeeded: place)
      count += 1
      return next
    }
  }

  fileprivate struct Link {
    let pod: Int32
    let next: Int32
  }

  /// The numbers of pods, in the order of the build.
  struct Candidates: Sequence, IteratorProtocol {
    fileprivate let links: ContiguousArray<Link>
    fileprivate var place: Int32

    mutating func next() -> Int? {
      guard place >= 0 else { return nil }
      let link = links[Int(place)]
      place = link.next
      return Int(link.pod)
    }
  }

  // Constants, since each look at a variable of an object is checked for exclusive access.
  private let chains: NumberTable<Key, Chain>
  private let links: ContiguousArray<Link>
  /// So that no labels can be written that are all mixed to one number.
  private let seed: UInt64

  init(_ build: InspectedBuild) {
    let (tree, pods) = (build.tree, build.pods.pods)
    let seed = UInt64.random(in: 0 ... .max)
    var chains = NumberTable<Key, Chain>()
    var links: ContiguousArray<Link> = []
    links.reserveCapacity(pods.count)
    // Backwards, since each is put in front.
    for index in pods.indices.reversed() {
      guard let labels = pods[index].labels else { continue }
      var child = tree.first(of: labels)
      while let label = child {
        child = tree.next(after: label)
        let key = Self.key(of: label, in: tree, seed)
        let next = chains[key, default: Chain()].put(links.count)
        links.append(Link(pod: Int32(truncatingIfNeeded: index), next: next))
      }
    }
    self.chains = chains
    self.links = links
    self.seed = seed
  }

  /// The pods that have the rarest of some labels; none for no labels.
  func candidates(_ wanted: NodeID, in tree: Tree) -> Candidates {
    var best: Chain?
    var child = tree.first(of: wanted)
    while let label = child {
      let chain = chains[Self.key(of: label, in: tree, seed)] ?? Chain()
      if chain.count < best?.count ?? .max { best = chain }
      child = tree.next(after: label)
    }
    return Candidates(links: links, place: best?.first ?? -1)
  }

  private static func key(of label: NodeID, in tree: Tree, _ seed: UInt64) -> Key {
    tree.withText(label) { text in
      text.withUnsafeBytes { bytes in
        Key(label: tree.key(label), value: ShortText(bytes).hash(seed: seed))
      }
    }
  }
}

extension InspectedBuild {
  /// The pods that have all of some labels, seen from a namespace.
  func pods(withLabels wanted: NodeID, from namespace: Symbol) -> [PodList.Pod] {
    let list = pods
    var found: [PodList.Pod] = []
    for place in podsByLabel.candidates(wanted, in: tree) {
      let pod = list.pods[place]
      guard mayBeEqual(self.namespace(of: pod.resource), namespace),
        missedLabel(wanted, pod.labels) == nil
      else { continue }
      found.append(pod)
    }
    return found
  }

  /// Whether a pod meets a selector with `matchLabels` and `matchExpressions`.
  func selectsPod(_ selector: NodeID, from namespace: Symbol) -> Bool {
    func fits(_ pod: PodList.Pod) -> Bool {
      mayBeEqual(self.namespace(of: pod.resource), namespace) && matches(selector, pod.labels)
    }
    if let wanted = tree.field(words.matchLabels, of: selector), tree.first(of: wanted) != nil {
      return podsByLabel.candidates(wanted, in: tree).contains { fits(pods.pods[$0]) }
    }
    return pods.pods.contains(where: fits)
  }
}
