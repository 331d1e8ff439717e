internal import Synchronization

/// Files that several builds read, each parsed once.
///
/// A build takes a copy of the tree into its own, which is a small part of the work of parsing. Files
/// with errors are left to the builds, which know what to call the file. May be used from many threads:
/// who asks for a file that is being parsed waits for it.
///
/// A file is known by its path and its bytes: if another build sees other bytes, they are parsed as
/// well. Two locks are used, so that parsing one file does not block look-ups of others: `entries`
/// is held briefly, that of each state of a file while it is parsed.
final class ParsedFiles: Sendable {
  /// What is read of a file.
  enum Extent {
    case firstDocument
    case allDocuments
  }

  /// An object, for it is looked at more often than it is made: a tree is many references.
  private final class Content: Sendable {
    let tree: Tree
    /// How many of its symbols, from the first one on, are `words` of all files.
    let wordCount: Int
    /// nil where the bytes cannot be parsed.
    let roots: [NodeID]?

    init(tree: Tree, wordCount: Int, roots: [NodeID]?) {
      self.tree = tree
      self.wordCount = wordCount
      self.roots = roots
    }
  }

  /// What was parsed; nil is nothing yet. No dictionary, whose type takes 150,000 instructions to
  /// make.
  private struct Contents {
    var firstDocument: Content?
    var allDocuments: Content?

    subscript(extent: Extent) -> Content? {
      get { extent == .firstDocument ? firstDocument : allDocuments }
      set {
        switch extent {
        case .firstDocument: firstDocument = newValue
        case .allDocuments: allDocuments = newValue
        }
      }
    }
  }

  private final class State: Sendable {
    let text: FileText
    let contents = Mutex(Contents())

    init(_ text: FileText) { self.text = text }
  }

  /// Two states of all files are compared at a time, and no older ones are kept.
  private struct States {
    var newest: State?
    var former: State?
  }

  /// Copies of the table are made for files with words of their own, so that it should not become large.
  private static let mostWords = 200

  /// The words of the files so far, of which most files have most. Each file is parsed with them, and a build interns
  /// them once. New ones come behind those before.
  private let words: Mutex<SymbolTable>
  private let entries = Mutex<[ByteText: States]>([:])
  /// For tests, which compare it with the number of files.
  private let parsed = Mutex(0)

  init() {
    var words = SymbolTable()
    words.reserveCapacity(Self.mostWords / 2, bytes: 1000)
    self.words = Mutex(words)
  }

  /// How many files have been parsed so far.
  var parsedCount: Int { parsed.withLock { $0 } }

  /// Puts what is in a file into a tree, and has the file use what is known about its text; nil where the file
  /// cannot be parsed.
  ///
  /// - Parameters:
  ///   - file: gives the bytes, and the positions that the nodes get.
  ///   - path: the path by which builds share the file.
  ///   - words: the words of files as the tree has them, so far as it has taken over any.
  func documents(
    _ extent: Extent, ofFile file: Int, _ path: String, in sources: inout SourceMap,
    words: inout ContiguousArray<Symbol>, into tree: inout Tree
  ) -> [NodeID]? {
    let state = state(of: sources.files[file].text, path)
    sources.share(state.text, ofFile: file)
    let content = content(extent, of: state)
    guard let roots = content.roots else { return nil }
    let other = content.tree
    tree.symbols.adopt(other.symbols, upTo: content.wordCount, behind: &words)
    var symbols = words
    if content.wordCount < other.symbols.count {
      symbols.removeSubrange(content.wordCount...)
      tree.symbols.adopt(other.symbols, upTo: other.symbols.count, behind: &symbols)
    }
    return tree.adopt(other, roots, symbols, base: sources.files[file].base)
  }

  /// The first document of a file, in a tree to look at; nil where there is none, or it cannot be parsed.
  func firstDocument(of bytes: [UInt8], path: String) -> (tree: Tree, root: NodeID)? {
    let content = content(.firstDocument, of: state(of: FileText(bytes), path))
    return content.roots?.first.map { (content.tree, $0) }
  }

  /// Drops what is known of some files; nil for all.
  func forget(_ paths: [String]?) {
    entries.withLock { entries in
      guard let paths else { return entries.removeAll() }
      for path in paths { entries[path] = nil }
    }
  }

  /// The file with the bytes of a text, which is kept if there is none yet.
  private func state(of text: FileText, _ path: String) -> State {
    entries.withLock { Self.state(of: text, among: &$0[path, default: States()]) }
  }

  private static func state(of text: FileText, among states: inout States) -> State {
    if let newest = states.newest, newest.text.bytes == text.bytes { return newest }
    if let former = states.former, former.text.bytes == text.bytes { return former }
    let made = State(text)
    states = States(newest: made, former: states.newest)
    return made
  }

  /// What is known of a state of a file; it is parsed if that is nothing.
  private func content(_ extent: Extent, of state: State) -> Content {
    state.contents.withLock { contents in
      if let known = contents[extent] { return known }
      let made = parse(extent, state.text)
      contents[extent] = made
      return made
    }
  }

  /// Errors are dropped here: the build that has asked parses the file itself, and reports them
  /// with its own positions.
  private func parse(_ extent: Extent, _ text: FileText) -> Content {
    parsed.withLock { $0 += 1 }
    var tree = Tree(symbols: words.withLock { $0 })
    let wordCount = tree.symbols.count
    tree.reserveCapacity(forBytes: text.bytes.count)
    var sources = SourceMap()
    let file = sources.add(path: "", bytes: text.bytes)
    sources.share(text, ofFile: file)
    let roots: [NodeID]?
    switch extent {
    case .allDocuments:
      roots = try? YAMLReader.documents(ofFile: file, into: &tree, sources: sources)
    case .firstDocument:
      let first = try? YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
      roots = first.map { [$0] }
    }
    return Content(tree: tree, wordCount: keepWords(of: tree.symbols, wordCount), roots: roots)
  }

  /// Adds the words of a file to those of all; not where another file has just done so, or there are many already.
  ///
  /// - Parameter known: how many words there were when the file was begun with.
  /// - Returns: how many of the file's words are now words of all.
  private func keepWords(of symbols: SymbolTable, _ known: Int) -> Int {
    guard symbols.count > known, symbols.count <= Self.mostWords else { return known }
    return words.withLock { words in
      guard words.count == known else { return known }
      words = symbols
      return symbols.count
    }
  }
}
