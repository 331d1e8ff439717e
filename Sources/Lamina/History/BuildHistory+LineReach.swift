/// Which values a line may have to do with, for those who look for all of them: what depends on an edit alone is worked
/// out once, and of most values no write is put into words.
extension BuildHistory {
  package struct LineReach {
    private let line: SourceLine
    private let history: BuildHistory
    /// The positions in the files of the line.
    private let positions: [Range<UInt32>]
    /// Whether the line has to do with whatever an edit wrote, by the number of the edit.
    private var reachedEdits: [UInt32: Bool] = [:]
    /// The same of what the file of the last object holds.
    private var lastObject: (root: NodeID, isReached: Bool)?

    package init(_ line: SourceLine, _ history: BuildHistory) {
      self.line = line
      self.history = history
      let files = history.stage.sources.files
      positions = files.indices.compactMap { index in
        guard line.files.contains(files[index].path) else { return nil }
        let end = index + 1 < files.count ? files[index + 1].base : Position.end.raw
        return files[index].base..<max(end, files[index].base)
      }
    }

    /// Whether there may be a value of an object that `closeness` says something of.
    package mutating func mayReachInto(_ object: Object) -> Bool {
      var rest = [object.root]
      while let node = rest.popLast() {
        guard history.tree.shape(node) != .scalar, var child = history.tree.first(of: node) else {
          if mayReach(node, in: object) { return true }
          continue
        }
        while true {
          rest.append(child)
          guard let next = history.tree.next(after: child) else { break }
          child = next
        }
      }
      return false
    }

    /// False where `closeness` says nothing of any write of a value.
    package mutating func mayReach(_ node: NodeID, in object: Object) -> Bool {
      if node != object.root, let arrival = object.arrival, history.isUntouched(node, in: object) {
        return isNear(history.tree.writer(node).position) || isReached(object, arrival)
      }
      if let state = history.onlyState(of: node) { return mayReach(state) }
      for state in history.states(of: node, before: .max) where mayReach(state) { return true }
      return false
    }

    private mutating func isReached(_ object: Object, _ arrival: FieldWrite) -> Bool {
      if let lastObject, lastObject.root == object.root { return lastObject.isReached }
      let write = arrival.ofFile(text: nil, place: nil, position: nil, isSecret: false)
      let isReached = history.closeness(of: line, to: write, of: object.root) != nil
      lastObject = (object.root, isReached)
      return isReached
    }

    private mutating func mayReach(_ state: State) -> Bool {
      if isNear(state.writer.position) { return true }
      if let operation = state.change?.operation, operation != 0,
        isNear(history.ledger.trace.operation(operation)?.position)
      {
        return true
      }
      if let edit = state.edit, isReached(edit) { return true }
      if let edit = state.writer.edit, edit != state.edit { return isReached(edit) }
      return false
    }

    private mutating func isReached(_ edit: EditID) -> Bool {
      if let known = reachedEdits[edit.raw] { return known }
      let write = history.makeWrite(writer: Writer(edit), edit: edit, operation: 0, text: nil)
      // Whether a value is a line by itself depends on its key as well.
      let isReached =
        history.closeness(of: line, to: write, of: NodeID(raw: 0)) != nil
        || write.positions.value.map { history.span(line, from: $0, isLine: true) != nil } ?? false
      reachedEdits[edit.raw] = isReached
      return isReached
    }

    /// A value stands in one of the files of the line.
    private func isNear(_ position: Position?) -> Bool {
      guard let position, position != .none else { return false }
      return positions.contains { $0.contains(position.raw) }
    }
  }
}
