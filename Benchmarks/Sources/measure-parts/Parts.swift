import GeneratedInputs
import Synchronization

@testable import Lamina

/// The parts of a build whose costs add up to that of all of it.
struct Parts {
  private let runs: Int
  private let shop: GeneratedInput
  private let definitions: GeneratedInput

  init(resources: Int, runs: Int) throws {
    self.runs = runs
    shop = Inputs.shop(resources: resources)
    definitions = Inputs.definitions(bytes: resources * 1000)
  }

  func all() throws -> [Measurement] {
    [
      try read("resources", shop), try read("definitions", definitions),
      try write("resources", shop), try write("definitions", definitions),
      try copy(), try adopt(), try merge(), try references(), try build(),
      try rebuild(),
    ]
  }

  // MARK: - The parts

  /// Text to tree.
  private func read(_ name: String, _ input: GeneratedInput) throws -> Measurement {
    let files = Documents(of: input)
    return try measure("read \(name)", per: "byte", count: files.byteCount, runs: runs) {
      Tree()
    } run: {
      _ = try files.read(into: &$0)
    }
  }

  /// Tree to text.
  private func write(_ name: String, _ input: GeneratedInput) throws -> Measurement {
    var tree = Tree()
    let roots = try Documents(of: input).read(into: &tree)
    func printAll(_ tree: Tree) throws -> [UInt8] {
      var printer = TreePrinter(tree)
      for root in roots { try printer.print(root) }
      return printer.take()
    }
    let count = try printAll(tree).count
    return try measure("write \(name)", per: "byte", count: count, runs: runs) {
      tree
    } run: {
      _ = try printAll($0)
    }
  }

  /// What each use of a base after the first costs.
  private func copy() throws -> Measurement {
    let files = Documents(of: shop)
    var tree = Tree()
    _ = try files.read(into: &tree)
    return try measure("copy", per: "node", count: tree.nodes.count, runs: runs) {
      var tree = Tree()
      return (try files.read(into: &tree), tree)
    } run: { (state: inout (roots: [NodeID], tree: Tree)) in
      for root in state.roots { _ = try state.tree.copy(root, for: .none) }
    }
  }

  /// What each build pays for a file that another one has parsed.
  private func adopt() throws -> Measurement {
    var tree = Tree()
    let roots = try Documents(of: shop).read(into: &tree)
    return measure("take over", per: "node", count: tree.nodes.count, runs: runs) {
      Tree()
    } run: {
      var symbols: ContiguousArray<Symbol> = []
      $0.symbols.adopt(tree.symbols, upTo: tree.symbols.count, behind: &symbols)
      _ = $0.adopt(tree, roots, symbols, base: 1)
    }
  }

  /// A strategic merge of a patch with two levels of lists into each Deployment.
  private func merge() throws -> Measurement {
    let files = Documents(of: shop)
    var known = Tree()
    let deployments = try files.read(into: &known)
      .filter { known.string(known.field(.kind, of: $0) ?? $0) == "Deployment" }
    return try measure("merge", per: "patch", count: deployments.count, runs: runs) {
      var tree = Tree()
      _ = try files.read(into: &tree)
      let patch = try Documents([patch]).read(into: &tree)[0]
      return (tree, patch, Schema.builtIn)
    } run: { (state: inout (tree: Tree, patch: NodeID, schema: Schema)) in
      for deployment in deployments {
        _ = try StrategicMerge.apply(
          usingUp: try state.tree.copy(state.patch, for: .none), to: deployment,
          schema: &state.schema,
          in: &state.tree)
      }
    }
  }

  /// Two references in each Deployment, to objects whose names have changed.
  private func references() throws -> Measurement {
    let files = MemoryFileSystem(of: shop)
    let standard = BuildDefaults()
    return try measure(
      "resolve", per: "reference", count: 2 * shop.deploymentCount, runs: runs
    ) {
      var workspace = standard.workspace
      let graph = try Loader.load(
        "/\(shop.root)", displayPath: shop.root, fileSystem: ReadLog(files),
        options: LoadOptions(restriction: .rootOnly, loadRoot: nil, displayPrefix: ""),
        remotes: RemoteContent(host: nil, isOffline: true, mayChange: false), log: nil,
        into: &workspace)
      let all = try Accumulate(graph, standard.standard, RenderOptions(), nil).root(&workspace)
      return (workspace, all)
    } run: { (state: inout (workspace: Workspace, all: Accumulation)) in
      try NameReferences.apply(
        state.all.configuration.nameReference, to: &state.all.resources, &state.workspace)
    }
  }

  /// All of it, without a process around it.
  private func build() throws -> Measurement {
    let renderer = Renderer(fileSystem: MemoryFileSystem(of: shop))
    let count = 4 * shop.deploymentCount
    return try measure("build", per: "resource", count: count, runs: runs) {
    } run: { _ in
      _ = try renderer.render("/\(shop.root)")
    }
  }

  /// A session is told of a changed file, and renders its root again.
  private func rebuild() throws -> Measurement {
    let files = ChangingMemory(MemoryFileSystem(of: shop))
    let root = "/\(shop.root)"
    var session = RenderSession(files)
    _ = try session.rendering(of: root)
    let file = shop.files[0]
    let path = "/\(file.path)"
    let more = "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n"
    let texts = [file.text, file.text + more]
    var turn = 0
    let count = 4 * shop.deploymentCount
    return try measure("build again", per: "resource", count: count, runs: runs) {
      turn = 1 - turn
      files.write(Array(texts[turn].utf8), to: path)
    } run: { _ in
      guard session.filesChanged([path]) == [root] else { fatalError("nothing is stale") }
      _ = try session.rendering(of: root)
    }
  }

  private let patch = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: any
    spec:
      template:
        spec:
          containers:
          - name: main
            env:
            - name: STAGE
              value: production

    """
}

/// The resources of an input, as files to be parsed.
private struct Documents {
  private var sources = SourceMap()
  private(set) var byteCount = 0

  init(of input: GeneratedInput) {
    self.init(input.files.filter { !$0.path.hasSuffix("kustomization.yaml") }.map(\.text))
  }

  init(_ texts: [String]) {
    for text in texts { _ = sources.add(path: "", bytes: Array(text.utf8)) }
    byteCount = texts.reduce(0) { $0 + $1.utf8.count }
  }

  func read(into tree: inout Tree) throws -> [NodeID] {
    try sources.files.indices.flatMap {
      try YAMLReader.documents(ofFile: $0, into: &tree, sources: sources)
    }
  }
}

extension GeneratedInput {
  /// Each file of a shop's base holds one Deployment.
  fileprivate var deploymentCount: Int {
    files.count { $0.text.contains("kind: Deployment\n") && $0.path.hasPrefix("base/") }
  }
}

/// Files in memory that change.
private final class ChangingMemory: FileSystem {
  private let files: Mutex<MemoryFileSystem>

  init(_ files: MemoryFileSystem) { self.files = Mutex(files) }

  func write(_ bytes: [UInt8], to path: String) { files.withLock { $0.write(bytes, to: path) } }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    try files.withLock { $0 }.resolve(path)
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    try files.withLock { $0 }.read(path)
  }
}

extension MemoryFileSystem {
  fileprivate init(of input: GeneratedInput) {
    self.init(
      Dictionary(input.files.map { ("/\($0.path)", $0.text) }, uniquingKeysWith: { $1 }))
  }
}
