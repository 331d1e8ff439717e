/// The file that makes a directory a layer.
///
/// All three names are tried every time, as two files in one directory are an error.
package struct KustomizationFile {
  /// The names it may have, in kustomize's order.
  package static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// Whether a file of this name makes its directory a layer.
  package static func isName(_ name: String) -> Bool { names.contains(bytesOf: name) }

  /// Whether the file at a path is one.
  package static func isOne(_ path: String) -> Bool { isName(Path.lastPart(path)) }

  private let file: DirectoryReader.File

  /// Finds the file of a directory, which must have exactly one.
  init(in directory: DirectoryReader, role: LayerRole) throws(Problem) {
    var found: [DirectoryReader.File] = []
    var unreadable: (name: String, failure: DirectoryReader.ReadFailure)?
    for name in Self.names {
      // Beside one that can be read, others count as not there, as in kustomize's `LoadKustFile`.
      do { found.append(try directory.read(name)) } catch {
        if unreadable == nil, !error.meansNoFile { unreadable = (name, error) }
      }
    }
    guard let file = found.first else {
      if let (name, failure) = unreadable {
        let asked = Kustomization.Entry(text: name, position: role.entry?.position ?? .none)
        throw .unreadable(asked, "kustomization file", failure, in: directory)
      }
      throw .missingKustomization(directory, asked: role.entry)
    }
    if found.count > 1 {
      throw .severalKustomizations(directory.displayRoot, found.map(\.displayPath))
    }
    self.file = file
  }

  /// The file's path, for messages.
  var displayPath: String { file.displayPath }

  /// What was read of the file.
  struct Outcome {
    let reading: Kustomization.Reading
    /// The file by its number in the sources.
    let file: Int
    /// The document, of which rules read how it is written; nil for an empty file.
    let document: NodeID?
  }

  func read(_ workspace: inout Workspace) throws(Problem) -> Outcome {
    let index = workspace.sources.add(
      path: file.displayPath, bytes: file.bytes, sharedPath: file.path,
      isConfiguration: true)
    let root = try workspace.firstDocument(ofFile: index)
    let reading = try Kustomization.read(
      root, path: file.displayPath, tree: workspace.tree, sources: workspace.sources)
    return Outcome(reading: reading, file: index, document: root)
  }
}

extension Problem {
  fileprivate static func missingKustomization(
    _ directory: DirectoryReader, asked: Kustomization.Entry?
  ) -> Problem {
    let path = directory.displayRoot
    return Problem(
      .missingKustomization,
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '\(path)'",
      at: asked?.position ?? .none, path: path,
      hint: kustomizationHint(directory, asked: asked))
  }

  /// A file with nearly the right name, or the kustomizations of directories below.
  private static func kustomizationHint(
    _ directory: DirectoryReader, asked: Kustomization.Entry?
  ) -> String? {
    let names = directory.fileSystem.names(in: directory.root)
    let wanted = KustomizationFile.names
    for name in names.sortedByBytes() where !KustomizationFile.isName(name) {
      if name.lowercased().begins(with: "kustomiz") {
        return "\"\(name)\" is there; rename it to \"\(wanted[0])\""
      }
    }
    let search = PathSuggestion(fileSystem: directory.fileSystem, wanted: .directory)
    guard let below = search.kustomization(below: directory.root) else { return nil }
    let written = asked?.text ?? directory.writtenRoot
    let prefix = asked == nil ? directory.prefix : ""
    return "did you mean \"\(prefix)\(written == "." ? below : Path.join(written, below))\"?"
  }

  fileprivate static func severalKustomizations(_ path: String, _ files: [String]) -> Problem {
    Problem(
      .severalKustomizations,
      "found multiple kustomization files: \(files.joined(separator: ", "))", path: path)
  }
}
