/// Which values come from the data of Secrets, wherever they are now. Whoever shows values masks these.
///
/// A value is known by its writer, which its copies keep. What a replacement or a var writes has an edit of its own,
/// which says so (`Edit.isSecret`). What leaves a Secret without being written anew keeps the position of the text in
/// the Secret's file; these positions are noted when values leave, so that other builds have none.
extension Ledger {
  /// Whether a value was copied or moved from the data of a Secret.
  func isSecret(_ writer: Writer) -> Bool {
    guard copiesSecrets else { return false }
    if let edit = writer.edit { return self[edit].isSecret }
    return secretPlace(of: writer.raw).isThere
  }

  /// Whether a key of a Secret's data may be a part of a value (`KeyValues.Item.hasDoubtfulKey`).
  func isSecretKey(_ key: Symbol) -> Bool { !secretKeys.isEmpty && secretKeys.contains(key) }

  mutating func noteSecretKey(_ key: Symbol) { secretKeys.insert(key) }

  /// The writer of a text of which another writer's part stays: `postgres://$(USER):$(PASSWORD)@host` is a secret
  /// whichever part is filled in last.
  mutating func keepingSecret(_ writer: Writer, of old: Writer) -> Writer {
    guard isSecret(old), !isSecret(writer), let edit = writer.edit else { return writer }
    return secretCopy(of: edit)
  }

  /// The same edit once more, for those of its values that are secret.
  fileprivate mutating func secretCopy(of edit: EditID) -> Writer {
    var copy = self[edit]
    copy.isSecret = true
    copiesSecrets = true
    let new = add(copy)
    trace.copyRequest(of: edit, to: new)
    return Writer(new)
  }

  /// Takes a value for a secret wherever it stands.
  fileprivate mutating func noteSecret(at position: Position) {
    if position == .none { return }
    copiesSecrets = true
    let (place, isThere) = secretPlace(of: position.raw)
    if !isThere { secretPositions.insert(position.raw, at: place) }
  }

  /// The place of a number among the positions, which are in order: where it is, or would be.
  private func secretPlace(of number: UInt32) -> (place: Int, isThere: Bool) {
    var (low, high) = (0, secretPositions.count)
    while low < high {
      let middle = (low + high) / 2
      if secretPositions[middle] < number { low = middle + 1 } else { high = middle }
    }
    return (low, low < secretPositions.count && secretPositions[low] == number)
  }
}

extension Tree {
  /// Whether the key of a value is not shown. A text that looks like a key has no value, or only a sign of base64: an
  /// entry of the same key that has one is another's.
  func hasSecretKey(_ node: NodeID) -> Bool {
    guard ledger.isSecretKey(key(node)), shape(node) == .scalar else { return false }
    return textIsEmpty(node) || string(node) == "PQ=="
      || !SecretLines.isKey(symbols.string(key(node))[...])
  }

  /// Notes that the data of a Secret leaves it: the object becomes one of another kind, or a JSON patch copies or moves
  /// values to other fields.
  mutating func noteLeavingData(ofSecret root: NodeID) {
    var rest: [NodeID] = []
    for key in [Symbol.data, .stringData] {
      if let data = field(key, of: root) { rest.append(data) }
    }
    var values = NumberSet<NodeID>()
    /// The last edit that was met, which mostly wrote the next value as well, and its copy.
    var known: (edit: EditID, copy: Writer)?
    while let node = rest.popLast() {
      guard shape(node) == .scalar else {
        rest += children(of: node)
        continue
      }
      values.insert(node)
      let writer = writer(node)
      if ledger.isSecret(writer) { continue }
      guard let edit = writer.edit else {
        ledger.noteSecret(at: position(node))
        continue
      }
      let copy = known.flatMap { $0.edit == edit ? $0.copy : nil } ?? ledger.secretCopy(of: edit)
      known = (edit, copy)
      claim(node, by: copy)
    }
    // What the values were before was secret as well.
    for change in ledger.changes where change.kind == .written && values.contains(change.node) {
      if let position = change.before.position { ledger.noteSecret(at: position) }
    }
  }
}
