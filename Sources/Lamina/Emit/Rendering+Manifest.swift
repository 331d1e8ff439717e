extension Rendering {
  /// Takes the objects of a stream of YAML as if a build had made them: lists are opened, empty
  /// documents left out, and what is printed is in the layout of every rendering.
  ///
  /// Unlike a build's, several objects may have one id.
  ///
  /// - Parameter hidesSecrets: messages show no values of Secrets.
  /// - Throws: a `Diagnostic` with the place of the first error.
  package init(
    manifest bytes: [UInt8], displayPath: String, hidesSecrets: Bool = false
  ) throws(Diagnostic) {
    var workspace = Workspace()
    workspace.sources.hidesSecrets = hidesSecrets
    let file = workspace.sources.add(path: displayPath, bytes: bytes)
    do {
      let roots = try ResourceReader.objects(inFile: file, &workspace)
      var read: [Resource] = []
      for root in roots {
        read.append(Resource(root: root, id: ResourceReader.id(of: root, &workspace)))
      }
      let written = try Self.documents(of: roots, inFile: file, workspace)
      self = try Rendering(
        Resources(finished: read), &workspace, filesRead: [], written: written)
    } catch {
      throw Diagnostic(error, in: workspace.sources.hidingSecrets(of: workspace.tree))
    }
  }

  /// It was not made by a build.
  package var isFile: Bool { resources.first?.isOfFile ?? false }

  /// The text of the document that each object was read from; nil where several share one.
  ///
  /// The document of a resource is found by the line where the resource begins.
  private static func documents(
    of roots: [NodeID], inFile file: Int, _ workspace: Workspace
  ) throws(Problem) -> [ArraySlice<UInt8>?] {
    let text = DocumentText(workspace.sources.files[file])
    let pieces = try DocumentSplitter.pieces(of: text) { _ in .none }
    let places = roots.map { root in
      let line = workspace.sources.place(of: workspace.tree.position(root)).map { $0.line - 1 } ?? 0
      return DocumentSplitter.index(ofLine: line, in: pieces)
    }
    var counts = Array(repeating: 0, count: pieces.count)
    // A list that was opened gives several objects to one document, which then is nobody's own
    // text.
    for place in places where counts.indices.contains(place) { counts[place] += 1 }
    return places.map { place in
      counts.indices.contains(place) && counts[place] == 1 ? text.bytes[pieces[place].range] : nil
    }
  }
}

extension RenderedResource {
  fileprivate var isOfFile: Bool { !stage.written.isEmpty }

  /// How the resource is written, without what surrounds it: in the document that it was read from, or
  /// as it is printed. Nil where it shares a document with others.
  package var layout: ArraySlice<UInt8>? {
    guard stage.written.indices.contains(place) else { return Self.trimmed(yaml) }
    return stage.written[place].map { Self.trimmed($0) }
  }

  /// Without line breaks and spaces at both ends.
  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ") }
    guard let last = text.lastIndex(where: { !isBlank($0) }) else { return [] }
    return text[...last].drop(while: isBlank)
  }
}
