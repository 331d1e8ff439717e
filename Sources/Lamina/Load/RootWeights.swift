/// Guesses what roots cost to render, by counting the bytes that they read.
///
/// Nothing is built: the fields of kustomizations that name files and layers are followed, and each layer counts
/// once for each root. Patches and the files of generators are left out, which are small mostly. The same files
/// give the same weights on all machines, so that each of several may take its share of the roots by them.
package struct RootWeights {
  /// What a layer and a file cost beside their bytes.
  private static let perLayer = 1000
  private static let perFile = 200
  /// The weight of what cannot be looked at, such as a repository.
  package static let unknown = 10_000

  private let files: SharedFiles
  /// By canonical directories.
  private var layers: [ByteText: Layer] = [:]

  private struct Layer {
    var weight = RootWeights.perLayer
    /// The canonical directories that it lists.
    var below: [String] = []
  }

  package init(_ files: SharedFiles) { self.files = files }

  /// The weight of a root, at least 1.
  ///
  /// - Parameter directory: an absolute path, or the address of a repository.
  package mutating func weight(of directory: String) -> Int {
    guard let found = try? files.resolve(directory), found.isDirectory else { return Self.unknown }
    var seen: Set<ByteText> = []
    var open = [found.path]
    var weight = 0
    while let directory = open.popLast() {
      guard seen.insert(directory).inserted else { continue }
      let layer = layer(in: directory)
      weight += layer.weight
      open += layer.below
    }
    return weight
  }

  private mutating func layer(in directory: String) -> Layer {
    if let known = layers[directory] { return known }
    let layer = read(directory)
    layers[directory] = layer
    return layer
  }

  private func read(_ directory: String) -> Layer {
    var layer = Layer()
    for name in KustomizationFile.names {
      let path = Path.join(directory, name)
      guard let bytes = try? files.read(path) else { continue }
      layer.weight += bytes.count
      guard let (tree, root) = files.parsed.firstDocument(of: bytes, path: path) else { break }
      for text in RootSearch.names(in: root, of: tree) {
        guard !Path.isAbsolute(text), let found = try? files.resolve(Path.join(directory, text))
        else {
          if (try? RepositoryAddress(text)) != nil { layer.weight += Self.unknown }
          continue
        }
        if found.isDirectory {
          layer.below.append(found.path)
        } else {
          layer.weight += Self.perFile + ((try? files.read(found.path))?.count ?? 0)
        }
      }
      break
    }
    return layer
  }
}
