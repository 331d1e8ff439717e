internal import Synchronization

/// Files that several builds read, each parsed once.
///
/// A build takes a copy of the tree into its own, which is a small part of the work of parsing. Files
/// with errors are left to the builds, which know what to call the file. May be used from many threads:
/// who asks for a file that is being parsed waits for it.
///
/// A file is known by its path and its bytes: if another build sees other bytes, they are parsed as
/// well. Two locks are used, so that parsing one file does not block look-ups of others: `entries`
/// is held briefly, each entry while its file is parsed.
final class ParsedFiles: Sendable {
  /// What is read of a file.
  enum Extent: Hashable {
    case firstDocument
    case allDocuments
  }

  private struct Name: Hashable {
    @ByteText var path: String
    let extent: Extent
  }

  /// An object, for it is looked at more often than it is made: a tree is many references.
  private final class Content: Sendable {
    let bytes: [UInt8]
    let tree: Tree
    /// nil where the bytes cannot be parsed.
    let roots: [NodeID]?

    init(bytes: [UInt8], tree: Tree, roots: [NodeID]?) {
      self.bytes = bytes
      self.tree = tree
      self.roots = roots
    }
  }

  private final class Entry: Sendable {
    /// One for each state of the file, the newest last. Two states of all files are compared at a time, and no
    /// older ones are kept.
    let contents = Mutex<[Content]>([])
  }

  private static let mostStates = 2

  /// What each file is parsed into a copy of: the words that all trees know are put there once.
  private let empty: Tree

  init() {
    var tree = Tree()
    // Most files have some forty words of their own.
    tree.symbols.reserveCapacity(100, bytes: 1000)
    empty = tree
  }

  private let entries = Mutex<[Name: Entry]>([:])
  /// For tests, which compare it with the number of files.
  private let parsed = Mutex(0)

  /// How many files have been parsed so far.
  var parsedCount: Int { parsed.withLock { $0 } }

  /// Puts what is in a file into a tree; nil where the file cannot be parsed.
  ///
  /// - Parameter file: gives the bytes, and the positions that the nodes get.
  func documents(
    _ extent: Extent, of file: SourceFile, path: String, into tree: inout Tree
  ) -> [NodeID]? {
    let content = content(extent, of: file.bytes, path: path)
    guard let roots = content.roots else { return nil }
    return tree.adopt(content.tree, roots, base: file.base)
  }

  /// The first document of a file, in a tree to look at; nil where there is none, or it cannot be parsed.
  func firstDocument(of bytes: [UInt8], path: String) -> (tree: Tree, root: NodeID)? {
    let content = content(.firstDocument, of: bytes, path: path)
    return content.roots?.first.map { (content.tree, $0) }
  }

  /// Drops what is known of some files; nil for all.
  func forget(_ paths: [String]?) {
    entries.withLock { entries in
      guard let paths else { return entries.removeAll() }
      for path in paths {
        for extent in [Extent.firstDocument, .allDocuments] {
          entries[Name(path: path, extent: extent)] = nil
        }
      }
    }
  }

  /// What is known of these bytes; they are parsed if nothing is.
  private func content(_ extent: Extent, of bytes: [UInt8], path: String) -> Content {
    let name = Name(path: path, extent: extent)
    let entry = entries.withLock { entries in
      let entry = entries[name] ?? Entry()
      entries[name] = entry
      return entry
    }
    return entry.contents.withLock { contents in
      if let known = contents.first(where: { $0.bytes == bytes }) { return known }
      let made = parse(extent, bytes)
      if contents.count == Self.mostStates { contents.removeFirst() }
      contents.append(made)
      return made
    }
  }

  /// Errors are dropped here: the build that has asked parses the file itself, and reports them
  /// with its own positions.
  private func parse(_ extent: Extent, _ bytes: [UInt8]) -> Content {
    parsed.withLock { $0 += 1 }
    var tree = empty
    tree.reserveCapacity(forBytes: bytes.count)
    var sources = SourceMap()
    let file = sources.add(path: "", bytes: bytes)
    let roots: [NodeID]?
    switch extent {
    case .allDocuments:
      roots = try? YAMLReader.documents(ofFile: file, into: &tree, sources: sources)
    case .firstDocument:
      let first = try? YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
      roots = first.map { [$0] }
    }
    return Content(bytes: bytes, tree: tree, roots: roots)
  }
}
