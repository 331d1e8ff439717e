/// Finds out which of many paths of field specs lead to anything in an object, in one walk through it.
///
/// A step may know dozens of fields of a kind, of which an object has a handful, and most of their
/// paths begin alike. They are laid side by side in a trie, so that
///
///     spec/template/spec/containers/envFrom/configMapRef/name
///     spec/template/spec/containers/envFrom/secretRef/name
///     spec/template/spec/volumes/configMap/name
///
/// are all done with where `template` is missing. Nothing is changed here. The paths that are found are
/// then walked one by one and in their order (`FieldWalk`), as if all of them were. `FieldSearchTests` walks all of
/// them, too.
struct FieldSearch: Sendable {
  /// A step that one or more paths share.
  private struct Branch: Sendable {
    let key: Symbol
    /// The paths that lead through here, as a part of `order`.
    let paths: Range<Int>
    /// One of them makes what is missing.
    let creates: Bool
    var children = 0..<0
  }

  /// The root, which stands for no step, comes first.
  ///
  /// All branches in one array; the children of a branch stand side by side.
  private var branches: ContiguousArray<Branch> = []
  /// The numbers of the paths, which are sorted.
  private var order: [Int]
  /// Some path has a part that is an error in a mapping, or leads on from where another one ends, and what
  /// is written there may be in its way: then all paths count as found.
  private var findsAll = false

  /// Longer paths are not worth a trie, whose branches are made and searched by recursion.
  private static let longestPath = 64

  /// - Parameter fields: fields of objects of one type, and whether their walks make what is missing.
  init(_ fields: [(path: FieldPath, isCreated: Bool)]) {
    let creates = fields.map(\.isCreated)
    let paths = fields.map { $0.path.steps.map(\.key) }
    order = paths.indices.sorted {
      paths[$0].lexicographicallyPrecedes(paths[$1], by: Self.precedes)
    }
    branches.append(Branch(key: .empty, paths: order.indices, creates: creates.contains(true)))
    let isOdd = fields.contains { field in
      field.path.steps.count > Self.longestPath
        || field.path.steps.contains { $0.key.isEmpty || $0.isOfList }
    }
    if isOdd {
      findsAll = true
    } else if !fields.isEmpty {
      addChildren(of: 0, at: 0, paths, creates)
    }
  }

  /// By the number of the symbol: any order will do that brings equal steps together.
  private static func precedes(_ a: Symbol, _ b: Symbol) -> Bool { a.raw < b.raw }

  /// Makes the branches below one, for the steps at some depth.
  private mutating func addChildren(
    of parent: Int, at depth: Int, _ paths: [[Symbol]], _ creates: [Bool]
  ) {
    let range = branches[parent].paths
    let ended = range.count { paths[order[$0]].count == depth }
    if ended > 0, ended < range.count { findsAll = true }
    if ended > 0 { return }
    let first = branches.count
    var start = range.lowerBound
    for place in range
    where place + 1 == range.upperBound
      || paths[order[place + 1]][depth] != paths[order[start]][depth]
    {
      let own = start..<(place + 1)
      branches.append(
        Branch(
          key: paths[order[start]][depth], paths: own,
          creates: order[own].contains { creates[$0] }))
      start = place + 1
    }
    branches[parent].children = first..<branches.count
    for child in branches[parent].children { addChildren(of: child, at: depth + 1, paths, creates) }
  }

  /// Finds the paths, in their order, whose walk would reach a field, make one, or complain.
  ///
  /// This stays true while the walks write to what they reach. What `found` held before is taken out.
  func find(in root: NodeID, of tree: Tree, into found: inout [Int]) {
    found.removeAll(keepingCapacity: true)
    if findsAll { return found.append(contentsOf: order.indices) }
    if branches[0].children.isEmpty { return add(0, to: &found) }
    search(root, 0, in: tree, &found)
    if found.count > 1 { found.sort() }
    if found.count > Self.fewPaths { Self.removeRepetitions(from: &found) }
  }

  /// Goes down the trie and the object together.
  ///
  /// - Parameter place: a branch that does not end here.
  private func search(_ node: NodeID, _ place: Int, in tree: Tree, _ found: inout [Int]) {
    // Lists in lists take no step. The walk will say that they are too deep.
    guard tree.stack.hasRoom else { return add(place, to: &found) }
    switch tree.shape(node) {
    case .mapping:
      for index in branches[place].children {
        guard let field = tree.field(branches[index].key, of: node) else {
          // What one walk makes, another one may reach.
          if branches[index].creates { add(index, to: &found) }
          continue
        }
        // Some walks change nulls on their way.
        if branches[index].children.isEmpty || tree.isNull(field) {
          add(index, to: &found)
        } else {
          search(field, index, in: tree, &found)
        }
      }
    case .sequence:
      var element = tree.first(of: node)
      while let current = element {
        search(current, place, in: tree, &found)
        element = tree.next(after: current)
      }
    case .scalar:
      if !tree.isNull(node) { add(place, to: &found) }
    }
  }

  /// Counts all paths of a branch as found.
  ///
  /// A list leads to the same paths with each of its elements. Among a few, a path that was found is
  /// recognised at once; among many that would be a search for each, and they are sorted out at the end.
  private func add(_ branch: Int, to found: inout [Int]) {
    for place in branches[branch].paths
    where found.count > Self.fewPaths || !found.contains(order[place]) {
      found.append(order[place])
    }
  }

  private static let fewPaths = 16

  /// - Parameter found: in rising order.
  private static func removeRepetitions(from found: inout [Int]) {
    var count = 1
    for index in found.indices.dropFirst() where found[index] != found[count - 1] {
      found[count] = found[index]
      count += 1
    }
    found.removeSubrange(count...)
  }
}
