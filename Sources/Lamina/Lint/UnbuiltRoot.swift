/// The kustomization files of a root that does not render, for the rules that need no more than these.
package struct UnbuiltRoot {
  /// All files that the build has read.
  private let paths: [String]
  private let files: any BuildFiles
  /// The canonical path of the root, and what messages call it.
  private let root: String
  private let displayRoot: String
  private let hidesSecrets: Bool

  /// - Parameters:
  ///   - log: what the build had read when it failed.
  ///   - hidesSecrets: messages show no values of Secrets.
  package init(_ log: ReadLog, root: String, displayRoot: String, hidesSecrets: Bool) {
    paths = log.paths
    files = log
    self.hidesSecrets = hidesSecrets
    self.root = (try? log.resolve(root))?.path ?? root
    self.displayRoot = displayRoot
  }

  /// A build without resources, which has the layers that can be read.
  ///
  /// - Parameter diagnostics: messages of which comments in their files may silence some.
  func stage(withFilesOf diagnostics: [Diagnostic]) -> FinalStage? {
    var workspace = Workspace()
    workspace.sources.hidesSecrets = hidesSecrets
    let remotes = RemoteContent(host: nil, isOffline: true, mayChange: false, answers: nil)
    var layers: [Layer] = []
    let wanted = Set(texts: diagnostics.compactMap { $0.location?.file ?? $0.file })
    for path in paths {
      guard KustomizationFile.isOne(path) else {
        if wanted.contains(display(path)), let bytes = try? files.read(path) {
          _ = workspace.sources.add(path: display(path), bytes: bytes)
        }
        continue
      }
      let directory = Path.directory(path)
      let reader = DirectoryReader(
        fileSystem: files, restriction: .rootOnly, root: directory,
        writtenRoot: display(directory), remotes: remotes)
      guard let layer = try? layer(at: path, in: reader, &workspace) else { continue }
      layers.append(layer)
    }
    return try? FinalStage(Resources(), &workspace, layers: layers)
  }

  private func layer(
    at path: String, in directory: DirectoryReader, _ workspace: inout Workspace
  ) throws(Problem) -> Layer {
    let outcome = try KustomizationFile(in: directory, role: .root).read(&workspace)
    return Layer(
      kustomization: outcome.reading.kustomization, directory: directory, path: display(path),
      file: outcome.file, document: outcome.document, resources: [], patches: LayerPatches(),
      replacements: [], components: [], configurations: [], crds: [], generators: [],
      transformers: [], validators: [])
  }

  /// What messages call a canonical path: its way from the root, behind the name of the root.
  private func display(_ path: String) -> String {
    let from = root.parts(at: "/")
    let to = path.parts(at: "/")
    let shared = zip(from, to).prefix { $0.hasBytes(of: $1) }.count
    let parts =
      Array(repeating: "..", count: from.count - shared) + to[shared...].map { String($0) }
    return Path.join(displayRoot, parts.isEmpty ? "." : parts.joined(separator: "/"))
  }
}
