/// A patch by itself, without a kustomization: applied to a document or a stream of them.
///
///     var patch = try ManifestPatch.strategicMerge(patchBytes)
///     patch.target = ManifestPatch.Target(kind: "Deployment", labelSelector: "tier=front")
///     let patched = try patch.spliced(into: manifests)
///
/// The value may be used for many streams, from many threads at once.
public struct ManifestPatch: Sendable {
  /// Which objects a patch is for, as the `target` of an entry of `patches`: all conditions have to hold, and an
  /// empty one always does.
  public struct Target: Sendable, Equatable {
    /// The API group: a regular expression (RE2) that has to match all of it, as those below.
    public var group: String
    /// The version of the API.
    public var version: String
    /// The kind.
    public var kind: String
    /// The name.
    public var name: String
    /// The namespace; that of an object without one is `default`.
    public var namespace: String
    /// A selector of labels, as `kubectl -l` takes it: `app=web,tier in (front, back)`.
    public var labelSelector: String
    /// A selector of annotations, in the same words.
    public var annotationSelector: String

    /// A target with the conditions that are given.
    public init(
      group: String = "", version: String = "", kind: String = "", name: String = "",
      namespace: String = "", labelSelector: String = "", annotationSelector: String = ""
    ) {
      self.group = group
      self.version = version
      self.kind = kind
      self.name = name
      self.namespace = namespace
      self.labelSelector = labelSelector
      self.annotationSelector = annotationSelector
    }
  }

  private enum Kind {
    case strategicMerge
    case json
  }

  private let kind: Kind
  /// The patch as text. It is read anew for each stream, into the tree of that stream: a patch of
  /// nodes would belong to one tree, and merging uses it up.
  private let bytes: [UInt8]
  private let name: String
  /// Which objects get the patch. With nil, a strategic merge finds its object by its own id, and a JSON patch goes
  /// to every object. A target that no object meets changes nothing.
  public var target: Target?
  /// A strategic merge may change the name of its object; otherwise the object keeps it.
  public var allowsNameChange = false
  /// A strategic merge may change the kind of its object; otherwise the object keeps it.
  public var allowsKindChange = false
  /// An OpenAPI document, in JSON or YAML, that says by which keys lists are merged, instead of what is known of
  /// Kubernetes' own kinds: what `openapi.path` of a kustomization names.
  public var openAPI: [UInt8]?

  /// A strategic merge patch, with the rules of kustomize: lists of the built-in kinds are merged by
  /// their keys, null takes a field out, `$patch` deletes or replaces.
  ///
  /// - Parameters:
  ///   - bytes: YAML or JSON. Several documents are several patches, which cannot have a target.
  ///   - name: what messages call the patch.
  /// - Throws: a `Diagnostic` where the patch is no object with kind and name.
  public static func strategicMerge(
    _ bytes: [UInt8], name: String = "patch.yaml"
  ) throws(Diagnostic) -> ManifestPatch {
    let patch = ManifestPatch(kind: .strategicMerge, bytes: bytes, name: name)
    var workspace = Workspace()
    do { _ = try patch.strategicPatches(&workspace) } catch {
      throw Diagnostic(error, in: workspace.sources)
    }
    return patch
  }

  /// A JSON patch (RFC 6902): a list of operations, in JSON or YAML.
  ///
  /// - Parameters:
  ///   - bytes: one document.
  ///   - name: what messages call the patch.
  /// - Throws: a `Diagnostic` where the patch is no list of operations.
  public static func json(
    _ bytes: [UInt8], name: String = "patch.yaml"
  ) throws(Diagnostic) -> ManifestPatch {
    let patch = ManifestPatch(kind: .json, bytes: bytes, name: name)
    var workspace = Workspace()
    do { _ = try patch.jsonPatch(&workspace) } catch {
      throw Diagnostic(error, in: workspace.sources)
    }
    return patch
  }

  private init(kind: Kind, bytes: [UInt8], name: String) {
    self.kind = kind
    self.bytes = bytes
    self.name = name
  }

  /// Applies the patch and gives the whole stream, printed as `render` prints it, in its order.
  ///
  /// Without a target, a strategic merge goes to the object of the same group, version, kind, namespace and name,
  /// which must be there once; to the only object of a stream it goes whatever that is called. Objects that a
  /// patch deletes are left out.
  ///
  /// - Parameters:
  ///   - manifests: Kubernetes objects as YAML or JSON; lists are opened.
  ///   - name: what messages call the stream.
  /// - Throws: a `Diagnostic` with the place in the patch, in the target or in the stream.
  public func applied(
    to manifests: [UInt8], name: String = "manifests.yaml"
  ) throws(Diagnostic) -> [UInt8] {
    var workspace = Workspace()
    do {
      var stream = try stream(manifests, name, &workspace)
      try apply(to: &stream.resources, &workspace)
      return try FinalStage(stream.resources, &workspace).bytes
    } catch { throw Diagnostic(error, in: workspace.sources) }
  }

  /// Applies the patch and gives the stream with every document that it does not change as it was, byte for byte:
  /// comments, layout and line breaks.
  ///
  /// A document that it changes is printed as `render` prints it; if it was a list, its objects are printed one by
  /// one. A document whose objects are all deleted is left out, with the `---` before it.
  ///
  /// - Parameters:
  ///   - manifests: Kubernetes objects as YAML or JSON.
  ///   - name: what messages call the stream.
  /// - Throws: what `applied` throws.
  public func spliced(
    into manifests: [UInt8], name: String = "manifests.yaml"
  ) throws(Diagnostic) -> [UInt8] {
    let old = try printed(manifests, name, isPatched: false)
    let new = try printed(manifests, name, isPatched: true)
    var output: [UInt8] = []
    for (index, document) in old.documents.enumerated() {
      let (objects, patched) = (old.objects[index] ?? [], new.objects[index] ?? [])
      if objects.elementsEqual(patched, by: { $0.root == $1.root && $0.yaml == $1.yaml }) {
        output += manifests[document.separator] + manifests[document.content]
      } else if !patched.isEmpty {
        output += manifests[document.separator]
        output += patched.map(\.yaml).joined(separator: Array("---\n".utf8))
      }
    }
    return output
  }

  // MARK: - The steps

  /// The objects of a stream as they were read.
  private struct Stream {
    var resources = Resources()
    let file: Int
  }

  /// The steps of a build that matter here: read, patch, drop what is empty, settle and print.
  /// Origins, hashes and name references need a kustomization.
  private func stream(
    _ manifests: [UInt8], _ name: String, _ workspace: inout Workspace
  ) throws(Problem) -> Stream {
    if let openAPI {
      let file = workspace.sources.add(path: "openapi", bytes: openAPI)
      try SchemaLoader.adopt(documentInFile: file, &workspace)
    }
    var stream = Stream(file: workspace.sources.add(path: name, bytes: manifests))
    for root in try ResourceReader.objects(inFile: stream.file, &workspace) {
      let resource = try ResourceReader.resource(of: root, &workspace)
      if stream.resources.append(resource) != nil { throw .sameObject(resource, workspace) }
    }
    return stream
  }

  private func apply(
    to resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    if let target {
      try apply(to: target, of: &resources, &workspace)
    } else {
      switch kind {
      case .json:
        let patch = try jsonPatch(&workspace)
        for index in resources.indices {
          try resources.apply(patch, at: index, remembersID: false, &workspace)
        }
      case .strategicMerge: try merge(into: &resources, &workspace)
      }
    }
    resources.removeEmpty(in: workspace.tree)
  }

  /// Does what an entry of `patches` does.
  private func apply(
    to target: Target, of resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    let patch: LoadedPatch =
      switch kind {
      case .json: .json(try jsonPatch(&workspace))
      case .strategicMerge: .strategic(try strategicPatches(&workspace))
      }
    let selector = try CompiledSelector(target.selector, symbols: &workspace.tree.symbols)
    let arguments = PatchArguments(
      allowNameChange: allowsNameChange, allowKindChange: allowsKindChange)
    try PatchStep(patch: patch, target: selector, arguments: arguments)
      .apply(to: &resources, &workspace)
  }

  /// A single patch goes to a single object whatever either is called, so that a patch can be tried
  /// on an object without repeating its name.
  private func merge(
    into resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    var permissions: PatchPermissions = []
    if allowsNameChange { permissions.insert(.nameChange) }
    if allowsKindChange { permissions.insert(.kindChange) }
    let patches = try strategicPatches(&workspace)
    for patch in patches {
      let patch = try patch.noting(permissions, hasTarget: false, &workspace.tree)
      let index =
        patches.count == 1 && resources.count == 1
        ? 0 : try StrategicMergeTarget.find(patch, in: resources, &workspace)
      try StrategicMergeTarget(index: index, permissions: patch.resource.permissions)
        .merge(patch.resource.root, in: &resources, &workspace)
    }
  }

  /// `asked: .none`: no kustomization asks for the patch, so messages have no entry to point at.
  private func strategicPatches(
    _ workspace: inout Workspace
  ) throws(Problem) -> [StrategicPatch] {
    let file = workspace.sources.add(path: name, bytes: bytes)
    var patches: [StrategicPatch] = []
    for root in try ResourceReader.objects(inFile: file, &workspace) {
      patches.append(
        StrategicPatch(
          resource: try ResourceReader.resource(of: root, &workspace), asked: .none))
    }
    return patches
  }

  /// An empty patch is a list without operations; it still sends the objects through JSON.
  private func jsonPatch(_ workspace: inout Workspace) throws(Problem) -> JSONPatch {
    let file = workspace.sources.add(path: name, bytes: bytes)
    let patch = try JSONPatch.read(file: file, into: &workspace.tree, sources: workspace.sources)
    return patch
      ?? JSONPatch(
        operations: [], position: workspace.sources.files[file].position(at: 0))
  }

  // MARK: - Splicing

  /// A stream as it is printed, by the documents that its objects stand in.
  private struct Printed {
    /// Where a document stands in the bytes of the stream: the line `---` before it, and the rest.
    struct Document {
      let separator: Range<Int>
      let content: Range<Int>
    }

    struct Object {
      /// The same node in the stream with and without the patch, as the stream is read first in both.
      let root: NodeID
      let yaml: ArraySlice<UInt8>
    }

    let documents: [Document]
    /// By the documents.
    let objects: [Int: [Object]]
  }

  private func printed(
    _ manifests: [UInt8], _ name: String, isPatched: Bool
  ) throws(Diagnostic) -> Printed {
    var workspace = Workspace()
    do {
      var stream = try stream(manifests, name, &workspace)
      let pieces = try DocumentSplitter.pieces(
        of: DocumentText(workspace.sources.files[stream.file])
      ) { _ in .none }
      var documents: [NodeID: Int] = [:]
      for root in stream.resources.roots {
        let place = workspace.sources.place(of: workspace.tree.position(root))
        documents[root] = DocumentSplitter.index(ofLine: (place?.line ?? 1) - 1, in: pieces)
      }
      if isPatched { try apply(to: &stream.resources, &workspace) }
      let stage = try FinalStage(stream.resources, &workspace)
      var objects: [Int: [Printed.Object]] = [:]
      for place in stage.resources.indices {
        let root = stage.resources[place].root
        objects[documents[root] ?? 0, default: []].append(
          Printed.Object(root: root, yaml: stage.bytes[stage.range(of: place)]))
      }
      return Printed(documents: Self.extents(pieces, in: manifests), objects: objects)
    } catch { throw Diagnostic(error, in: workspace.sources) }
  }

  /// Where documents stand in the bytes as they are: pieces are those of a text without carriage returns, which has
  /// the same lines.
  private static func extents(
    _ pieces: [DocumentSplitter.Piece], in bytes: [UInt8]
  ) -> [Printed.Document] {
    let starts = LineStarts(endedByFeeds: bytes).offsets
    func start(_ line: Int) -> Int { line < starts.count ? Int(starts[line]) : bytes.count }
    return pieces.indices.map { index in
      let first = pieces[index].firstLine
      let next = index + 1 < pieces.count ? start(pieces[index + 1].firstLine - 1) : bytes.count
      return Printed.Document(
        separator: start(max(first - 1, 0))..<start(first), content: start(first)..<next)
    }
  }
}

extension ManifestPatch.Target {
  fileprivate var selector: Selector {
    Selector(
      group: .init(text: group), version: .init(text: version), kind: .init(text: kind),
      name: .init(text: name), namespace: .init(text: namespace),
      labelSelector: .init(text: labelSelector), annotationSelector: .init(text: annotationSelector)
    )
  }
}

extension Problem {
  fileprivate static func sameObject(_ resource: Resource, _ workspace: Workspace) -> Problem {
    Problem(
      .objectTwiceInStream,
      "the stream holds \(workspace.tree.symbols.describe(resource.id)) twice",
      at: workspace.tree.position(resource.root))
  }
}
