/// The layers from the root to the one that is being read, to find those that stand on themselves.
///
/// kustomize asks each new layer whether it holds one of those that led to it
/// (internal/loader/fileloader.go `errIfArgEqualOrHigher`). For chains of up to 64
/// layers all are looked at; beyond that a table answers "surely not" for nearly every candidate,
/// and only the others are looked for in the chain.
struct LayerChain {
  private var links: [Link] = []
  /// How many of the layers lie in or below a directory, for chains that are so long that a look at each
  /// of their layers for each new one would take most of the time.
  private var held: [HeldDirectory: Int]?

  /// Chains from this length on have the table, until they are half as long.
  private static let manyLinks = 64

  /// A layer that is being read, and what it stands on as far as that is known.
  private struct Link {
    let reader: DirectoryReader
    var edges: [LayerEdge] = []
  }

  /// Paths of two checkouts are different places, even if they are spelled alike.
  private struct HeldDirectory: Hashable {
    let visit: Int?
    @ByteText var path: String
  }

  mutating func enter(_ reader: DirectoryReader) {
    links.append(Link(reader: reader))
    if held != nil {
      hold(reader, 1)
    } else if links.count >= Self.manyLinks {
      held = [:]
      for link in links { hold(link.reader, 1) }
    }
  }

  /// Leaves the last layer; gives the layers that it stands on.
  mutating func leave() -> [LayerEdge] {
    guard let link = links.popLast() else { return [] }
    if links.count < Self.manyLinks / 2 { held = nil }
    if held != nil { hold(link.reader, -1) }
    return link.edges
  }

  /// Counts a layer for its directory and all above, or takes it off again.
  private mutating func hold(_ reader: DirectoryReader, _ change: Int) {
    var directory = reader.root
    while true {
      let key = HeldDirectory(visit: reader.source?.visit, path: directory)
      let count = (held?[key] ?? 0) + change
      held?[key] = count == 0 ? nil : count
      if directory == "/" || directory == "." { return }
      directory = Path.directory(directory)
    }
  }

  /// False where no layer that is being read lies in or below a directory; true where one may.
  private func mayHold(_ directory: String, of candidate: DirectoryReader) -> Bool {
    guard let held else { return true }
    return held[HeldDirectory(visit: candidate.source?.visit, path: directory)] != nil
  }

  /// Notes that the last layer stands on another one.
  mutating func note(_ edge: LayerEdge) {
    if let last = links.indices.last { links[last].edges.append(edge) }
  }

  /// A repository from elsewhere is being read.
  var isElsewhere: Bool {
    links.contains { $0.reader.source.map { !$0.address.isFile } ?? false }
  }

  // MARK: - Cycles

  /// A layer may not lie in or above a directory that is being read.
  func check(_ candidate: DirectoryReader, _ entry: Kustomization.Entry) throws(Problem) {
    guard mayHold(candidate.root, of: candidate) else { return }
    for link in links.reversed()
    where link.reader.source?.visit == candidate.source?.visit
      && Path.isInside(link.reader.root, directory: candidate.root)
    {
      throw .cycle(entry, directory: candidate.displayRoot, visited: link.reader.displayRoot)
    }
  }

  /// An address may not begin another one that led here (internal/loader/fileloader.go
  /// `errIfRepoCycle`).
  func check(_ address: String, _ entry: Kustomization.Entry) throws(Problem) {
    for link in links.reversed() {
      guard let source = link.reader.source else { continue }
      if source.address.text.utf8.starts(with: address.utf8) {
        throw .cycle(entry, directory: address, visited: source.address.text)
      }
    }
  }

  /// The same for what is below a layer that was read on another way.
  func check(
    _ below: LayersBelow, of candidate: DirectoryReader, _ entry: Kustomization.Entry
  ) throws(Problem) {
    for address in below.addresses.sortedTexts { try check(address, entry) }
    guard below.directories.contains(where: { mayHold($0.string, of: candidate) }) else { return }
    for visited in visits(like: candidate) {
      var directory = visited.root
      while true {
        if below.directories.contains(directory) {
          throw .cycle(entry, directory: directory, visited: visited.displayRoot)
        }
        if directory == "/" { break }
        directory = Path.directory(directory)
      }
    }
  }

  /// The layers that were reached without change to another repository.
  private func visits(like candidate: DirectoryReader) -> [DirectoryReader] {
    links.map(\.reader).filter { $0.source?.visit == candidate.source?.visit }
  }
}

/// A way from a layer to one that it stands on.
struct LayerEdge {
  /// The other layer, by its number.
  let layer: Int
  /// The address that led there; nil where a path did.
  let address: String?
}

/// What is below a layer, with the layer itself.
struct LayersBelow {
  /// Those that were reached by paths, without change to another repository.
  private(set) var directories: Set<ByteText> = []
  /// The addresses of repositories, as they were written.
  private(set) var addresses: Set<ByteText> = []

  /// Follows the edges from a layer.
  ///
  /// Only a layer that is reached on a second way is asked for what is below it. To keep that for each
  /// layer would take time and memory that grow with the square of a chain's length.
  init(_ layer: Int, edges: [[LayerEdge]], directories known: [String]) {
    var seenByPath: Set<Int> = [layer]
    var seen: Set<Int> = []
    var open = [(layer: layer, isByPath: true)]
    while let (layer, isByPath) = open.popLast() {
      if isByPath { directories.insert(known[layer]) }
      for edge in edges[layer] {
        if let address = edge.address { addresses.insert(address) }
        let staysByPath = isByPath && edge.address == nil
        let isNew =
          staysByPath
          ? seenByPath.insert(edge.layer).inserted
          : !seenByPath.contains(edge.layer) && seen.insert(edge.layer).inserted
        if isNew { open.append((edge.layer, staysByPath)) }
      }
    }
  }
}

extension Problem {
  fileprivate static func cycle(
    _ entry: Kustomization.Entry, directory: String, visited: String
  ) -> Problem {
    Problem(
      .cycle,
      "cycle detected: \"\(entry.text)\" leads to '\(directory)', which holds '\(visited)' that is being read",
      at: entry.position)
  }
}
