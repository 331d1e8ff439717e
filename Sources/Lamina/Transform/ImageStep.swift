internal import Pattern

/// `images`: another name, tag or digest for the container images of some names.
///
/// All entries are one step: looking for the images of an object is most of the work. What comes out
/// is what the entries one after the other would make.
///
/// For each image the entries are tried in their order, each on what the last one made of it. Since
/// no entry changes whether a node is an image, the nodes can be collected before the first change.
struct ImageStep: Sendable {
  private let changes: [Change]
  /// Which entries to try for an image.
  private let names: ImageNames
  /// The fields that hold images besides those of containers.
  private let fields: [FieldSpec]

  /// An object, so that handing it out counts one reference and not one for each text.
  private final class Change: Sendable {
    let wanted: ImageChange
    let plainName: PlainImageName?

    init(_ wanted: ImageChange) {
      self.wanted = wanted
      plainName = PlainImageName(wanted.name)
    }
  }

  /// The names that were read as regular expressions, which few images ask for.
  private struct Expressions {
    private let compatibility: Compatibility
    /// By entry; the inner nil is a name that cannot be read: it matches no image (upstream commit
    /// d32ba3f38; v5.8.1 crashes).
    private var patterns: [Int: Pattern?] = [:]
    /// What upstream's main branch compares with instead, for images with a digest that v5.8.1 does not
    /// match.
    private var patternsOfNext: [Int: Pattern?] = [:]
    /// The first entry that matches an image for upstream's main branch only.
    private(set) var matchesOfNext: Position?

    init(_ compatibility: Compatibility) { self.compatibility = compatibility }

    /// Whether an image is one of an entry's name. Plain names are compared without an expression
    /// where that is enough.
    mutating func matches(_ image: Span<UInt8>, _ change: Change, ofEntry entry: Int) -> Bool {
      if let isNamed = change.plainName?.isName(of: image) { return isNamed }
      if patterns[entry] == nil { patterns[entry] = .some(pattern(of: change.wanted)) }
      guard let pattern = patterns[entry] ?? nil else { return false }
      if pattern.matches(image) { return true }
      if compatibility == .stable { lookForMatchOfNext(image, change.wanted, ofEntry: entry) }
      return false
    }

    /// Nil where the name is no valid expression.
    private func pattern(of change: ImageChange) -> Pattern? {
      try? ImageReference.pattern(forName: change.name, compatibility)
    }

    /// Remembers that a later release would change an image that v5.8.1 leaves alone, for a
    /// warning. One is enough.
    private mutating func lookForMatchOfNext(
      _ image: Span<UInt8>, _ change: ImageChange, ofEntry entry: Int
    ) {
      guard matchesOfNext == nil, ImageReference(image).hasOtherDigest(in: image) else { return }
      if patternsOfNext[entry] == nil {
        patternsOfNext[entry] = .some(try? ImageReference.pattern(forName: change.name, .next))
      }
      if let pattern = patternsOfNext[entry] ?? nil, pattern.matches(image) {
        matchesOfNext = change.position
      }
    }
  }

  /// - Parameter changes: the entries, in the order of the kustomization.
  init(_ changes: [ImageChange], fields: [FieldSpec]) {
    self.changes = changes.map { Change($0) }
    names = ImageNames(changes.map(\.name))
    self.fields = fields
  }

  /// Finds the images of all objects, and then goes through them with all entries.
  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let writers = changes.map { change in
      let writer = workspace.tree.ledger.begin(.images, at: change.wanted.position)
      workspace.tree.noteRequest(writer, value: change.wanted.valuePosition)
      return writer
    }
    guard let first = writers.first else { return }
    // All entries look for images at once. What is wrong with an image is told of the first.
    workspace.tree.ledger.resume(first)
    var found: [NodeID] = []
    var places: [Int] = []
    var hasMatched = [Bool](repeating: false, count: changes.count)
    var fieldsByType = FieldsByType(fields, createsFields: false)
    for index in resources.indices {
      let (root, type) = (resources[index].root, resources[index].id.type)
      if type.kind == .customResourceDefinition { continue }
      try findContainers(below: root, &found, in: workspace.tree)
      let fields = fieldsByType.fields(of: type)
      fields.find(in: root, of: workspace.tree, into: &places)
      for place in places {
        let walk = FieldWalk(fields.specs[place], by: first)
        try walk.visit(root, in: &workspace.tree) { (field, tree) throws(Problem) in
          try add(field, to: &found, in: tree)
        }
      }
    }
    // To some images there are several ways, and each entry goes all of them.
    // Sorting brings equal nodes together. The order of changes does not matter, as no image
    // depends on another.
    found.sort { $0.raw < $1.raw }
    var expressions = Expressions(workspace.compatibility)
    var start = 0
    for index in found.indices where index + 1 == found.count || found[index + 1] != found[start] {
      update(
        found[index], times: index + 1 - start, by: writers, &expressions, &hasMatched,
        in: &workspace.tree)
      start = index + 1
    }
    for (entry, hasMatched) in hasMatched.enumerated() where !hasMatched {
      workspace.noteIdle(.image(changes[entry].wanted), writers[entry])
    }
    if let position = expressions.matchesOfNext {
      workspace.meet(.imageDigestAlgorithms, at: position)
    }
  }

  // MARK: - Finding

  /// Images are looked for in every list called `containers` or `initContainers`, in objects of any
  /// kind, before the field specs are asked (filters/imagetag/legacy.go).
  private func findContainers(
    below node: NodeID, _ found: inout [NodeID], in tree: Tree
  ) throws(Problem) {
    try tree.stack.check(at: tree.position(node))
    var child = tree.first(of: node)
    while let current = child {
      child = tree.next(after: current)
      let shape = tree.shape(current)
      if shape == .scalar { continue }
      try findContainers(below: current, &found, in: tree)
      let key = tree.key(current)
      if key == .containers || key == .initContainers, tree.shape(node) == .mapping,
        shape == .sequence
      {
        try findImages(of: current, &found, in: tree)
      }
    }
  }

  /// Adds the images of the elements of a list of containers. An element that is no mapping stops
  /// the build, as `yaml.Get` does there.
  private func findImages(
    of containers: NodeID, _ found: inout [NodeID], in tree: Tree
  ) throws(Problem) {
    var element = tree.first(of: containers)
    while let container = element {
      element = tree.next(after: container)
      if tree.isNull(container) { continue }
      guard tree.shape(container) == .mapping else {
        throw .notAMapping(at: tree.position(container))
      }
      if let image = tree.field(.image, of: container) { try add(image, to: &found, in: tree) }
    }
  }

  /// Values other than scalars are errors (filters/imagetag/updater.go `SetImageValue`).
  private func add(_ image: NodeID, to found: inout [NodeID], in tree: Tree) throws(Problem) {
    guard tree.shape(image) == .scalar else { throw .notAScalar(at: tree.position(image)) }
    found.append(image)
  }

  // MARK: - Changing

  /// Applies all entries to one image.
  ///
  /// - Parameters:
  ///   - times: how many ways lead to the image; the legacy filter and the field specs often find
  ///     the same one.
  ///   - writers: the edit of each entry.
  ///   - hasMatched: set for entries that matched, so that the others can be reported as idle.
  private func update(
    _ image: NodeID, times: Int, by writers: [Writer], _ expressions: inout Expressions,
    _ hasMatched: inout [Bool], in tree: inout Tree
  ) {
    var number = 0
    while let entry = tree.withText(image, { names.first(from: number, for: $0) }) {
      number = entry + 1
      let change = changes[entry]
      // Only a suffix is put on once more by each way.
      for _ in 0..<(change.wanted.tagSuffix.isEmpty ? 1 : times) {
        let isMatch = tree.withText(image) {
          expressions.matches($0, change, ofEntry: entry)
        }
        guard isMatch else { break }
        hasMatched[entry] = true
        let new = tree.withText(image) { ImageReference($0).text(of: $0, changedBy: change.wanted) }
        tree.setScalar(image, new.span, tag: .unresolved, by: writers[entry])
      }
    }
  }
}
