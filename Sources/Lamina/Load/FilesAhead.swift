/// Files of a long list, of which another thread reads a part before the build gets there (`TextsAhead`).
struct FilesAhead {
  private let texts: TextsAhead

  /// Nil where the build reads all files itself.
  init?(_ entries: [Kustomization.Entry], in directory: DirectoryReader, _ workspace: Workspace) {
    let thread = workspace.secondThread
    guard entries.count >= thread.fewestFiles else { return nil }
    let texts = TextsAhead(
      count: entries.count, on: thread, like: workspace.tree
    ) { place, tree in
      guard let bytes = directory.bytesAhead(entries[place].text) else { return nil }
      var sources = SourceMap()
      let file = sources.add(path: "", bytes: bytes)
      guard let roots = try? YAMLReader.documents(ofFile: file, into: &tree, sources: sources)
      else { return nil }
      return TextsAhead.Part(roots, of: sources.files[file].text)
    }
    guard let texts else { return nil }
    self.texts = texts
  }

  /// A file that the other thread has read.
  struct File {
    fileprivate let texts: TextsAhead
    fileprivate let part: TextsAhead.Part
    fileprivate let text: FileText

    var bytes: [UInt8] { text.bytes }

    /// Puts the documents into the tree of the build; nil where the build has to read them.
    ///
    /// - Parameter file: its number in the sources.
    func take(as file: Int, _ workspace: inout Workspace) -> [NodeID]? {
      workspace.sources.share(text, ofFile: file)
      // The file has the first positions in a map of its own.
      return texts.take(
        part, into: &workspace.tree, movedBy: workspace.sources.files[file].base &- 1)
    }
  }

  /// The file of an entry; nil where the build has to read it, which asks for one after the other.
  func file(_ place: Int) -> File? {
    guard let part = texts.part(place), let text = part.text else { return nil }
    return File(texts: texts, part: part, text: text)
  }
}
