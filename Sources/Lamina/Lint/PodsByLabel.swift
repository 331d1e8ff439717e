/// The pods of a build by their labels, so that what a selector selects is found without a look at all of them.
final class PodsByLabel {
  /// A label and its value, mixed. What is found is compared.
  private struct Key: NumberedKey {
    let label: Symbol
    let value: UInt64

    func mix(into hash: inout NumberHash) {
      hash.combine(UInt64(label.raw))
      hash.combine(value)
    }
  }

  private var places = NumberTable<Key, ContiguousArray<Int>>()

  init(_ build: InspectedBuild) {
    let tree = build.tree
    let pods = build.pods
    for (index, pod) in pods.pods.enumerated() {
      guard let labels = pods.labels(of: pod, in: tree) else { continue }
      var child = tree.first(of: labels)
      while let label = child {
        places[Self.key(of: label, in: tree), default: []].append(index)
        child = tree.next(after: label)
      }
    }
  }

  /// The pods that have the rarest of some labels; none for no labels.
  func candidates(_ wanted: NodeID, in tree: Tree) -> ContiguousArray<Int> {
    var best: ContiguousArray<Int>?
    var child = tree.first(of: wanted)
    while let label = child {
      let found = places[Self.key(of: label, in: tree)] ?? []
      if found.count < best?.count ?? .max { best = found }
      child = tree.next(after: label)
    }
    return best ?? []
  }

  private static func key(of label: NodeID, in tree: Tree) -> Key {
    tree.withText(label) { text in
      var hash = NumberHash(seed: UInt64(text.count))
      for index in text.indices { hash.combine(UInt64(text[index])) }
      return Key(label: tree.key(label), value: hash.value)
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
        missedLabel(wanted, list.labels(of: pod, in: tree)) == nil
      else { continue }
      found.append(pod)
    }
    return found
  }

  /// Whether a pod meets a selector with `matchLabels` and `matchExpressions`.
  func selectsPod(_ selector: NodeID, from namespace: Symbol) -> Bool {
    func fits(_ pod: PodList.Pod) -> Bool {
      mayBeEqual(self.namespace(of: pod.resource), namespace)
        && matches(selector, pods.labels(of: pod, in: tree))
    }
    if let wanted = tree.field(words.matchLabels, of: selector), tree.first(of: wanted) != nil {
      return podsByLabel.candidates(wanted, in: tree).contains { fits(pods.pods[$0]) }
    }
    return pods.pods.contains(where: fits)
  }
}
