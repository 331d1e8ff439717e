/// What the functions that write nodes tell the ledger. Each is one branch where nothing is recorded, which
/// `Benchmarks` cannot tell from none.
extension Tree {
  /// Notes that a value is written over, before it is. A value that keeps its writer stays what it was.
  @inline(__always)
  mutating func noteWrite(to id: NodeID, by writer: Writer) {
    if ledger.records, self[id].writer != writer {
      record(.written, id, key: .empty, before: id, by: writer)
    }
  }

  /// Notes that a value is taken out of a collection.
  @inline(__always)
  mutating func noteRemoval(of child: NodeID, from parent: NodeID) {
    if ledger.records {
      record(.removed, parent, other: child, key: self[child].key, before: child)
    }
  }

  /// Notes that a value becomes part of a collection.
  @inline(__always)
  mutating func noteAddition(of child: NodeID, to parent: NodeID) {
    if ledger.records { record(.added, child, other: parent, key: self[child].key, before: child) }
  }

  /// Nothing is recorded while files are read: no edit is being made then.
  @inline(never)
  private mutating func record(
    _ kind: Ledger.Change.Kind, _ node: NodeID, other: NodeID = NodeID(raw: 0), key: Symbol,
    before: NodeID, by writer: Writer = .none
  ) {
    // A step may have begun the edits of several entries before it writes any of them.
    guard let edit = writer.edit ?? ledger.current else { return }
    let old = self[before]
    let text = old.shape == .scalar ? TextPlace(start: old.first, count: old.last) : nil
    ledger.note(
      Ledger.Change(
        kind: kind, node: node, other: other, key: key, before: old.writer, text: text, edit: edit,
        operation: ledger.trace.operation))
  }
}

// MARK: - Traced builds

/// One branch each as well where nothing is traced: the work stands in functions of its own.
extension Tree {
  /// Notes that a layer takes an object of a file in.
  @inline(__always)
  mutating func noteArrival(of root: NodeID, at position: Position) {
    if ledger.traces { recordArrival(of: root, at: position) }
  }

  /// Notes that the edit that is being made has made an object.
  ///
  /// - Parameter old: the object whose place it takes.
  @inline(__always)
  mutating func noteArrival(of root: NodeID, replacing old: NodeID? = nil) {
    if ledger.traces { recordArrival(of: root, replacing: old) }
  }

  /// Notes that nothing is left of an object, before it is emptied. The first of its fields leads to the others.
  ///
  /// - Parameter patch: what asks for that.
  mutating func noteDeletion(of root: NodeID, by patch: NodeID) {
    guard ledger.traces, let first = first(of: root) else { return }
    record(.removed, root, other: first, key: .empty, before: root)
    noteCause(of: first, by: patch)
  }

  /// Notes which text asks for the removal of a value.
  @inline(__always)
  mutating func noteCause(of removal: NodeID, at position: Position) {
    if ledger.traces { ledger.trace.causes[removal] = position }
  }

  /// The same for a value of a patch: the text is its directive, if it had one.
  @inline(__always)
  mutating func noteCause(of removal: NodeID, by patch: NodeID) {
    if ledger.traces {
      ledger.trace.causes[removal] = ledger.trace.directives[patch] ?? position(patch)
    }
  }

  /// Notes the `$patch` of a mapping before it is taken out.
  @inline(__always)
  mutating func noteDirective(_ directive: NodeID, of mapping: NodeID) {
    if ledger.traces { ledger.trace.directives[mapping] = position(directive) }
  }

  /// Notes what an entry says besides the text that its edit names.
  @inline(__always)
  mutating func noteRequest(
    _ writer: Writer, value: Position = .none, parts: @autoclosure () -> [Position] = []
  ) {
    if ledger.traces, let edit = writer.edit {
      ledger.trace.note(Ledger.Trace.Request(value: value, parts: parts()), of: edit)
    }
  }

  /// Notes that a collection takes the place of another value: what the new one lacks is lost. Called before the
  /// old one is written over.
  ///
  /// - Parameters:
  ///   - holder: the node that holds the new value from then on.
  ///   - patch: what asks for that, if a text does.
  @inline(__always)
  mutating func noteReplacement(
    of old: NodeID, with new: NodeID, in holder: NodeID, by patch: NodeID? = nil
  ) {
    if ledger.traces, self[old].shape != .scalar {
      recordReplacement(of: old, with: new, in: holder, by: patch)
    }
  }

  /// Notes that a text told an element of a list from the others: a patch that repeats it does not write it.
  @inline(__always)
  mutating func noteMergeKey(_ node: NodeID) {
    if ledger.traces { ledger.trace.mergeKeys.insert(node) }
  }

  /// The elements of a list, for `noteElements(of:since:)`; nothing where no trace is kept.
  @inline(__always)
  func elementsToNote(of list: NodeID) -> [NodeID] { ledger.traces ? children(of: list) : [] }

  /// Notes which elements a merge has put into a list, and which it has taken out.
  ///
  /// Lists are put together anew by `put(_:behindAllOf:)`, which notes nothing: most of their elements stay.
  @inline(__always)
  mutating func noteElements(of list: NodeID, since before: [NodeID]) {
    if ledger.traces { recordElements(of: list, since: before) }
  }

  /// Notes what the nodes of a copy were copied from. The copy lies behind all other nodes, in the order in which
  /// this walks.
  @inline(__always)
  mutating func noteCopy(of original: NodeID, from start: Int) {
    if ledger.traces { recordCopy(of: original, from: start) }
  }

  @inline(never)
  private mutating func recordArrival(of root: NodeID, at position: Position) {
    let edit = ledger.add(
      Ledger.Edit(
        kind: .resources, visit: ledger.visit, position: position, followed: .none,
        source: NodeID(raw: 0)))
    record(.added, root, key: .empty, before: root, by: Writer(edit))
  }

  @inline(never)
  private mutating func recordArrival(of root: NodeID, replacing old: NodeID?) {
    record(.added, root, key: .empty, before: root)
    guard let old else { return }
    ledger.trace.predecessors[root] = Ledger.Trace.Predecessor(
      node: old, changes: ledger.changes.count)
  }

  @inline(never)
  private mutating func recordElements(of list: NodeID, since before: [NodeID]) {
    let now = children(of: list)
    let (old, new) = (Set(before), Set(now))
    for element in before where !new.contains(element) {
      record(.removed, list, other: element, key: .empty, before: element)
    }
    for element in now where !old.contains(element) {
      record(.added, element, other: list, key: .empty, before: element)
    }
  }

  /// What a replacement is compared with, level by level.
  private struct Replaced {
    let old: NodeID
    let new: NodeID
    /// The node that holds the children of the new value.
    let holder: NodeID
  }

  @inline(never)
  private mutating func recordReplacement(
    of old: NodeID, with new: NodeID, in holder: NodeID, by patch: NodeID?
  ) {
    var rest = [Replaced(old: old, new: new, holder: holder)]
    while let pair = rest.popLast() {
      // What was taken out of a list has no place in a mapping.
      if shape(pair.old) == .sequence, shape(pair.new) == .mapping { continue }
      let successors = successors(of: pair.old, in: pair.new)
      for (child, successor) in zip(children(of: pair.old), successors) where child != successor {
        if let successor {
          ledger.trace.predecessors[successor] = Ledger.Trace.Predecessor(
            node: child, changes: ledger.changes.count)
          if shape(child) != .scalar {
            rest.append(Replaced(old: child, new: successor, holder: successor))
          }
          continue
        }
        record(.removed, pair.holder, other: child, key: key(child), before: child)
        if let patch { noteCause(of: child, by: patch) }
      }
    }
  }

  /// What takes the place of each child of a collection in another one: the field of the same key, the element of
  /// the same name or text, or an element without either at the same place.
  private func successors(of old: NodeID, in new: NodeID) -> [NodeID?] {
    let children = children(of: old)
    guard shape(old) == shape(new) else { return children.map { _ in nil } }
    if shape(old) == .mapping { return children.map { field(key($0), of: new) } }
    let others = self.children(of: new)
    var named: [ByteText: NodeID] = [:]
    for other in others { if let name = elementName(other) { named[name] = other } }
    return children.enumerated().map { index, child in
      if let name = elementName(child) { return named[name] }
      return others.indices.contains(index) && elementName(others[index]) == nil
        ? others[index] : nil
    }
  }

  private func elementName(_ element: NodeID) -> String? {
    switch shape(element) {
    case .scalar: string(element)
    case .mapping: field(.name, of: element).map { string($0) }
    case .sequence: nil
    }
  }

  @inline(never)
  private mutating func recordCopy(of original: NodeID, from start: Int) {
    var originals: ContiguousArray<UInt32> = []
    var rest = [original]
    while let node = rest.popLast() {
      originals.append(node.raw)
      rest.append(contentsOf: children(of: node).reversed())
    }
    ledger.trace.addCopies(from: start, of: originals, changes: ledger.changes.count)
  }
}
