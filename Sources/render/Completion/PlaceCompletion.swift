import Lamina
import LaminaHost

/// Directories and objects that a word may name.
enum PlaceCompletion {
  /// Directories with a kustomization, and where none begins like this, plain directories.
  static func directories(_ prefix: String) -> [String] {
    let top = prefix.cut(atLast: "/").map { "\($0.before)/" } ?? ""
    let found = DirectorySearch.directories(
      below: top.isEmpty ? "." : top, holding: Renderer.kustomizationNames)
    let names = found.map { top.isEmpty && $0.begins(with: "./") ? String($0.dropFirst(2)) : $0 }
    let matching = names.filter { $0.begins(with: prefix) && !$0.hasBytes(of: top) }
    if !matching.isEmpty { return matching }
    return DirectorySearch.names(in: top.isEmpty ? "." : top).map { top + $0 }
      .filter { $0.begins(with: prefix) && OutputFile.isDirectory($0) }.map { "\($0)/" }
  }

  /// A directory, or behind it the objects that it renders to, as `kind/name`.
  ///
  /// - Parameter named: the arguments before.
  static func explained(_ named: [String], _ prefix: String) -> [String] {
    guard let directory = named.first else { return directories(prefix) }
    guard OutputFile.isDirectory(directory) else { return [] }
    var invocation = Invocation()
    // A key must not wait for a server.
    invocation.options.isOffline = true
    let renderer = invocation.renderer(SharedFiles(DiskFileSystem()), SharedAnswers())
    let path = Invocation.path(of: directory)
    guard let rendering = try? renderer.render(path, displayPath: directory) else { return [] }
    var seen: Set<ByteText> = []
    return rendering.resources.map { "\($0.id.kind.lowercased())/\($0.id.name)" }
      .filter { $0.begins(with: prefix) && seen.insert($0).inserted }
  }
}
