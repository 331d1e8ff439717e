/// What happened to the values of a rendering on their way through the layers, read from the ledger of a build that
/// kept it (`RenderOptions.recordsChanges`).
///
/// The ledger lists changes in the order in which they were made. Here they are sorted by the node that they are
/// about, and each node gets the collection that holds it, so that the way of one value costs little.
package struct BuildHistory: Sendable {
  let stage: FinalStage
  /// The tree, with the stack of this thread.
  package let tree: Tree
  var ledger: Ledger { tree.ledger }
  /// The numbers of the changes that wrote or added a node, by node, the oldest first. Removals are about the
  /// collection that held a value, of which one may have thousands; they are found by field.
  private let order: ContiguousArray<UInt32>
  /// The numbers of the removals of each field, the oldest first.
  private let removalsOfFields: [RemovedField: [Int]]
  /// Whether a node, or what it was copied from, was ever changed: of most nodes nothing else need be looked up.
  private let isChanged: ContiguousArray<Bool>
  /// The collection that holds each node, or held it last; 0 for none.
  private let parents: ContiguousArray<UInt32>
  /// The node is a part of what is printed.
  private let isPrinted: ContiguousArray<Bool>
  /// The resources by their roots.
  private let owners: [NodeID: Int]
  /// The layers from that of each visit up to the root, by the number of the visit.
  private let ways: [[FieldWrite.Layer]]

  private struct RemovedField: Hashable {
    let collection: NodeID
    let key: Symbol
  }

  package init(_ rendering: Rendering) {
    stage = rendering.stage
    tree = stage.tree.onThisThread()
    let changes = tree.ledger.changes
    var numbers: [UInt64] = []
    var removals: [RemovedField: [Int]] = [:]
    var isChanged = ContiguousArray(repeating: false, count: tree.nodes.count)
    for (number, change) in changes.enumerated() {
      if change.kind == .removed {
        if change.key.isEmpty { continue }
        removals[RemovedField(collection: change.node, key: change.key), default: []].append(number)
      } else {
        numbers.append(UInt64(change.node.raw) << 32 | UInt64(number))
        isChanged[Int(change.node.raw)] = true
      }
    }
    order = ContiguousArray(numbers.sorted().lazy.map { UInt32(truncatingIfNeeded: $0) })
    removalsOfFields = removals
    tree.ledger.trace.forEachCopy { copy, original in
      if isChanged[original] { isChanged[copy] = true }
    }
    self.isChanged = isChanged
    (parents, isPrinted) = Self.parents(in: tree, below: stage.resources)
    var owners: [NodeID: Int] = [:]
    for (index, resource) in stage.resources.enumerated() { owners[resource.root] = index }
    self.owners = owners
    ways = Self.ways(tree.ledger, stage.sources)
  }

  private static func ways(_ ledger: Ledger, _ sources: SourceMap) -> [[FieldWrite.Layer]] {
    ledger.visits.indices.map { number in
      ledger.way(from: VisitID(raw: UInt32(truncatingIfNeeded: number))).map { visit in
        FieldWrite.Layer(
          directory: visit.directory, asked: sources.location(of: visit.position),
          position: visit.position)
      }
    }
  }

  func way(from visit: VisitID?) -> [FieldWrite.Layer] {
    guard let visit, ways.indices.contains(Int(visit.raw)) else { return [] }
    return ways[Int(visit.raw)]
  }

  /// All nodes have a parent first, also those that were taken out; two nodes may share their children after one
  /// was overwritten with the other, so that what is printed comes last.
  private static func parents(
    in tree: Tree, below resources: [Resource]
  ) -> (parents: ContiguousArray<UInt32>, isPrinted: ContiguousArray<Bool>) {
    var parents = ContiguousArray<UInt32>(repeating: 0, count: tree.nodes.count)
    var isPrinted = ContiguousArray(repeating: false, count: tree.nodes.count)
    func adopt(_ parent: UInt32) {
      let node = tree.nodes[Int(parent)]
      if node.shape == .scalar { return }
      var child = node.first
      while child != 0 {
        parents[Int(child)] = parent
        child = tree.nodes[Int(child)].next
      }
    }
    for number in tree.nodes.indices.dropFirst() {
      adopt(UInt32(truncatingIfNeeded: number))
    }
    for change in tree.ledger.changes where change.kind == .removed {
      let child = Int(change.other.raw)
      if parents[child] == 0 { parents[child] = change.node.raw }
    }
    var rest = resources.map(\.root.raw)
    for root in rest { isPrinted[Int(root)] = true }
    while let parent = rest.popLast() {
      let node = tree.nodes[Int(parent)]
      if node.shape == .scalar { continue }
      var child = node.first
      while child != 0 {
        parents[Int(child)] = parent
        isPrinted[Int(child)] = true
        if tree.nodes[Int(child)].shape != .scalar { rest.append(child) }
        child = tree.nodes[Int(child)].next
      }
    }
    return (parents, isPrinted)
  }

  // MARK: - Nodes

  func parent(of node: NodeID) -> NodeID? {
    let parent = parents[Int(node.raw)]
    return parent == 0 ? nil : NodeID(raw: parent)
  }

  /// The resource that a node belongs to; nil for one that is not printed.
  func owner(of node: NodeID) -> Int? {
    guard isPrinted[Int(node.raw)] else { return nil }
    var current = node
    // No tree is as deep as it has nodes; a ring would be a mistake of the ledger's.
    for _ in 0..<parents.count {
      if let owner = owners[current] { return owner }
      guard let parent = parent(of: current) else { return nil }
      current = parent
    }
    return nil
  }

  /// The way from the root of a node's object to the node.
  func path(of node: NodeID) -> [FieldStep] {
    var path: [FieldStep] = []
    var current = node
    while let parent = parent(of: current), path.count < parents.count {
      path.append(step(to: current, in: parent))
      if owners[current] != nil { break }
      current = parent
    }
    return path.reversed()
  }

  private func step(to node: NodeID, in parent: NodeID) -> FieldStep {
    if tree.shape(parent) == .mapping { return .key(tree.symbols.string(tree.key(node))) }
    return .index(tree.children(of: parent).firstIndex(of: node) ?? 0)
  }

  // MARK: - Changes

  /// The numbers of the removals of a field before a change, the oldest first.
  func removals(ofField key: Symbol, of mapping: NodeID, before limit: Int) -> [Int] {
    let numbers = removalsOfFields[RemovedField(collection: mapping, key: key)] ?? []
    return numbers.filter { $0 < limit }
  }

  /// Nothing has written or added the value itself since its file was read.
  func isUnchanged(_ node: NodeID) -> Bool { !isChanged[Int(node.raw)] }

  /// The place in `order` of the first change of a node that is not before another one.
  private func start(of node: UInt32, in changes: ContiguousArray<Ledger.Change>) -> Int {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[Int(order[middle])].node.raw < node { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The number of the last change that wrote or added a node, or what it was copied from; nil for none.
  func lastChange(of node: NodeID) -> Int? {
    if isUnchanged(node) { return nil }
    let changes = ledger.changes
    let last = start(of: node.raw + 1, in: changes) - 1
    if last >= 0, changes[Int(order[last])].node == node { return Int(order[last]) }
    return allChanges(of: node).last
  }

  /// The number of the change that wrote or added a node, where there is just one, and the node is no copy.
  func onlyChange(of node: NodeID) -> Int? {
    let changes = ledger.changes
    let first = start(of: node.raw, in: changes)
    guard first < order.count, changes[Int(order[first])].node == node,
      first + 1 == order.count || changes[Int(order[first + 1])].node != node,
      ledger.trace.original(of: node) == nil
    else { return nil }
    return Int(order[first])
  }

  /// The numbers of the changes that wrote or added a node, before one of them.
  func changes(of node: NodeID, before limit: Int = .max) -> [Int] {
    let changes = ledger.changes
    var low = start(of: node.raw, in: changes)
    var result: [Int] = []
    while low < order.count, changes[Int(order[low])].node == node, Int(order[low]) < limit {
      result.append(Int(order[low]))
      low += 1
    }
    return result
  }

  /// The same with those of the nodes that it was copied from, as long as they were not copied yet.
  func allChanges(of node: NodeID, before limit: Int = .max) -> [Int] {
    if !isChanged[Int(node.raw)] { return [] }
    var parts = [changes(of: node, before: limit)]
    var (current, limit) = (node, limit)
    while let original = ledger.trace.original(of: current), original.node != current {
      limit = min(limit, original.changes)
      current = original.node
      parts.append(changes(of: current, before: limit))
    }
    return parts.reversed().flatMap { $0 }
  }

  func location(_ position: Position) -> Diagnostic.Location? {
    stage.sources.location(of: position)
  }
}

extension SourceMap {
  fileprivate func location(of position: Position) -> Diagnostic.Location? {
    place(of: position).map {
      Diagnostic.Location(file: $0.path, line: $0.line, column: $0.column)
    }
  }
}
