/// The edits of one build: which layer did what, and because of which text.
///
/// An edit is one run of one entry, such as a `namePrefix` in one visit of its layer, however many values it
/// writes. Each value names the edit that wrote it last (`Node.writer`). What it overwrote is kept only
/// where the build records it (`records`), since a render has no use for it.
struct Ledger: Sendable {
  /// What an edit does, in the words of a kustomization.
  enum Kind: String, Sendable {
    /// A layer takes an object of one of its files in; recorded only where the build is traced.
    case resources
    case configMapGenerator, secretGenerator, helmChart, generator
    case patches, patchesStrategicMerge, patchesJson6902
    case namespace, namePrefix, nameSuffix, labels, annotations, replicas, images, replacements
    case valueAdd
    case function
    case contentHash
    case nameReference
    case variables = "vars"
    case buildMetadata

    /// What a message calls the entry that asks for the edit; nil for what no entry asks for.
    var entry: String? {
      switch self {
      case .patches, .patchesStrategicMerge, .patchesJson6902: "patch"
      case .configMapGenerator, .secretGenerator, .generator: "generator"
      case .helmChart: "chart"
      case .function: "function"
      case .images: "image"
      case .replacements: "replacement"
      case .valueAdd: "value"
      case .labels: "label"
      case .annotations: "annotation"
      case .replicas: "number of replicas"
      case .namespace, .namePrefix, .nameSuffix: rawValue
      case .resources, .contentHash, .nameReference, .variables, .buildMetadata: nil
      }
    }
  }

  /// One visit of a layer, on one of the ways that lead to it from the root.
  struct Visit: Sendable {
    /// The visit whose kustomization names this layer; nil for the root.
    let parent: VisitID?
    /// The directory of the layer as messages call it.
    let directory: String
    /// The entry that names this layer; none for the root.
    let position: Position
  }

  struct Edit: Sendable {
    let kind: Kind
    /// The layer; nil for what is done once at the end of the build.
    let visit: VisitID?
    /// The text that asks for the edit.
    let position: Position
    /// What wrote the value that the edit follows: the source of a replacement, the name that a reference
    /// repeats, the name that gets a hash.
    let followed: Writer
    /// The node that held that value; the null node where the edit follows none.
    let source: NodeID
    /// What is written comes from the data of a Secret. Whoever shows values masks it wherever it goes.
    var isSecret = false
  }

  /// One value that was written over, added to a collection, or taken out of one.
  struct Change: Sendable {
    enum Kind: Sendable {
      case written
      case added
      case removed
    }

    let kind: Kind
    /// The value; of one that was removed, the collection that held it.
    let node: NodeID
    /// The collection that a value was added to, or the value that was removed; else the null node.
    let other: NodeID
    /// The key of a field that was added or removed.
    let key: Symbol
    /// What wrote the value that was there before; of one that was added, the value itself.
    let before: Writer
    /// That value, if it is a scalar: where its text stands.
    let text: Tree.TextPlace?
    /// The edit that did it.
    let edit: EditID
    /// The operation of a JSON patch that did it, by its number (see `Trace.operation(_:)`).
    let operation: UInt32
  }

  private struct Entries: Sendable {
    var visits: ContiguousArray<Visit> = []
    var edits: ContiguousArray<Edit> = []
    var changes: ContiguousArray<Change> = []
    var visit: VisitID?
    var current: EditID?
    var copiesSecrets = false
    var secretPositions: [UInt32] = []
    var secretKeys = NumberSet<Symbol>()
    var repetitions: [NodeID: NodeID] = [:]
    var remarks: [PatchRemark] = []
    var trace = Trace()
    var nodesInJSON: UInt32 = 0
    var hasRespelled = false
  }

  /// One element. A ledger so takes few bytes of the `Tree`, of which calls copy no more than 128 without a
  /// call of their own (see `TreeBudget`).
  private var entries: ContiguousArray<Entries> = [Entries()]
  /// Whether changes are kept.
  var records = false
  /// Whether the build is to be explained: besides changes, the ledger then keeps where objects come from,
  /// what copies were copied from, and which texts asked for removals (`Trace`).
  var traces = false

  var visits: ContiguousArray<Visit> { entries[0].visits }
  var edits: ContiguousArray<Edit> { entries[0].edits }
  /// In the order in which they were made; empty unless the build records them.
  var changes: ContiguousArray<Change> { entries[0].changes }
  /// The visit of the layer whose entries are being followed.
  var visit: VisitID? { entries[0].visit }
  /// The edit that is being made.
  var current: EditID? { entries[0].current }
  /// Values of a Secret were copied or moved to other places (`Ledger+Secrets`).
  var copiesSecrets: Bool {
    get { entries[0].copiesSecrets }
    set { entries[0].copiesSecrets = newValue }
  }

  /// Keys of Secrets that are not shown (`Ledger+Secrets`).
  var secretKeys: NumberSet<Symbol> {
    _read { yield entries[0].secretKeys }
    _modify { yield &entries[0].secretKeys }
  }

  /// The positions of texts that are secret wherever they went, in order.
  var secretPositions: [UInt32] {
    _read { yield entries[0].secretPositions }
    _modify { yield &entries[0].secretPositions }
  }

  /// Elements of merged lists that repeat another one, by the node they repeat.
  var repetitions: [NodeID: NodeID] {
    get { entries[0].repetitions }
    set { entries[0].repetitions = newValue }
  }

  /// What only a traced build keeps.
  var trace: Trace {
    _read { yield entries[0].trace }
    _modify { yield &entries[0].trace }
  }

  // MARK: - Trips through JSON

  /// How many nodes were taken out of JSON form, each time that one was.
  var nodesInJSON: UInt32 { entries[0].nodesInJSON }
  /// A trip wrote a boolean or number that its file spells otherwise. Without one, no rule has to look for it.
  var hasRespelled: Bool { entries[0].hasRespelled }

  mutating func noteNodeInJSON() { entries[0].nodesInJSON &+= 1 }

  mutating func noteRespelled() { entries[0].hasRespelled = true }

  /// Adds what was noted in a tree of its own.
  mutating func addTrips(of other: Ledger) {
    entries[0].nodesInJSON &+= other.nodesInJSON
    if other.hasRespelled { noteRespelled() }
  }

  // MARK: - Patches

  /// What patches did that rules judge.
  var remarks: [PatchRemark] { entries[0].remarks }

  subscript(id: EditID) -> Edit { entries[0].edits[Int(id.raw)] }
  subscript(id: VisitID) -> Visit { entries[0].visits[Int(id.raw)] }

  // MARK: - Layers

  /// Begins the visit of a layer; the visit of the layer above goes on when this one ends. A build that
  /// fails ends none of them, so that the ledger shows how far it came.
  mutating func enter(_ visit: Visit) {
    entries[0].visits.append(visit)
    entries[0].visit = VisitID(raw: UInt32(truncatingIfNeeded: visits.count - 1))
  }

  /// Ends the visit of a layer.
  mutating func leave() {
    entries[0].visit = visit.flatMap { self[$0].parent }
  }

  /// Goes on in a layer after a failure below it or in it, to find further mistakes.
  mutating func goOn(in visit: VisitID?) {
    entries[0].visit = visit
    entries[0].current = nil
  }

  /// The visits from a layer up to the root.
  func way(from visit: VisitID?) -> [Visit] {
    var result: [Visit] = []
    var next = visit
    while let id = next {
      result.append(self[id])
      next = self[id].parent
    }
    return result
  }

  // MARK: - Edits

  /// Begins an edit in the layer that is being visited.
  mutating func begin(
    _ kind: Kind, at position: Position, following followed: Writer = .none,
    of source: NodeID = NodeID(raw: 0), isSecret: Bool = false
  ) -> Writer {
    // A reference or a hash repeats the name that it follows.
    let isSecret = isSecret || self.isSecret(followed)
    let id = add(
      Edit(
        kind: kind, visit: visit, position: position, followed: followed, source: source,
        isSecret: isSecret))
    if isSecret { entries[0].copiesSecrets = true }
    entries[0].current = id
    return Writer(id)
  }

  /// Adds an edit that is not being made: what is met meanwhile has nothing to do with it.
  mutating func add(_ edit: Edit) -> EditID {
    entries[0].edits.append(edit)
    return EditID(raw: UInt32(truncatingIfNeeded: entries[0].edits.count - 1))
  }

  /// Goes on with an edit that was begun before others.
  mutating func resume(_ writer: Writer) { entries[0].current = writer.edit }

  /// Ends the edit that is being made.
  mutating func end() { entries[0].current = nil }

  /// The place of the text that a value goes back to.
  @inline(__always)
  func position(of writer: Writer) -> Position {
    writer.position ?? writer.edit.map { position(of: $0) } ?? .none
  }

  @inline(never)
  private func position(of edit: EditID) -> Position { self[edit].position }

  // MARK: - Notes

  mutating func note(_ change: Change) { entries[0].changes.append(change) }

  @inline(never)
  mutating func note(_ remark: PatchRemark) { entries[0].remarks.append(remark) }

  /// Takes back what was noted of additions to some of the objects that a patch was for, and not to all.
  mutating func keepAdditions(since start: Int, toAll objects: Int) {
    if remarks.count == start || objects < 2 { return }
    forgetAdditions(since: start, toFewerThan: objects)
  }

  private mutating func forgetAdditions(since start: Int, toFewerThan objects: Int) {
    var counts: [UInt32: Int] = [:]
    for remark in remarks[start...] { counts[remark.position.raw, default: 0] += 1 }
    let kept = remarks[start...].filter { remark in
      guard case .replaceAdded = remark.kind else { return true }
      return counts[remark.position.raw] ?? 0 >= objects
    }
    entries[0].remarks.replaceSubrange(start..., with: kept)
  }
}

/// A visit by its number in the ledger of the build.
struct VisitID: Hashable, Sendable {
  let raw: UInt32
}
