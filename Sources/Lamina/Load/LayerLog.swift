private import Synchronization

/// What a build read, by the layers that asked for it.
///
/// `render deps` and `affected` read it. An object, as all readers of a build write to the same
/// log, also those on other threads.
package final class LayerLog: Sendable {
  package init() {}

  /// A directory with a kustomization.
  package struct Layer: Sendable, Hashable {
    /// Its canonical path, or the address of what was fetched.
    @ByteText package private(set) var path: String
    /// It was fetched, or belongs to what was.
    package let isRemote: Bool

    package init(path: String, isRemote: Bool) {
      self.path = path
      self.isRemote = isRemote
    }
  }

  /// Something that a layer asked for.
  package enum Part: Sendable, Hashable {
    /// A file by its canonical path, or by the address of what was fetched.
    case file(ByteText, isRemote: Bool)
    case layer(Layer, isComponent: Bool)
    /// A directory that a program reads: a chart.
    case directory(ByteText)
  }

  package struct Edge: Sendable, Hashable {
    package let layer: Layer
    package let part: Part

    package init(layer: Layer, part: Part) {
      self.layer = layer
      self.part = part
    }
  }

  /// `known` keeps each edge from being noted twice.
  private struct State {
    var edges: [Edge] = []
    var known: Set<Edge> = []
  }

  private let state = Mutex(State())

  /// Who asked for what, each once, in the order in which it was first asked for.
  package var edges: [Edge] { state.withLock { $0.edges } }

  /// The addresses of what was fetched, each once, without passwords; of a repository its own, and not those of
  /// its files.
  ///
  /// - Parameter root: what was rendered, a path or an address.
  package func remotes(ofRoot root: String) -> [String] {
    var all: [String] = []
    if (try? RepositoryAddress(root)) != nil { all.append(root) }
    for edge in edges {
      switch edge.part {
      case .file(let address, true) where !edge.layer.isRemote: all.append(address.string)
      case .layer(let layer, _) where layer.isRemote: all.append(layer.path)
      default: break
      }
    }
    var known: Set<ByteText> = []
    return all.map { AddressUser.masked($0) }.filter { known.insert($0).inserted }
  }

  func note(_ part: Part, of reader: DirectoryReader) {
    let edge = Edge(layer: reader.layer, part: part)
    state.withLock { state in
      if state.known.insert(edge).inserted { state.edges.append(edge) }
    }
  }
}

extension DirectoryReader {
  /// What the log calls the directory.
  var layer: LayerLog.Layer {
    LayerLog.Layer(path: source == nil ? root : displayRoot, isRemote: source != nil)
  }

  /// Files of a repository are named as messages name them: their paths on this machine mean
  /// nothing to a caller.
  func note(_ file: File) {
    let isRemote = file.isRemote || source != nil
    let path = ByteText(isRemote ? file.displayPath : file.path)
    log?.note(.file(path, isRemote: isRemote), of: self)
  }

  func note(_ child: DirectoryReader, _ role: LayerRole) {
    var isComponent = false
    if case .component = role { isComponent = true }
    log?.note(.layer(child.layer, isComponent: isComponent), of: self)
  }
}
