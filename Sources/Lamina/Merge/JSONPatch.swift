/// A list of operations on one object, after RFC 6902, with the manners of the library that kustomize
/// uses (json-patch v4 patch.go).
///
///     - op: replace
///       path: /spec/template/spec/containers/0/image
///       value: nginx:1.27
///
/// What an operation lacks is found out only when it is applied, so that a patch whose target selects
/// nothing passes, whatever it says.
struct JSONPatch: Sendable {
  let operations: [Operation]
  /// Where the list of operations begins.
  let position: Position

  /// An object, so that a run of the operation counts one reference.
  final class Operation: Sendable {
    enum Kind: String, Sendable {
      /// The words of RFC 6902. The library compares them case-sensitively (patch.go
      /// `Patch.ApplyIndent`).
      case add
      case remove
      case replace
      case move
      case test
      case copy
    }

    /// Nil for a word that means nothing, or none at all.
    let kind: Kind?
    /// The word as it was written.
    let word: String
    /// Where the word stands; the operation's own place where there is none.
    let wordPosition: Position
    /// Nil where the field is missing or no string.
    let path: FieldPath?
    let from: FieldPath?
    /// The value in JSON form, to be copied for each object; nil where there is none.
    let value: NodeID?
    let position: Position
    /// The operation as it was read, for messages.
    let item: NodeID

    /// Puts a value of its own somewhere below the root, or takes one out.
    fileprivate var readsNothing: Bool {
      switch kind {
      case .add, .remove, .replace: path?.steps.isEmpty == false
      case .move, .test, .copy, nil: false
      }
    }

    /// Copies or moves something out of `data` or `stringData`.
    fileprivate var takesFromData: Bool {
      guard kind == .copy || kind == .move else { return false }
      let source = from?.steps.first?.key
      return source == .data || source == .stringData
    }

    /// Takes each property as it is; `JSONPatch.operation` reads them.
    init(
      kind: Kind?, word: String, at wordPosition: Position, path: FieldPath?, from: FieldPath?,
      value: NodeID?,
      position: Position, item: NodeID
    ) {
      self.kind = kind
      self.word = word
      self.wordPosition = wordPosition
      self.path = path
      self.from = from
      self.value = value
      self.position = position
      self.item = item
    }
  }

  /// Whether an operation reads or writes anything at, above or below this path.
  ///
  /// A path that is missing or no string touches nothing: its operation fails before it reads or
  /// writes.
  func touches(_ path: [Symbol]) -> Bool {
    operations.contains { $0.path?.touches(path) == true || $0.from?.touches(path) == true }
  }

  /// Applies the operations to an object, one after the other.
  ///
  /// The object takes the trip through JSON even where there is no operation. When an operation does
  /// not apply, the object is left half patched; the build ends there anyway.
  ///
  /// - Parameters:
  ///   - isSecret: the object is a Secret, whose data is secret wherever an operation puts it.
  ///   - trips: what is known of objects that the last patches went to, this one perhaps among them.
  /// - Throws: the problem of the first operation that does not apply, or of the trip through JSON;
  ///   `tree.checkSize` stops a patch whose `copy` operations double a value again and again.
  func apply(
    to root: NodeID, isSecret: Bool = false, _ trips: inout JSONTrips, in tree: inout Tree
  ) throws(Problem) {
    let known = trips.record(of: root)
    trips.forget(root)
    // An explained build records each write of a trip. Of several operations one may write into what another has
    // put there, or take it out.
    let isAllKnown =
      known.count > 0 && !tree.ledger.records && !tree.ledger.traces && operations.count == 1
      && operations.allSatisfy(\.readsNothing)
    let isPartial = known.isSteady && isAllKnown
    if !isPartial {
      try JSONTrip.marshal(root, in: &tree)
    } else if let fresh = known.fresh {
      try JSONTrip.marshalValue(fresh, in: &tree)
    }
    var change: JSONTrip.Change?
    for operation in operations {
      if isSecret, operation.takesFromData { tree.noteLeavingData(ofSecret: root) }
      do { try JSONPatchRun(operation, root).apply(&change, in: &tree) } catch {
        // Other patches are tried for further mistakes, and expect no object in JSON form.
        _ = try? JSONTrip.unmarshal(root, in: &tree)
        throw error
      }
      try tree.checkSize(at: operation.position)
    }
    let isSettled =
      if isPartial, let change {
        try JSONTrip.unmarshal(root, known.fresh, change, in: &tree)
      } else {
        try JSONTrip.unmarshal(root, in: &tree)
      }
    trips.note(known.next(isSettled: isSettled, isAllKnown ? change : nil), of: root)
  }
}

// MARK: - Reading

extension JSONPatch {
  /// The fields of an operation.
  static let fields = ["op", "path", "from", "value"]

  /// Reads a patch file.
  ///
  /// Text that begins with `[` has to be JSON to the letter, anything else is YAML, of which the first
  /// document counts. Nil for a patch that says nothing (`null`, or an empty file).
  ///
  /// The first byte decides, before any space is skipped, since kustomize asks
  /// `strings.HasPrefix(patch, "[")` (api/filters/patchjson6902/patchjson6902.go `decodePatch`).
  static func read(
    file: Int, into tree: inout Tree, sources: SourceMap
  ) throws(Problem) -> JSONPatch? {
    let isJSON = sources.files[file].bytes.first == UInt8(ascii: "[")
    if isJSON {
      return try decode(
        json: try JSONReader.document(ofFile: file, into: &tree, sources: sources), in: &tree)
    }
    guard let document = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
    else { return nil }
    return try decode(document, in: &tree)
  }

  /// Takes a patch out of a YAML document, which stays as it is.
  ///
  /// The values of operations are part of a copy, so that a document which is patched from several
  /// layers is decoded each time from what the file says.
  static func decode(
    _ document: NodeID, in tree: inout Tree
  ) throws(Problem) -> JSONPatch? {
    let copy = try tree.copy(document, for: tree.position(document))
    try JSONTrip.marshalPatch(copy, in: &tree)
    return try decode(json: copy, in: &tree)
  }

  /// Takes a patch out of a document in JSON form (see `JSONTrip`).
  ///
  /// An operation that is null is accepted: to Go it is a map without entries, and fails when it is
  /// applied.
  private static func decode(
    json document: NodeID, in tree: inout Tree
  ) throws(Problem) -> JSONPatch? {
    if tree.isNull(document) { return nil }
    guard tree.shape(document) == .sequence else {
      throw .notAList(at: tree.position(document))
    }
    var operations: [Operation] = []
    for item in tree.children(of: document) {
      guard tree.shape(item) == .mapping || tree.isNull(item) else {
        throw .notAnOperation(at: tree.position(item))
      }
      operations.append(operation(item, in: &tree))
    }
    return JSONPatch(operations: operations, position: tree.position(document))
  }

  /// Never fails: an operation that says nothing useful is reported when it is applied, as by the
  /// library, which decodes each field only then (patch.go `Operation.Kind`, `Operation.Path`).
  private static func operation(_ item: NodeID, in tree: inout Tree) -> Operation {
    let word = text("op", of: item, in: &tree).map { String(decoding: $0, as: UTF8.self) }
    let path = pointer("path", of: item, in: &tree)
    let from = pointer("from", of: item, in: &tree)
    let value = field("value", of: item, in: &tree)
    // A null that a patch names is not the same as a null of the object (see `JSONPatchRun`).
    if let value, tree.isNull(value) { tree.setFlags(.explicitTag, of: value) }
    return Operation(
      kind: word.flatMap { Operation.Kind(rawValue: $0) }, word: word ?? "unknown",
      at: tree.position(field("op", of: item, in: &tree) ?? item), path: path, from: from,
      value: value,
      position: tree.position(item), item: item)
  }

  /// Nil where the field is missing or holds no string. The position is that of the field's value,
  /// where messages about the path point.
  private static func pointer(
    _ name: StaticString, of item: NodeID, in tree: inout Tree
  ) -> FieldPath? {
    guard let text = text(name, of: item, in: &tree) else { return nil }
    let node = field(name, of: item, in: &tree)
    return FieldPath(
      jsonPointer: text, at: tree.position(node ?? item), symbols: &tree.symbols)
  }

  /// Names of the fields are interned on demand: few builds have JSON patches.
  private static func field(
    _ name: StaticString, of item: NodeID, in tree: inout Tree
  ) -> NodeID? {
    let key = tree.symbols.intern(name)
    return tree.field(key, of: item)
  }

  /// The bytes of a field that holds a string.
  ///
  /// Nil for other values, which `encoding/json` refuses to read into a Go string. A `custom`
  /// string is decoded here, since pointers are compared by what they mean.
  private static func text(
    _ name: StaticString, of item: NodeID, in tree: inout Tree
  ) -> ArraySlice<UInt8>? {
    guard let node = field(name, of: item, in: &tree), tree.shape(node) == .scalar else {
      return nil
    }
    switch tree[node].tag {
    case .string: return tree.bytes(node)
    case .custom: return tree.withText(node) { JSONString.decoded($0) }[...]
    default: return nil
    }
  }
}

extension Problem {
  fileprivate static func notAList(at position: Position) -> Problem {
    Problem(
      .jsonPatchNotAList, "a JSON patch has to be a list of operations", at: position,
      hint: "put a dash before the operation")
  }

  fileprivate static func notAnOperation(at position: Position) -> Problem {
    Problem(
      .jsonPatchOperationNotAMapping, "an operation of a JSON patch has to be a mapping",
      at: position,
      hint: "with the fields op and path, and value or from")
  }
}
