/// Reading files of which another build may have had need already.
extension Workspace {
  /// Every document of a file (see `YAMLReader.documents`).
  mutating func documents(ofFile file: Int) throws(Problem) -> [NodeID] {
    if let known = shared(.allDocuments, ofFile: file) { return known }
    return try YAMLReader.documents(ofFile: file, into: &tree, sources: sources)
  }

  /// The first document of a file (see `YAMLReader.firstDocument`).
  mutating func firstDocument(ofFile file: Int) throws(Problem) -> NodeID? {
    if let known = shared(.firstDocument, ofFile: file) { return known.first }
    return try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
  }

  private mutating func shared(
    _ extent: ParsedFiles.Extent, ofFile file: Int
  ) -> [NodeID]? {
    let file = sources.files[file]
    guard let parsed, let path = file.sharedPath else { return nil }
    return parsed.documents(extent, of: file, path: path, into: &tree)
  }
}
