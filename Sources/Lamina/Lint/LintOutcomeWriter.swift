/// Puts files and lines to the findings of one build, and finds the comments that silence them.
struct LintOutcomeWriter {
  private let build: InspectedBuild
  /// The files whose comments have been read, by path.
  private var comments: [ByteText: IgnoreComments] = [:]
  private let readsAllComments: Bool
  /// Where the entries stand that did something. Found once: thousands of entries may be idle.
  private lazy var activePositions = Self.activePositions(of: build)

  init(_ build: InspectedBuild, readsAllComments: Bool) {
    self.build = build
    self.readsAllComments = readsAllComments
  }

  mutating func add(_ finding: Finding, isForRootsOnly: Bool, to outcome: inout LintOutcome) {
    // An entry that did something in any visit of its layer is not idle.
    if finding.idleEntries.contains(where: { activePositions.contains($0.raw) }) { return }
    let diagnostic = Diagnostic(
      finding.problem, severity: finding.isNote ? .note : .warning,
      in: build.sourcesOfMessages)
    append(
      diagnostic, finding.rule, finding.level, isNote: finding.isNote,
      isForRootsOnly: isForRootsOnly, idleEntries: finding.idleEntries.compactMap { place(of: $0) },
      object: finding.object, writtenObject: finding.writtenObject, to: &outcome)
  }

  /// Adds a warning of the build itself. It has a level if it is what a rule says.
  mutating func add(_ warning: Diagnostic, levels rules: [Rule], to outcome: inout LintOutcome) {
    guard let id = DiagnosticID(rawValue: warning.id) else { return }
    let level = rules.first { $0.id == id }?.level ?? .warning
    append(
      warning, id, level, isNote: false, isForRootsOnly: false, idleEntries: [], object: nil,
      writtenObject: nil, to: &outcome)
  }

  private mutating func append(
    _ diagnostic: Diagnostic, _ rule: DiagnosticID, _ level: LintLevel, isNote: Bool,
    isForRootsOnly: Bool, idleEntries: [LintOutcome.EntryPlace], object: String?,
    writtenObject: String?, to outcome: inout LintOutcome
  ) {
    var silencedBy: Int?
    if let file = diagnostic.location?.file ?? diagnostic.file,
      let comment = comments(of: file)
        .silencing(rule, onLine: diagnostic.location?.line ?? 1)
    {
      let entry = LintOutcome.Comment(file: file, comment: comment)
      silencedBy = outcome.comments.firstIndex(of: entry) ?? outcome.comments.count
      if silencedBy == outcome.comments.count { outcome.comments.append(entry) }
    }
    outcome.entries.append(
      LintOutcome.Entry(
        diagnostic: diagnostic, rule: rule, level: level, isNote: isNote,
        isForRootsOnly: isForRootsOnly, idleEntries: idleEntries, object: object,
        writtenObject: writtenObject, silencedBy: silencedBy))
  }

  /// Puts the findings in the order of the files, and of the lines in them, as errors are.
  func sort(_ outcome: inout LintOutcome) {
    guard outcome.entries.count > 1 else { return }
    var places: [ByteText: Int] = [:]
    for (place, file) in build.sources.files.enumerated() where places[file.path] == nil {
      places[file.path] = place
    }
    // Rules that speak of one place keep their order.
    func rank(_ offset: Int, _ entry: LintOutcome.Entry) -> (Int, Int, Int, Int) {
      let location = entry.diagnostic.location
      return (
        location.flatMap { places[$0.file] } ?? -1, location?.line ?? 0, location?.column ?? 0,
        offset
      )
    }
    outcome.entries = outcome.entries.enumerated().sorted {
      rank($0.offset, $0.element) < rank($1.offset, $1.element)
    }.map(\.element)
  }

  // MARK: - Entries

  private static func activePositions(of build: InspectedBuild) -> Set<UInt32> {
    let ledger = build.tree.ledger
    let idle = Set(build.stage.idleEntries.map(\.edit))
    var active: Set<UInt32> = []
    for (number, edit) in ledger.edits.enumerated() where edit.kind.hasTargets {
      if !idle.contains(EditID(raw: UInt32(truncatingIfNeeded: number))) {
        active.insert(edit.position.raw)
      }
    }
    if let options = build.root?.kustomization.sortOptions { active.insert(options.position.raw) }
    return active
  }

  /// Adds what other builds of the run are compared with.
  mutating func addPlaces(to outcome: inout LintOutcome) {
    for raw in activePositions {
      if let place = place(of: Position(raw: raw)) { outcome.activeEntries.insert(place) }
    }
    outcome.includedDirectories = Set(texts: build.layers.dropLast().map(\.directory.identity))
    outcome.directory = build.root?.directory.identity
  }

  private func place(of position: Position) -> LintOutcome.EntryPlace? {
    build.sources.place(of: position).map {
      LintOutcome.EntryPlace(file: $0.path, line: $0.line, column: $0.column)
    }
  }

  // MARK: - Comments

  /// Adds the comments of all files that the build read, if they are asked for.
  mutating func finish(_ outcome: inout LintOutcome) {
    guard readsAllComments else { return }
    var known = Set(outcome.comments)
    var files: [ByteText: SourceFile] = [:]
    for file in build.sources.files where !file.isPart {
      files[file.path] = file
      for comment in comments(of: file).comments {
        let entry = LintOutcome.Comment(file: file.path, comment: comment)
        if known.insert(entry).inserted { outcome.comments.append(entry) }
      }
    }
    outcome.unusedComments = outcome.comments.map { entry in
      Diagnostic(
        unused(entry.comment, in: files[entry.file]), severity: .warning,
        in: build.sourcesOfMessages)
    }
  }

  private func unused(_ comment: IgnoreComments.Comment, in file: SourceFile?) -> Problem {
    guard let file, comment.line <= file.lineStarts.count else {
      return .unusedIgnore(comment, at: .none, "", line: (.none, ""))
    }
    let start = Int(file.lineStarts[comment.line - 1])
    let end = file.bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
    let line = String(
      decoding: file.bytes[start..<(end.map { $0 + 1 } ?? file.bytes.count)], as: UTF8.self)
    let text = String(String.UnicodeScalarView(line.unicodeScalars.dropFirst(comment.column - 1)))
    let position = file.position(at: start)
    return .unusedIgnore(
      comment, at: Position(raw: position.raw + UInt32(clamping: comment.column - 1)),
      text.split(whereSeparator: \.isNewline).first.map { String($0) } ?? "",
      line: (position, line))
  }

  private mutating func comments(of path: String) -> IgnoreComments {
    if let known = comments[path] { return known }
    guard let file = build.sources.files.first(where: { $0.path.hasBytes(of: path) && !$0.isPart })
    else {
      return IgnoreComments([])
    }
    return comments(of: file)
  }

  private mutating func comments(of file: SourceFile) -> IgnoreComments {
    if let known = comments[file.path] { return known }
    let read = file.text.memo { IgnoreComments($0) }
    comments[file.path] = read
    return read
  }
}

extension Ledger.Kind {
  /// The edit is one of an entry that looks for what it writes to, and may find nothing.
  fileprivate var hasTargets: Bool {
    switch self {
    case .patches, .patchesJson6902, .images, .replacements: true
    default: false
    }
  }
}

extension DirectoryReader {
  /// What the directory is called among the builds of a run.
  fileprivate var identity: String {
    source.map { "\($0.address.repository)?ref=\($0.address.ref)//\(root)" } ?? root
  }
}
