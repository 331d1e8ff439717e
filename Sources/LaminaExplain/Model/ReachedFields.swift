package import Lamina
package import LaminaDiff

/// The rendered fields that a line of a file reaches.
package struct ReachedFields: Sendable {
  package let file: String
  package let line: Int
  package let column: Int?
  /// A root reads the file.
  package var isRead = false
  package var roots: [Root] = []

  package init(file: String, line: Int, column: Int?) {
    self.file = file
    self.line = line
    self.column = column
  }

  package struct Root: Sendable {
    package let name: String
    package let objects: [Object]
    /// The objects that the line deletes.
    package let deleted: [RenderedResource.Identity]
  }

  package struct Object: Sendable {
    /// Its place among the resources of the root.
    let index: Int
    package let id: RenderedResource.Identity
    package let fields: [Field]
    /// All fields of the object are reached.
    package let isWhole: Bool
  }

  package struct Field: Sendable {
    package let path: ChangedPath
    /// The line's value is the one that is printed; it is not overwritten later.
    package let decides: Bool
    /// The line takes the field out.
    package let removes: Bool
  }
}

extension Explainer {
  /// The fields of the root that a line reaches; nil for none.
  ///
  /// - Parameter countsEntries: whether a line that is part of an entry reaches all that the entry does.
  package func reach(
    of line: BuildHistory.SourceLine, countsEntries: Bool = true
  ) -> ReachedFields.Root? {
    var found: [Found] = []
    var counts: [Int: Int] = [:]
    var lineReach = BuildHistory.LineReach(line, history)
    for index in resources.indices {
      let object = history.object(resources[index])
      // Most objects have nothing to do with a line, and paths cost more than to see that.
      guard lineReach.mayReachInto(object) else { continue }
      visit(resources[index]) { node, way in
        counts[index, default: 0] += 1
        guard lineReach.mayReach(node, in: object) else { return }
        let writes = history.writes(of: node, in: object)
        for (place, write) in writes.enumerated() {
          guard let closeness = history.closeness(of: line, to: write, of: node) else { continue }
          found.append(
            Found(
              index: index, path: way.path, closeness: closeness,
              decides: place == writes.count - 1, removes: false))
        }
      }
    }
    for (index, removals) in history.removals() {
      for removal in removals {
        guard
          let closeness = history.closeness(
            of: line, to: removal.removal, of: resources[index].root)
        else { continue }
        found.append(
          Found(
            index: index, path: way(removal.path, of: index).path.appending(removal.step),
            closeness: closeness, decides: true, removes: true))
      }
    }
    if history.isOperation(line) || !countsEntries {
      found.removeAll { $0.closeness.reach > .operation }
    }
    let deleted = deleted(by: line, found)
    if found.isEmpty, deleted.isEmpty { found = keys(on: line) }
    if found.isEmpty, deleted.isEmpty { return nil }
    return root(of: Self.closest(of: found), deleted, counts)
  }

  /// The objects that a line deletes: as a directive of a patch, or as an entry that has no more to do with any field.
  private func deleted(
    by line: BuildHistory.SourceLine, _ found: [Found]
  ) -> [RenderedResource.Identity] {
    let hasValue = found.contains { $0.closeness.reach == .value }
    return history.deletions().filter { deletion in
      let closeness = history.closeness(of: line, to: deletion.removal, of: deletion.node)
      return closeness.map { $0.reach == .value || $0.reach == .entry && !hasValue } ?? false
    }.map(\.id)
  }

  /// Those in which the line has the largest part, whatever that part is: `namespace: shop` is an entry for most
  /// objects, and the value itself in a subject. What a layer does to all objects counts only where nothing
  /// else does.
  private static func closest(of found: [Found]) -> [Found] {
    let closer = found.filter { $0.closeness.reach != .layer }
    let rest = closer.isEmpty ? found : closer
    let fewest = rest.map(\.closeness.lines).min()
    return rest.filter { $0.closeness.lines == fewest }
  }

  private struct Found {
    let index: Int
    let path: ChangedPath
    let closeness: BuildHistory.Closeness
    let decides: Bool
    let removes: Bool
  }

  private func root(
    of found: [Found], _ deleted: [RenderedResource.Identity], _ counts: [Int: Int]
  ) -> ReachedFields.Root {
    var objects: [ReachedFields.Object] = []
    let foundOf = Dictionary(grouping: found, by: \.index)
    for index in foundOf.keys.sorted() {
      var fields: [ReachedFields.Field] = []
      var places: [ChangedPath: Int] = [:]
      for field in foundOf[index] ?? [] {
        if let place = places[field.path] {
          // A value that the line wrote twice is decided by the last write.
          fields[place] = ReachedFields.Field(
            path: field.path, decides: fields[place].decides || field.decides,
            removes: field.removes)
          continue
        }
        places[field.path] = fields.count
        fields.append(
          ReachedFields.Field(path: field.path, decides: field.decides, removes: field.removes))
      }
      if fields.isEmpty { continue }
      objects.append(
        ReachedFields.Object(
          index: index, id: identities[index], fields: fields,
          isWhole: fields.count == counts[index] ?? 0))
    }
    return ReachedFields.Root(name: self.root, objects: objects, deleted: deleted)
  }

  /// The collections whose keys stand on a line.
  private func keys(on line: BuildHistory.SourceLine) -> [Found] {
    var found: [Found] = []
    for index in resources.indices {
      var rest: [(node: NodeID, way: Way)] = [(resources[index].root, Way(path: ChangedPath()))]
      while let (node, way) = rest.popLast() {
        if history.isScalar(node) { continue }
        if let place = history.keyPlace(of: node), place.line == line.line,
          line.files.contains(place.file), !way.path.steps.isEmpty
        {
          found.append(
            Found(
              index: index, path: way.path,
              closeness: BuildHistory.Closeness(reach: .value, lines: 1), decides: true,
              removes: false))
          continue
        }
        rest += children(of: node, way).reversed()
      }
    }
    return found
  }
}

extension ChangedPath {
  fileprivate func appending(_ step: BuildHistory.Removal.Step) -> ChangedPath {
    var path = self
    switch step {
    case .key(let key): path.steps.append(.key(key))
    case .element(let name):
      path.steps.append(.element(name.map { [.init(key: "name", value: $0)] } ?? []))
    }
    return path
  }
}
