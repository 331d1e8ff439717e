/// What layers took out.
extension BuildHistory {
  /// A field or an element that is not printed any more.
  package struct Removal: Sendable {
    /// The collection that held it.
    package let path: [FieldStep]
    package let step: Step
    /// Its text, if it was a scalar.
    package let text: String?
    /// What happened to it before.
    package let writes: [FieldWrite]
    /// What took it out.
    package let removal: FieldWrite

    package enum Step: Sendable {
      case key(String)
      /// An element of a list, by its name if it has one, or else by its text.
      case element(name: String?)
    }
  }

  /// An object that is not printed any more.
  package struct Deletion: Sendable {
    package let id: RenderedResource.Identity
    package let removal: FieldWrite
    /// Its first field, by which the ledger knows it.
    package let node: NodeID
  }

  /// The removals from each resource, by the places of the resources in the rendering.
  package func removals() -> [Int: [Removal]] {
    var result: [Int: [Removal]] = [:]
    for (number, change) in ledger.changes.enumerated() where change.kind == .removed {
      guard !isDeletion(change), let owner = owner(of: change.node),
        isGone(change, number)
      else { continue }
      result[owner, default: []].append(removal(change, number))
    }
    return result
  }

  /// The objects that patches deleted.
  package func deletions() -> [Deletion] {
    ledger.changes.enumerated().filter { isDeletion($1) }.map { number, change in
      Deletion(
        id: identity(ofFieldsFrom: change.other), removal: removalWrite(change),
        node: change.other)
    }
  }

  /// Of a deleted object, the ledger has the root, and the first of its fields.
  private func isDeletion(_ change: Ledger.Change) -> Bool {
    change.kind == .removed && change.key.isEmpty && tree.shape(change.node) == .mapping
  }

  /// Nothing has taken the place of what was removed, and its edit did not bring it.
  private func isGone(_ change: Ledger.Change, _ number: Int) -> Bool {
    let child = change.other
    let changes = ledger.changes
    if owner(of: child) != nil { return false }
    if self.changes(of: child).contains(where: {
      changes[$0].kind == .added && changes[$0].edit == change.edit
    }) {
      return false
    }
    if !change.key.isEmpty {
      return tree.shape(change.node) != .mapping || tree.field(change.key, of: change.node) == nil
    }
    guard number + 1 < changes.count else { return true }
    let next = changes[number + 1]
    return next.kind != .added || next.other != change.node || next.edit != change.edit
  }

  private func removal(_ change: Ledger.Change, _ number: Int) -> Removal {
    let child = change.other
    let text = change.text.map { String(decoding: tree.bytes($0), as: UTF8.self) }
    let isKey = !change.key.isEmpty
    let name = tree.field(.name, of: child).map { tree.string($0) } ?? text
    return Removal(
      path: path(of: change.node),
      step: isKey ? .key(shownKey(change.key, of: child)) : .element(name: name), text: text,
      writes: writes(of: child, before: number), removal: removalWrite(change))
  }

  private func shownKey(_ key: Symbol, of child: NodeID) -> String {
    ledger.isSecretKey(key) && tree.hasSecretKey(child)
      ? SecretLines.mask : tree.symbols.string(key)
  }

  private func removalWrite(_ change: Ledger.Change) -> FieldWrite {
    makeWrite(
      writer: .none, edit: change.edit, operation: change.operation, text: nil,
      at: ledger.trace.causes[change.other])
  }

  private func identity(ofFieldsFrom first: NodeID) -> RenderedResource.Identity {
    var texts: [Symbol: String] = [:]
    func text(_ node: NodeID) -> String { isSecret(node) ? SecretLines.mask : tree.string(node) }
    var next: NodeID? = first
    while let field = next {
      next = tree.next(after: field)
      let key = tree.key(field)
      if key == .apiVersion || key == .kind { texts[key] = text(field) }
      if key == .metadata {
        for key in [Symbol.name, .namespace] {
          texts[key] = tree.field(key, of: field).map(text)
        }
      }
    }
    let parts = (texts[.apiVersion] ?? "").parts(at: "/", maxSplits: 1)
    return RenderedResource.Identity(
      group: parts.count > 1 ? String(parts[0]) : "", version: parts.last.map { String($0) } ?? "",
      kind: texts[.kind] ?? "", namespace: texts[.namespace] ?? "", name: texts[.name] ?? "")
  }
}
