/// A patch by itself, without a kustomization: applied to a document or a stream of them.
///
///     let patch = try ManifestPatch.strategicMerge(patchBytes)
///     let patched = try patch.applied(to: manifests)
///
/// The value may be used for many streams, from many threads at once.
public struct ManifestPatch: Sendable {
  private enum Kind {
    case strategicMerge
    case json
  }

  private let kind: Kind
  /// The patch as text. It is read anew for each stream, into the tree of that stream: a patch of
  /// nodes would belong to one tree, and merging uses it up.
  private let bytes: [UInt8]
  private let name: String

  /// A strategic merge patch, with the rules of kustomize: lists of the built-in kinds are merged by
  /// their keys, null takes a field out, `$patch` deletes or replaces.
  ///
  /// - Parameters:
  ///   - bytes: YAML or JSON. Several documents are several patches.
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

  /// Applies the patch and gives the whole stream, printed as `render` prints it, in its order.
  ///
  /// A strategic merge goes to the object of the same group, version, kind, namespace and name, which
  /// must be there once; to the only object of a stream it goes whatever that is called. A JSON patch
  /// goes to every object. Objects that a patch deletes are left out.
  ///
  /// - Parameters:
  ///   - manifests: Kubernetes objects as YAML or JSON; lists are opened.
  ///   - name: what messages call the stream.
  /// - Throws: a `Diagnostic` with the place in the patch or in the stream.
  public func applied(
    to manifests: [UInt8], name: String = "manifests.yaml"
  ) throws(Diagnostic) -> [UInt8] {
    var workspace = Workspace()
    do { return try apply(to: manifests, name: name, &workspace) } catch {
      throw Diagnostic(error, in: workspace.sources)
    }
  }

  /// The steps of a build that matter here: read, patch, drop what is empty, settle and print.
  /// Origins, hashes and name references need a kustomization.
  private func apply(
    to manifests: [UInt8], name: String, _ workspace: inout Workspace
  ) throws(Problem) -> [UInt8] {
    var resources = Resources()
    let file = workspace.sources.add(path: name, bytes: manifests)
    for root in try ResourceReader.objects(inFile: file, &workspace) {
      let resource = ResourceReader.resource(of: root, &workspace)
      if resources.append(resource) != nil { throw .sameObject(resource, workspace) }
    }
    switch kind {
    case .json:
      let patch = try jsonPatch(&workspace)
      for index in resources.indices {
        try resources.apply(patch, at: index, remembersID: false, &workspace)
      }
    case .strategicMerge: try merge(into: &resources, &workspace)
    }
    resources.removeEmpty(in: workspace.tree)
    return try FinalStage(resources, &workspace).bytes
  }

  /// A single patch goes to a single object whatever either is called, so that a patch can be tried
  /// on an object without repeating its name.
  private func merge(
    into resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    let patches = try strategicPatches(&workspace)
    for patch in patches {
      let index =
        patches.count == 1 && resources.count == 1
        ? 0 : try StrategicMergeTarget.find(patch, in: resources, &workspace)
      try StrategicMergeTarget(index: index, permissions: .init())
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
          resource: ResourceReader.resource(of: root, &workspace), asked: .none))
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
}

extension Problem {
  fileprivate static func sameObject(_ resource: Resource, _ workspace: Workspace) -> Problem {
    Problem(
      .objectTwiceInStream,
      "the stream holds \(workspace.tree.symbols.describe(resource.id)) twice",
      at: workspace.tree.position(resource.root))
  }
}
