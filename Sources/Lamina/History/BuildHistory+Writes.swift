/// The way of one value.
extension BuildHistory {
  /// A value at one time.
  struct State {
    let writer: Writer
    let text: Tree.TextPlace?
    /// The edit that made it so; nil where the file is not known to belong to one.
    let edit: EditID?
    let change: Ledger.Change?

    fileprivate func isLike(_ other: State, in tree: Tree) -> Bool {
      writer == other.writer
        && text.map { tree.bytes($0) } == other.text.map { tree.bytes($0) }
    }
  }

  /// What happened to a value of a printed resource, the oldest first.
  package func writes(of node: NodeID) -> [FieldWrite] { writes(of: node, before: .max) }

  /// Nothing but a file of objects wrote the value; the same as to look at all writes, with less work.
  package func isAsWritten(_ node: NodeID, in object: Object) -> Bool {
    isUntouched(node, in: object) || isAsWritten(writes(of: node, in: object))
  }

  /// What is the same for all values of an object that only its file wrote, which most of them are.
  package struct Object: Sendable {
    let root: NodeID
    /// What brought the object.
    package let arrival: FieldWrite?
    /// It stands in a file of objects, and was not put in the place of another one.
    let isOfFile: Bool
    /// The edit that brought it.
    var edit: EditID? { arrival?.edit.map { EditID(raw: UInt32(truncatingIfNeeded: $0)) } }
  }

  package func object(_ resource: RenderedResource) -> Object {
    let root = resource.root
    let arrival = writes(of: root).first
    return Object(
      root: root, arrival: arrival,
      isOfFile: arrival?.kind == Ledger.Kind.resources.rawValue
        && ledger.trace.predecessors[root] == nil && allChanges(of: root).count == 1)
  }

  /// Nothing has written the value or anything around it since its file was read; false where that is not sure.
  func isUntouched(_ node: NodeID, in object: Object) -> Bool {
    guard object.isOfFile, let position = tree.writer(node).position, position != .none else {
      return false
    }
    var current = node
    while current != object.root {
      guard isUnchanged(current), let parent = parent(of: current) else { return false }
      current = parent
    }
    return true
  }

  /// What happened to a value of an object, the oldest first.
  package func writes(of node: NodeID, in object: Object) -> [FieldWrite] {
    guard node != object.root, let arrival = object.arrival, isUntouched(node, in: object) else {
      return writes(of: node)
    }
    let value = tree.writer(node).position
    let text = tree.shape(node) == .scalar ? tree.string(node) : nil
    return [
      arrival.ofFile(
        text: text, place: value.flatMap { location($0) }, position: value, isSecret: isSecret(node)
      )
    ]
  }

  /// - Parameter limit: changes from this number on do not count.
  func writes(of node: NodeID, before limit: Int) -> [FieldWrite] {
    states(of: node, before: limit).map { write($0) }
  }

  /// What a value was like after each of its writes, the oldest first.
  func states(of node: NodeID, before limit: Int) -> [State] {
    let own = way(of: node, before: limit)
    // What a file holds, and something made of it once: there is nothing to leave out.
    if own.older == nil, own.states.count <= 2 { return own.states }
    // The value, the one in whose place it was put, and so on.
    var ways = [own]
    while ways.count < Self.mostReplacements, let older = ways.last?.older {
      ways.append(way(of: older.node, before: older.changes))
    }
    var all: [State] = []
    for way in ways.reversed() {
      var states = way.states[...]
      // A value that an object has from the one that it took the place of is written by nobody.
      if let last = all.last, let first = states.first, isSame(last, first) {
        states = states.dropFirst()
      }
      for state in states {
        // A generator that merges into an object writes its name and gives it back.
        if all.count > 1, isSame(all[all.count - 2], state) {
          all.removeLast()
        } else {
          all.append(state)
        }
      }
    }
    return all
  }

  /// What happened to one node, and the value in whose place it was put.
  private func way(
    of node: NodeID, before limit: Int
  ) -> (states: [State], older: Ledger.Trace.Predecessor?) {
    let numbers = allChanges(of: node, before: limit)
    return (
      states(of: node, numbers, before: limit), predecessor(of: node, numbers, before: limit)
    )
  }

  /// How many values that took the place of one another are followed.
  private static let mostReplacements = 100

  private func isSame(_ one: State, _ other: State) -> Bool {
    let (one, other) = (write(one), write(other))
    return one.text.hasBytes(of: other.text) && one.origin == other.origin
  }

  // MARK: - States

  private func states(of node: NodeID, _ numbers: [Int], before limit: Int) -> [State] {
    let changes = ledger.changes
    let written = numbers.map { changes[$0] }.filter { $0.kind == .written }
    let last = last(of: node, before: limit)
    var states: [State] = []
    let first = written.first
    let writer = first?.before ?? last.writer
    let text = first == nil ? last.text : first?.text
    let arrival = arrival(of: node, numbers, before: limit)
    let isEdit = writer.edit != nil
    states.append(
      State(
        writer: writer, text: text, edit: writer.edit ?? arrival?.edit,
        change: isEdit ? nil : arrival))
    for (index, change) in written.enumerated() {
      let next = index + 1 < written.count ? written[index + 1] : nil
      let state = State(
        writer: next?.before ?? last.writer, text: next == nil ? last.text : next?.text,
        edit: change.edit, change: change)
      // An edit that writes twice, such as a patch that may not change a name, did what it did last.
      if states.count > 1, states.last?.edit == state.edit { states.removeLast() }
      if let before = states.last, before.isLike(state, in: tree) || isRepeated(before, state, node)
      {
        continue
      }
      states.append(state)
    }
    return states
  }

  /// A patch has only repeated the text by which it found an element.
  private func isRepeated(_ before: State, _ state: State, _ node: NodeID) -> Bool {
    guard let old = before.text, let new = state.text, ledger.trace.mergeKeys.contains(node)
    else { return false }
    return tree.bytes(old) == tree.bytes(new)
  }

  /// The writer and the text that a node had before a change, or has at the end.
  private func last(
    of node: NodeID, before limit: Int
  ) -> (writer: Writer, text: Tree.TextPlace?) {
    if limit < ledger.changes.count {
      for number in changes(of: node) where number >= limit {
        let change = ledger.changes[number]
        if change.kind == .written { return (change.before, change.text) }
      }
    }
    let node = tree[node]
    return (
      node.writer,
      node.shape == .scalar ? Tree.TextPlace(start: node.first, count: node.last) : nil
    )
  }

  /// The change that brought a value: it was added, or something above it was, or was overwritten with what
  /// holds it.
  func arrival(
    of node: NodeID, _ numbers: [Int], before limit: Int
  ) -> Ledger.Change? {
    let changes = ledger.changes
    if let number = addition(numbers) { return changes[number] }
    var current = parent(of: node)
    for _ in 0..<Self.deepest {
      guard let holder = current else { return nil }
      let last =
        limit == .max ? lastChange(of: holder) : allChanges(of: holder, before: limit).last
      if let number = last { return changes[number] }
      current = parent(of: holder)
    }
    return nil
  }

  private static let deepest = 100_000

  /// The addition that brought a value to its place: the last operation of a JSON patch that moved or copied it, or
  /// else the first.
  private func addition(_ numbers: [Int]) -> Int? {
    let changes = ledger.changes
    return numbers.last { changes[$0].kind == .added && changes[$0].operation != 0 }
      ?? numbers.first { changes[$0].kind == .added }
  }

  // MARK: - What was there before

  /// The value in whose place a node was put.
  private func predecessor(
    of node: NodeID, _ numbers: [Int], before limit: Int
  ) -> Ledger.Trace.Predecessor? {
    let changes = ledger.changes
    if let number = addition(numbers), changes[number].other.raw != 0 {
      let added = changes[number]
      if let removed = removal(before: number, like: added) {
        return Ledger.Trace.Predecessor(node: changes[removed].other, changes: removed)
      }
    }
    return ledger.trace.predecessors[node] ?? inReplacedObject(node)
  }

  /// The removal whose place an addition takes: of the same field, or right before it in a list.
  func removal(before number: Int, like added: Ledger.Change) -> Int? {
    let changes = ledger.changes
    if added.key.isEmpty || tree.shape(added.other) == .sequence {
      guard number > 0 else { return nil }
      let before = changes[number - 1]
      let isPair =
        before.kind == .removed && before.node == added.other && before.edit == added.edit
        && before.other != added.node
      return isPair ? number - 1 : nil
    }
    return removals(ofField: added.key, of: added.other, before: number).last {
      changes[$0].other != added.node
    }
  }

  /// The value at the same path of the object in whose place another one was put.
  private func inReplacedObject(_ node: NodeID) -> Ledger.Trace.Predecessor? {
    if ledger.trace.predecessors.isEmpty { return nil }
    var (current, steps) = (node, [NodeID]())
    while let parent = parent(of: current), steps.count < Self.deepest {
      steps.append(current)
      current = parent
    }
    guard let old = ledger.trace.predecessors[current] else { return nil }
    var (mine, theirs) = (current, old.node)
    for step in steps.reversed() {
      if tree.shape(mine) == .mapping {
        guard let next = tree.field(tree.key(step), of: theirs) else { return nil }
        theirs = next
      } else {
        let index = tree.children(of: mine).firstIndex(of: step) ?? 0
        let elements = tree.children(of: theirs)
        guard elements.indices.contains(index) else { return nil }
        theirs = elements[index]
      }
      mine = step
    }
    return Ledger.Trace.Predecessor(node: theirs, changes: old.changes)
  }

  // MARK: - Words

  private func write(_ state: State) -> FieldWrite {
    makeWrite(
      writer: state.writer, edit: state.edit, operation: state.change?.operation ?? 0,
      text: state.text.map { String(decoding: tree.bytes($0), as: UTF8.self) })
  }

  func makeWrite(
    writer: Writer, edit id: EditID?, operation: UInt32, text: String?,
    at cause: Position? = nil
  ) -> FieldWrite {
    let edit = id.map { ledger[$0] }
    let operation = ledger.trace.operation(operation)
    // What repeats another value is asked for by no entry; it goes back to that value's text.
    let isFollowing = edit?.kind == .nameReference || edit?.kind == .contentHash
    let held = writer.position.flatMap { $0 == .none ? nil : $0 }
    let request = writer.edit.flatMap { ledger.trace.request(of: $0) }
    let asked = request.flatMap { $0.value == .none ? nil : $0.value }
    let value = held ?? cause ?? asked ?? (isFollowing ? edit?.position : nil)
    return FieldWrite(
      kind: edit?.kind.rawValue ?? Ledger.Kind.resources.rawValue,
      operation: operation.map {
        FieldWrite.Operation(word: $0.word, place: location($0.position))
      },
      text: text, place: value.flatMap { location($0) },
      entry: isFollowing ? nil : edit.flatMap { location($0.position) },
      layers: way(from: edit?.visit),
      followed: edit.flatMap { followed(by: $0) }, isSecret: ledger.isSecret(writer),
      positions: FieldWrite.Positions(
        value: value, copied: edit.flatMap { copied(by: $0) }, operation: operation?.position,
        entry: isFollowing ? nil : edit?.position, parts: request?.parts ?? []),
      edit: id.map { Int($0.raw) })
  }

  /// The text that a copy goes back to, perhaps through other copies; nil for what is no copy.
  private func copied(by edit: Ledger.Edit) -> Position? {
    var (edit, place) = (edit, Position?.none)
    // An edit follows what was written before it; a ring would be a mistake of the ledger's.
    for _ in ledger.edits.indices {
      guard edit.kind == .replacements || edit.kind == .variables else { break }
      place = ledger.position(of: edit.followed)
      guard let next = edit.followed.edit else { break }
      edit = ledger[next]
    }
    return place == Position.none ? nil : place
  }

  private func followed(by edit: Ledger.Edit) -> FieldWrite.Followed? {
    guard edit.source.raw != 0 else { return nil }
    var source = edit.source
    // Of a value that was cut to a part, a copy was written.
    while owner(of: source) == nil, let original = ledger.trace.original(of: source),
      original.node != source
    {
      source = original.node
    }
    let owner = owner(of: source)
    return FieldWrite.Followed(
      resource: owner, path: owner == nil ? [] : path(of: source),
      place: location(ledger.position(of: edit.followed)))
  }
}
