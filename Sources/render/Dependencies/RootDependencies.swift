import Lamina
import LaminaHost

/// Everything that a root reads, by its paths from the working directory.
struct RootDependencies: Sendable {
  /// The root in the user's words.
  let name: String
  /// In the order in which they were first asked for.
  let files: [String]
  /// The addresses of what was fetched; of a repository its own, and not those of its files.
  let remotes: [String]
  /// Who asked for what.
  let edges: [LayerLog.Edge]

  /// Renders a root, and tells what was read.
  init(
    of root: String, _ renderer: Renderer, from directory: RelativePath
  ) throws(Diagnostic) {
    let (log, layers) = (renderer.makeLog(), LayerLog())
    _ = try renderer.render(
      Invocation.path(of: root), displayPath: root, log: log, layers: layers)
    self.init(of: root, log, layers, from: directory)
  }

  /// Tells what a build read, by its logs.
  init(of root: String, _ log: ReadLog, _ layers: LayerLog, from directory: RelativePath) {
    name = AddressUser.masked(root)
    edges = layers.edges.map { $0.written(from: directory) }
    var files = Unique()
    for path in log.paths { files.add(directory.text(of: path)) }
    for case .directory(let path) in edges.map(\.part) {
      for file in DirectorySearch.files(below: path.string) { files.add(file) }
    }
    self.files = files.all
    remotes = layers.remotes(ofRoot: root)
  }
}

/// Texts without those that were there before, and without passwords.
private struct Unique {
  private(set) var all: [String] = []
  private var known: Set<ByteText> = []

  mutating func add(_ text: String) {
    let text = AddressUser.masked(text)
    if known.insert(text).inserted { all.append(text) }
  }
}

extension LayerLog.Edge {
  /// The same with paths from a directory.
  fileprivate func written(from directory: RelativePath) -> LayerLog.Edge {
    LayerLog.Edge(layer: layer.written(from: directory), part: part.written(from: directory))
  }
}

extension LayerLog.Layer {
  fileprivate func written(from directory: RelativePath) -> LayerLog.Layer {
    LayerLog.Layer(
      path: isRemote ? AddressUser.masked(path) : directory.text(of: path), isRemote: isRemote)
  }
}

extension LayerLog.Part {
  fileprivate func written(from directory: RelativePath) -> LayerLog.Part {
    switch self {
    case .file(let path, let isRemote):
      .file(
        ByteText(
          isRemote ? AddressUser.masked(path.string) : directory.text(of: path.string)),
        isRemote: isRemote)
    case .layer(let layer, let isComponent):
      .layer(layer.written(from: directory), isComponent: isComponent)
    case .directory(let path): .directory(ByteText(directory.text(of: path.string)))
    }
  }
}
