/// One look of the rules at all builds of a run, and at the files of the repository beside them.
package struct RunInspection {
  /// The canonical paths of the files that the builds read.
  let read: Set<ByteText>
  /// The directories of the kustomizations that the builds read.
  let visited: Set<ByteText>
  let listing: RepositoryListing
  private let files: any FileSystem
  private let displayPath: @Sendable (String) -> String
  private var known: [ByteText: [UInt8]] = [:]
  /// The paths in the texts of kustomization files, once they have been looked through.
  private(set) lazy var mentions = PathMentions(
    in: listing.kustomizations.map { bytes(of: $0) ?? [] })
  private(set) var sources = {
    var sources = SourceMap()
    // Findings about whole files show the first line, which says nothing of what is wrong.
    sources.hidesSecrets = true
    return sources
  }()
  private(set) var findings: [(problem: Problem, level: LintLevel)] = []

  /// - Parameter displayPath: what messages call a file of a canonical path.
  init(
    read: Set<ByteText>, _ listing: RepositoryListing, in files: any FileSystem,
    displayPath: @escaping @Sendable (String) -> String
  ) {
    self.read = read
    visited = Set(
      texts: read.map(\.string).filter(KustomizationFile.isOne).map(Path.directory))
    self.listing = listing
    self.files = files
    self.displayPath = displayPath
  }

  mutating func report(_ problem: Problem, _ level: LintLevel) {
    findings.append((problem, level))
  }

  /// The bytes of a file; nil where it cannot be read.
  mutating func bytes(of path: String) -> [UInt8]? {
    if let bytes = known[path] { return bytes }
    guard let bytes = try? files.read(path) else { return nil }
    known[path] = bytes
    return bytes
  }

  /// The place of the first character of a file.
  mutating func start(of path: String) -> Position {
    let file = sources.add(path: displayPath(path), bytes: bytes(of: path) ?? [])
    return sources.files[file].position(at: 0)
  }

  /// What was found, with the comments that silence it.
  func outcome() -> LintOutcome {
    var outcome = LintOutcome()
    for (problem, level) in findings {
      var silencedBy: Int?
      if let file = sources.file(of: problem.position),
        let comment = IgnoreComments(file.bytes).silencing(problem.id, inHeadOf: file.bytes)
      {
        silencedBy = outcome.comments.count
        outcome.comments.append(LintOutcome.Comment(file: file.path, comment: comment))
      }
      outcome.entries.append(
        LintOutcome.Entry(
          diagnostic: Diagnostic(problem, severity: .warning, in: sources), rule: problem.id,
          level: level, isNote: false, isForRootsOnly: false, idleEntries: [], object: nil,
          writtenObject: nil, silencedBy: silencedBy))
    }
    return outcome
  }
}

extension IgnoreComments {
  /// The comment for a finding about a whole file: one for the file, or one above its first value.
  fileprivate func silencing(_ rule: DiagnosticID, inHeadOf bytes: [UInt8]) -> Comment? {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let isHead = { (line: ArraySlice<UInt8>) in
      let first = line.first { $0 != 0x20 && $0 != 0x0D }
      return first == nil || first == UInt8(ascii: "#") || line.starts(with: "---".utf8)
    }
    let head = (lines.firstIndex { !isHead($0) } ?? lines.count) + 1
    return comments.first { comment in
      (comment.subject == nil || comment.line <= head)
        && (comment.rules.isEmpty || comment.rules.contains(rule.rawValue))
    }
  }
}
