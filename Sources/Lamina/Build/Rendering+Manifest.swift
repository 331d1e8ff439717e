extension Rendering {
  /// Takes the objects of a stream of YAML as if a build had made them: lists are opened, empty
  /// documents left out, and what is printed is in the layout of every rendering.
  ///
  /// Unlike a build's, several objects may have one id.
  ///
  /// - Throws: a `Diagnostic` with the place of the first error.
  package init(manifest bytes: [UInt8], displayPath: String) throws(Diagnostic) {
    var workspace = Workspace()
    let file = workspace.sources.add(path: displayPath, bytes: bytes)
    do {
      let roots = try ResourceReader.objects(inFile: file, &workspace)
      var read: [Resource] = []
      for root in roots {
        read.append(Resource(root: root, id: ResourceReader.id(of: root, &workspace)))
      }
      var resources = Resources()
      resources.finish(read)
      self = try Rendering(resources, workspace, filesRead: [])
    } catch { throw Diagnostic(error, in: workspace.sources) }
  }
}
