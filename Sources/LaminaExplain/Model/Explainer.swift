package import Lamina
package import LaminaDiff

/// Explains the objects of one rendering, whose build kept its changes (`RenderOptions.recordsChanges`).
package struct Explainer: Sendable {
  package let root: String
  package let resources: [RenderedResource]
  package let history: BuildHistory
  /// What the objects are called, without values that were copied there from Secrets.
  package let identities: [RenderedResource.Identity]
  let tree: Tree
  let bytes: [UInt8]
  let showsSecrets: Bool
  private let removals: [Int: [BuildHistory.Removal]]

  package init(_ rendering: Rendering, root: String, showsSecrets: Bool) {
    self.root = root
    self.showsSecrets = showsSecrets
    resources = rendering.resources
    history = BuildHistory(rendering)
    tree = history.tree
    let shownHistory = history
    identities = resources.map {
      showsSecrets ? $0.id : shownHistory.identityWithoutSecrets(of: $0)
    }
    bytes = rendering.bytes
    removals = history.removals()
  }

  /// What to say of an object.
  package enum Extent: Sendable {
    /// The fields that something else than the file of the object wrote.
    case changed
    case fields(FieldQuery)
    /// All fields.
    case whole
    /// The object's lines, each with all of its writes.
    case lines
    /// The object alone.
    case head
  }

  package func object(at index: Int, _ extent: Extent) -> ExplainedObject {
    object(at: index, extent, history.object(resources[index]))
  }

  func object(
    at index: Int, _ extent: Extent, _ object: BuildHistory.Object
  ) -> ExplainedObject {
    let resource = resources[index]
    var fields: [ExplainedField] = []
    if extent.isOfFields {
      visit(resource, isSearched: extent.hasQuery) { node, path in
        switch extent {
        case .changed: if history.isAsWritten(node, in: object) { return }
        case .fields(let query): if !query.matches(path) { return }
        case .whole, .lines, .head: break
        }
        fields.append(field(node, path, history.writes(of: node, in: object), of: index))
      }
    }
    if case .fields(let query) = extent, fields.isEmpty,
      let (node, path) = collection(query, of: resource)
    {
      fields = [field(node, path, history.writes(of: node), of: index)]
    }
    var removed = (removals[index] ?? []).map { self.removed($0, of: index) }
    if case .fields(let query) = extent { removed = removed.filter { query.matches($0.path) } }
    return ExplainedObject(
      id: identities[index], index: index, place: resource.origin,
      arrival: object.arrival.map { explained($0, shape: .mapping, isSecret: false) },
      fields: fields,
      removed: removed.map(\.field), lines: extent.isOfLines ? lines(of: index, object) : nil,
      hashed: hashed(index, in: fields))
  }

  // MARK: - Going through an object

  /// A way to a value as it is printed and as it is asked for.
  package struct Way: Sendable {
    package var steps: [Step] = []
    package var path: ChangedPath

    package init(path: ChangedPath) { self.path = path }

    package enum Step: Sendable {
      case key(String)
      case element(index: Int, fields: [ByteText: String])
    }
  }

  /// Goes through the scalars and the empty collections of an object.
  ///
  /// - Parameter isSearched: a query is held to the ways, which otherwise have no `steps`.
  package func visit(
    _ resource: RenderedResource, isSearched: Bool = false, _ body: (NodeID, Way) -> Void
  ) {
    var rest: [(node: NodeID, way: Way)] = [(resource.root, Way(path: ChangedPath()))]
    while let (node, way) = rest.popLast() {
      if tree.shape(node) == .scalar || tree.first(of: node) == nil {
        body(node, way)
        continue
      }
      rest += children(of: node, way, isSearched: isSearched).reversed()
    }
  }

  /// Goes through all values of an object, collections among them.
  private func visitAll(_ resource: RenderedResource, _ body: (NodeID, Way) -> Void) {
    var rest: [(node: NodeID, way: Way)] = [(resource.root, Way(path: ChangedPath()))]
    while let (node, way) = rest.popLast() {
      body(node, way)
      if tree.shape(node) != .scalar { rest += children(of: node, way, isSearched: false) }
    }
  }

  /// The values of a collection with the ways that lead to them.
  package func children(
    of node: NodeID, _ way: Way, isSearched: Bool = true
  ) -> [(node: NodeID, way: Way)] {
    let children = tree.children(of: node)
    if tree.shape(node) == .mapping {
      return children.map { child in
        var next = way
        let key = tree.symbols.string(tree.key(child))
        if isSearched { next.steps.append(.key(key)) }
        next.path.steps.append(.key(shownKey(of: child)))
        return (child, next)
      }
    }
    let names = children.map { name(of: $0) }
    var counts: [ByteText: Int] = [:]
    for name in names { if let name { counts[name, default: 0] += 1 } }
    return children.enumerated().map { index, child in
      var next = way
      if isSearched { next.steps.append(.element(index: index, fields: scalars(of: child))) }
      if let name = names[index], counts[name] == 1 {
        next.path.steps.append(.element([.init(key: "name", value: name)]))
      } else {
        next.path.steps.append(.index(index))
      }
      return (child, next)
    }
  }

  private func name(of element: NodeID) -> String? {
    guard tree.shape(element) == .mapping else { return nil }
    let name = tree.children(of: element).first { tree.symbols.string(tree.key($0)) == "name" }
    return name.flatMap {
      let isShown = tree.shape($0) == .scalar && !isCopiedSecret(history.isSecret($0))
      return isShown ? tree.string($0) : nil
    }
  }

  private func scalars(of element: NodeID) -> [ByteText: String] {
    guard tree.shape(element) == .mapping else {
      return tree.shape(element) == .scalar ? [ByteText(""): tree.string(element)] : [:]
    }
    var result: [ByteText: String] = [:]
    for child in tree.children(of: element) where tree.shape(child) == .scalar {
      result[tree.symbols.string(tree.key(child))] = tree.string(child)
    }
    return result
  }

  /// The collection that a query means, if no scalar is below it.
  private func collection(
    _ query: FieldQuery, of resource: RenderedResource
  ) -> (NodeID, Way)? {
    var rest: [(node: NodeID, way: Way)] = [(resource.root, Way(path: ChangedPath()))]
    while let (node, way) = rest.popLast() {
      if query.matches(way) { return (node, way) }
      if tree.shape(node) != .scalar { rest += children(of: node, way) }
    }
    return nil
  }

  /// All paths of an object, for suggestions.
  package func paths(of index: Int) -> [String] {
    var result: [String] = []
    var rest: [(node: NodeID, way: Way)] = [(resources[index].root, Way(path: ChangedPath()))]
    while let (node, way) = rest.popLast() {
      if !way.path.steps.isEmpty { result.append(way.path.description) }
      if tree.shape(node) != .scalar { rest += children(of: node, way).reversed() }
    }
    return result
  }

  // MARK: - Making the parts

  private func field(
    _ node: NodeID, _ way: Way, _ writes: [FieldWrite], of index: Int
  ) -> ExplainedField {
    let isSecret = isSecret(way.path, of: index)
    return ExplainedField(
      path: way.path,
      value: value(of: node, isSecret: isSecret || isCopiedSecret(history.isSecret(node))),
      writes: writes.map { explained($0, shape: tree.shape(node), isSecret: isSecret) })
  }

  private func removed(
    _ removal: BuildHistory.Removal, of index: Int
  ) -> (field: RemovedField, path: Way) {
    var way = self.way(removal.path, of: index)
    var shape = Node.Shape.mapping
    if removal.text != nil { shape = .scalar }
    switch removal.step {
    case .key(let key):
      way.steps.append(.key(key))
      way.path.steps.append(.key(key))
    case .element(let name?):
      let step = ChangedPath.Step.KeyValue(
        key: removal.text == nil ? "name" : "", value: name)
      way.steps.append(.element(index: -1, fields: [ByteText(step.key): name]))
      way.path.steps.append(.element([step]))
    case .element(nil):
      way.steps.append(.element(index: -1, fields: [:]))
      way.path.steps.append(.element([]))
    }
    let isSecret = isSecret(way.path, of: index)
    let writes = removal.writes.map { explained($0, shape: shape, isSecret: isSecret) }
    let isHidden = isSecret || isCopiedSecret(removal.writes.last?.isSecret ?? false)
    let value = removal.text.map { isHidden ? ShownValue.secret($0.utf8.count) : .text($0) }
    return (
      RemovedField(
        path: way.path, value: value ?? .mapping, writes: writes,
        removal: explained(removal.removal, shape: shape, isSecret: isSecret)),
      way
    )
  }

  /// The way that some steps lead, as it is printed.
  package func way(_ steps: [FieldStep], of index: Int) -> Way {
    var (node, way) = (resources[index].root, Way(path: ChangedPath()))
    for step in steps {
      let next = children(of: node, way).first { child in
        switch (step, child.way.steps.last) {
        case (.key(let wanted), .key(let key)): wanted.hasBytes(of: key)
        case (.index(let wanted), .element(let index, _)): wanted == index
        default: false
        }
      }
      guard let next else { break }
      (node, way) = next
    }
    return way
  }

  private func value(of node: NodeID, isSecret: Bool) -> ShownValue {
    switch tree.shape(node) {
    case .mapping: .mapping
    case .sequence: .list
    case .scalar:
      isSecret
        ? .secret(tree.string(node).utf8.count)
        : (tree.meaning(of: node) == .null ? .null : .text(tree.string(node)))
    }
  }

  func explained(
    _ write: FieldWrite, shape: Node.Shape, isSecret: Bool
  ) -> ExplainedWrite {
    let isHidden = isSecret || isCopiedSecret(write.isSecret)
    let value: ShownValue =
      write.text.map { isHidden ? .secret($0.utf8.count) : .text($0) }
      ?? (shape == .sequence ? .list : .mapping)
    let followed = write.followed.map { followed in
      ExplainedWrite.Followed(
        object: followed.resource.map { identities[$0] }, index: followed.resource,
        path: followed.resource.map { way(followed.path, of: $0).path } ?? ChangedPath(),
        place: followed.place)
    }
    return ExplainedWrite(write: write, value: value, followed: followed)
  }

  func isSecret(_ path: ChangedPath, of index: Int) -> Bool {
    guard !showsSecrets, isOfKindSecret(index), case .key(let first)? = path.steps.first else {
      return false
    }
    if first == "data" || first == "stringData" { return true }
    // kubectl puts the whole object there.
    guard path.steps.count == 3, case .key(let last) = path.steps[2] else { return false }
    return last == "kubectl.kubernetes.io/last-applied-configuration"
  }

  /// Asked of the object itself, as the kind may be a value that is not shown.
  func isOfKindSecret(_ index: Int) -> Bool { resources[index].id.kind == "Secret" }

  /// The names that an object had before; none where the present one is not shown, of which they may be parts.
  package func formerNames(of index: Int) -> [String] {
    let isShown = identities[index].name.hasBytes(of: resources[index].id.name)
    return isShown ? history.formerNames(of: index) : []
  }

  /// A value that replacements or vars copied from a Secret is masked where they put it, too.
  func isCopiedSecret(_ isCopy: Bool) -> Bool { isCopy && !showsSecrets }

  /// The entries that a hash is made of, where the name ends with one.
  private func hashed(_ index: Int, in fields: [ExplainedField]) -> [ExplainedField] {
    let name = fields.first { $0.path.description == "metadata.name" }
    guard let name, name.writes.contains(where: { $0.write.kind == "contentHash" }) else {
      return []
    }
    var result: [ExplainedField] = []
    visit(resources[index]) { node, way in
      guard case .key(let first)? = way.path.steps.first,
        ["data", "binaryData", "stringData", "type"].contains(first)
      else { return }
      result.append(field(node, way, history.writes(of: node), of: index))
    }
    return result
  }

  // MARK: - Lines

  private func lines(of index: Int, _ object: BuildHistory.Object) -> [ExplainedLine] {
    let resource = resources[index]
    var places: [NodeID: ChangedPath] = [:]
    let hidesData = !showsSecrets && isOfKindSecret(index)
    if hidesData { visitAll(resource) { node, way in places[node] = way.path } }
    return history.lines(of: resource).compactMap { line in
      let shape = tree.shape(line.node)
      let isOwn = places[line.node].map { self.isSecret($0, of: index) } ?? false
      // A list may stand where a value was: its line shows nothing, but what was there before is one.
      let isText = shape == .scalar || tree.first(of: line.node) == nil
      let isSecret =
        isOwn && isText || shape == .scalar && isCopiedSecret(history.isSecret(line.node))
      if isSecret, line.isContinued { return nil }
      var text = String(decoding: bytes[line.range], as: UTF8.self)
      if isSecret { text = masked(text, of: line.node) }
      if line.isContinued {
        return ExplainedLine(text: text, writes: [], place: nil)
      }
      let writes = history.writes(of: line.node, in: object)
        .map { explained($0, shape: shape, isSecret: isOwn || isSecret) }
      let isHeld = shape != .scalar && writes.last?.write.place != nil
      return ExplainedLine(
        text: text, writes: writes,
        place: isHeld ? history.keyPlace(of: line.node) : writes.last?.write.origin)
    }
  }
}

extension Explainer {
  /// The key of a value, unless it may be a part of a value itself.
  private func shownKey(of node: NodeID) -> String {
    let key = tree.symbols.string(tree.key(node))
    let isHidden = !showsSecrets && history.isSecretKey(of: node)
    return isHidden ? ManifestValue.words(forSecretOf: key.utf8.count) : key
  }

  /// The line of a value without the value.
  func masked(_ line: String, of node: NodeID) -> String {
    var rest = line.drop { $0 == " " }
    while rest.begins(with: "- ") { rest = rest.dropFirst(2).drop { $0 == " " } }
    let key = shownKey(of: node)
    return line.prefix(line.count - rest.count) + (key.isEmpty ? "" : key + ": ")
      + ManifestValue.words(forSecretOf: tree.string(node).utf8.count)
  }
}

extension Explainer.Extent {
  fileprivate var hasQuery: Bool {
    if case .fields = self { true } else { false }
  }

  fileprivate var isOfLines: Bool {
    if case .lines = self { true } else { false }
  }

  fileprivate var isOfFields: Bool {
    switch self {
    case .changed, .fields, .whole: true
    case .lines, .head: false
    }
  }
}
