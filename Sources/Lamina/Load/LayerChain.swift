/// The layers from the root to the one that is being read, to find those that stand on themselves.
struct LayerChain {
  private var links: [Link] = []

  private struct Link {
    let reader: DirectoryReader
    var below: LayersBelow
  }

  mutating func enter(_ reader: DirectoryReader) {
    links.append(Link(reader: reader, below: LayersBelow(directories: [reader.root])))
  }

  /// Leaves the last layer; gives what is below it.
  mutating func leave() -> LayersBelow { links.popLast()?.below ?? LayersBelow() }

  /// Notes that the last layer stands on one with these below it, whose address it gave, if any.
  mutating func note(_ below: LayersBelow, reachedBy address: RepositoryAddress?) {
    guard let last = links.indices.last else { return }
    links[last].below.addresses.formUnion(below.addresses)
    if let address {
      links[last].below.addresses.insert(address.text)
    } else {
      links[last].below.directories.formUnion(below.directories)
    }
  }

  /// A repository from elsewhere is being read.
  var isElsewhere: Bool {
    links.contains { $0.reader.source.map { !$0.address.isFile } ?? false }
  }

  // MARK: - Cycles

  /// A layer may not lie in or above a directory that is being read.
  func check(_ candidate: DirectoryReader, _ entry: Kustomization.Entry) throws(Problem) {
    for visited in visits(like: candidate).reversed()
    where Path.isInside(visited.root, directory: candidate.root) {
      throw .cycle(entry, directory: candidate.displayRoot, visited: visited.displayRoot)
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
    for address in below.addresses.sorted() { try check(address, entry) }
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

  private func visits(like candidate: DirectoryReader) -> [DirectoryReader] {
    links.map(\.reader).filter { $0.source?.visit == candidate.source?.visit }
  }
}

/// What is below a layer, with the layer itself.
struct LayersBelow {
  /// Those that were reached by paths, without change to another repository.
  var directories: Set<String> = []
  /// The addresses of repositories, as they were written.
  var addresses: Set<String> = []
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
