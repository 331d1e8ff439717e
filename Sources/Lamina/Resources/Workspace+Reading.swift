/// Reading files of which another build may have had need already.
extension Workspace {
  /// Every document of a file (see `YAMLReader.documents`).
  mutating func documents(ofFile file: Int) throws(Problem) -> [NodeID] {
    let roots =
      if let known = shared(.allDocuments, ofFile: file) { known } else {
        try YAMLReader.documents(
          ofFile: file, into: &tree, sources: sources, on: secondThread)
      }
    try checkDepth(of: roots)
    return roots
  }

  /// The first document of a file (see `YAMLReader.firstDocument`).
  mutating func firstDocument(ofFile file: Int) throws(Problem) -> NodeID? {
    let root =
      if let known = shared(.firstDocument, ofFile: file) { known.first } else {
        try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
      }
    if let root { try checkDepth(of: [root]) }
    return root
  }

  /// Throws where values lie deeper in one another than the caller allows.
  ///
  /// Without recursion: what is asked for may be deeper than the stack of the thread.
  func checkDepth(of roots: some Sequence<NodeID>) throws(Problem) {
    guard let most = watch?.limits.depth else { return }
    for root in roots {
      var next = [(node: root, depth: 1)]
      while let (node, depth) = next.popLast() {
        if depth > most { throw .tooDeep(most, at: tree.position(node)) }
        var child = tree.first(of: node)
        while let current = child {
          next.append((current, depth + 1))
          child = tree.next(after: current)
        }
      }
    }
  }

  private mutating func shared(
    _ extent: ParsedFiles.Extent, ofFile file: Int
  ) -> [NodeID]? {
    guard let parsed, let path = sources.files[file].sharedPath else { return nil }
    return parsed.documents(
      extent, ofFile: file, path, in: &sources, words: &parsedWords, into: &tree)
  }
}

extension Problem {
  fileprivate static func tooDeep(_ most: Int, at position: Position) -> Problem {
    Problem(
      .depthLimit, "values lie more than \(most) deep in one another here", at: position)
  }
}
