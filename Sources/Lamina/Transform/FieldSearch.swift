/// Finds out which of many field specs have anything to do in an object, in one walk through it.
///
/// A step may know dozens of fields of a kind, of which an object has a handful, and most of their
/// paths begin alike. They are laid side by side in a trie, so that
///
///     spec/template/spec/containers/envFrom/configMapRef/name
///     spec/template/spec/containers/envFrom/secretRef/name
///     spec/template/spec/volumes/configMap/name
///
/// are all done with where `template` is missing. Nothing is changed here. The specs that are found are
/// then walked one by one and in their order (`FieldWalk`), as if all of them were.
struct FieldSearch: Sendable {
  /// A step that one or more paths share.
  private struct Branch: Sendable {
    let key: Symbol
    /// The specs whose paths lead through here, as a part of `order`.
    let specs: Range<Int>
    /// One of them makes what is missing.
    let creates: Bool
    var children = 0..<0
  }

  /// The root, which stands for no step, comes first.
  private var branches: ContiguousArray<Branch> = []
  /// The specs sorted by their paths.
  private var order: [Int]
  /// Some path has a part that is an error in a mapping, or leads on from where another one ends, and what
  /// is written there may be in its way: then all specs count as found.
  private var findsAll = false

  /// Longer paths are not worth a trie, whose branches are made and searched by recursion.
  private static let longestPath = 64

  /// - Parameters:
  ///   - specs: fields of objects of one type.
  ///   - createsFields: the walks make what is missing, where the specs say so.
  init(_ specs: [FieldSpec], createsFields: Bool = true) {
    let creates = specs.map { createsFields && $0.create }
    let paths = specs.map { $0.path.steps.map(\.key) }
    order = paths.indices.sorted {
      paths[$0].lexicographicallyPrecedes(paths[$1], by: Self.precedes)
    }
    branches.append(Branch(key: .empty, specs: order.indices, creates: creates.contains(true)))
    let isOdd = specs.contains { spec in
      spec.path.steps.count > Self.longestPath
        || spec.path.steps.contains { $0.key.isEmpty || $0.isElement }
    }
    if isOdd {
      findsAll = true
    } else if !specs.isEmpty {
      addChildren(of: 0, at: 0, paths, creates)
    }
  }

  private static func precedes(_ a: Symbol, _ b: Symbol) -> Bool { a.raw < b.raw }

  /// Makes the branches below one, for the steps at some depth.
  private mutating func addChildren(
    of parent: Int, at depth: Int, _ paths: [[Symbol]], _ creates: [Bool]
  ) {
    let specs = branches[parent].specs
    let ended = specs.count { paths[order[$0]].count == depth }
    if ended > 0, ended < specs.count { findsAll = true }
    if ended > 0 { return }
    let first = branches.count
    var start = specs.lowerBound
    for place in specs
    where place + 1 == specs.upperBound
      || paths[order[place + 1]][depth] != paths[order[start]][depth]
    {
      let own = start..<(place + 1)
      branches.append(
        Branch(
          key: paths[order[start]][depth], specs: own,
          creates: order[own].contains { creates[$0] }))
      start = place + 1
    }
    branches[parent].children = first..<branches.count
    for child in branches[parent].children { addChildren(of: child, at: depth + 1, paths, creates) }
  }

  /// Finds the specs, in their order, whose walk would reach a field, make one, or complain.
  ///
  /// This stays true while the walks write to what they reach. What `found` held before is taken out.
  func find(in root: NodeID, of tree: Tree, into found: inout [Int]) {
    found.removeAll(keepingCapacity: true)
    if findsAll { return found.append(contentsOf: order.indices) }
    if branches[0].children.isEmpty { return add(0, to: &found) }
    search(root, 0, in: tree, &found)
    if found.count > 1 { found.sort() }
  }

  /// - Parameter place: a branch that does not end here.
  private func search(_ node: NodeID, _ place: Int, in tree: Tree, _ found: inout [Int]) {
    // Lists in lists take no step. The walk will say that they are too deep.
    guard tree.stack.hasRoom else { return add(place, to: &found) }
    switch tree.shape(node) {
    case .mapping:
      for index in branches[place].children {
        guard let field = tree.field(branches[index].key, of: node) else {
          // What one spec makes, another one may reach.
          if branches[index].creates { add(index, to: &found) }
          continue
        }
        // Some specs change nulls on their way.
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

  private func add(_ branch: Int, to found: inout [Int]) {
    for place in branches[branch].specs where !found.contains(order[place]) {
      found.append(order[place])
    }
  }
}

/// The specs of a step by the types of objects that they are for.
struct FieldsByType: Sendable {
  /// The fields of one type. They are handed out for each object, which is to count one reference.
  final class Fields: Sendable {
    let specs: [FieldSpec]
    let search: FieldSearch

    init(_ specs: [FieldSpec], createsFields: Bool) {
      self.specs = specs
      search = FieldSearch(specs, createsFields: createsFields)
    }

    func find(in root: NodeID, of tree: Tree, into found: inout [Int]) {
      search.find(in: root, of: tree, into: &found)
    }
  }

  private let all: [FieldSpec]
  private let createsFields: Bool
  private var known = NumberTable<GroupVersionKind, Fields>()

  init(_ specs: [FieldSpec], createsFields: Bool = true) {
    all = specs
    self.createsFields = createsFields
  }

  mutating func fields(of type: GroupVersionKind) -> Fields {
    if let known = known[type] { return known }
    let fields = Fields(
      all.filter { type.isSelected(by: $0.type) }, createsFields: createsFields)
    known.updateValue(fields, forKey: type)
    return fields
  }
}
