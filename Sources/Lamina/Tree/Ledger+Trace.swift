/// What the ledger keeps of a build that is to be explained, besides its changes.
extension Ledger {
  struct Trace: Sendable {
    /// An operation of a JSON patch.
    struct Operation: Sendable {
      let word: String
      let position: Position
    }

    /// What a node was before, and how many changes were made by then: later ones of the other node are not
    /// its own.
    struct Predecessor: Sendable {
      let node: NodeID
      let changes: Int
    }

    /// The texts of an entry: `newTag` of an entry of `images`, `source` and `select` of a replacement.
    struct Request: Sendable {
      /// The text that becomes the value, or a part of it; none where it is the entry itself.
      var value = Position.none
      /// The mappings that have a say in what the edit does, three at most.
      var parts: [Position] = []
    }

    private var operations: ContiguousArray<Operation> = []
    /// The operation that is being done, by its number from 1; 0 for none.
    private(set) var operation: UInt32 = 0
    /// The texts that ask for removals, by the values that were removed.
    var causes: [NodeID: Position] = [:]
    /// The `$patch` of mappings of patches, from which it is taken out before they are merged.
    var directives: [NodeID: Position] = [:]
    /// What entries say besides the text that the edit names: the edit, the value and three parts, the edits in
    /// rising order. A dictionary of requests would be one more type that every build sets up.
    private var requests: ContiguousArray<UInt32> = []
    private static let requestLength = 5
    /// The texts by which elements of lists were found.
    var mergeKeys: Set<NodeID> = []
    /// The objects in whose places others were put.
    var predecessors: [NodeID: Predecessor] = [:]
    /// Copies lie side by side, so that few numbers tell where thousands of nodes come from.
    private var copies: ContiguousArray<Copies> = []
    private var originals: ContiguousArray<UInt32> = []

    private struct Copies: Sendable {
      /// The first node of the copy, and where the numbers of what was copied begin.
      let start: Int
      let originals: Int
      let changes: Int
    }

    mutating func begin(_ operation: Operation) {
      operations.append(operation)
      self.operation = UInt32(truncatingIfNeeded: operations.count)
    }

    mutating func endOperation() { operation = 0 }

    /// Where all operations stand that were done.
    var operationPlaces: Set<Position> { Set(operations.map(\.position)) }

    mutating func note(_ request: Request, of edit: EditID) {
      let parts: [Position] = (0..<3).map { place in
        request.parts.indices.contains(place) ? request.parts[place] : Position.none
      }
      requests.append(edit.raw)
      requests.append(request.value.raw)
      for part in parts { requests.append(part.raw) }
    }

    /// Edits are noted as they begin, so that the later one has the greater number.
    func request(of edit: EditID) -> Request? {
      var (low, high) = (0, requests.count / Self.requestLength)
      while low < high {
        let middle = (low + high) / 2
        if requests[middle * Self.requestLength] < edit.raw {
          low = middle + 1
        } else {
          high = middle
        }
      }
      let start = low * Self.requestLength
      guard start < requests.count, requests[start] == edit.raw else { return nil }
      let places = requests[(start + 1)..<(start + Self.requestLength)].map { Position(raw: $0) }
      return Request(value: places[0], parts: places.dropFirst().filter { $0 != Position.none })
    }

    mutating func copyRequest(of edit: EditID, to copy: EditID) {
      if let request = request(of: edit) { note(request, of: copy) }
    }

    /// - Parameter number: as a change has it; 0 for none.
    func operation(_ number: UInt32) -> Operation? {
      let index = Int(number) - 1
      return operations.indices.contains(index) ? operations[index] : nil
    }

    mutating func addCopies(from start: Int, of nodes: ContiguousArray<UInt32>, changes: Int) {
      copies.append(Copies(start: start, originals: originals.count, changes: changes))
      originals.append(contentsOf: nodes)
    }

    /// Goes through all copied nodes, what was copied first first.
    func forEachCopy(_ body: (_ copy: Int, _ original: Int) -> Void) {
      for (index, copy) in copies.enumerated() {
        let end = index + 1 < copies.count ? copies[index + 1].originals : originals.count
        for place in copy.originals..<end {
          body(copy.start + place - copy.originals, Int(originals[place]))
        }
      }
    }

    /// What a node was copied from; nil for one that is no copy.
    func original(of node: NodeID) -> Predecessor? {
      var (low, high) = (0, copies.count)
      while low < high {
        let middle = (low + high) / 2
        if copies[middle].start <= Int(node.raw) { low = middle + 1 } else { high = middle }
      }
      guard low > 0 else { return nil }
      let found = copies[low - 1]
      let end = low < copies.count ? copies[low].originals : originals.count
      let place = found.originals + Int(node.raw) - found.start
      guard place < end else { return nil }
      return Predecessor(node: NodeID(raw: originals[place]), changes: found.changes)
    }
  }
}
