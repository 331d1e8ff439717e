/// An error or a warning in words, with the places that it is about.
public struct Diagnostic: Error, Sendable, Equatable, Codable {
  /// What a diagnostic means for the build.
  public enum Severity: String, Sendable, Codable {
    /// It stopped the build.
    case error
    /// It did not stop the build, but the author should know.
    case warning
    /// It explains another diagnostic.
    case note
  }

  /// A place in a file; line and column count from 1, the column in characters.
  public struct Location: Sendable, Equatable, Codable {
    /// The file as messages call it: below the path that the caller gave for display.
    public let file: String
    /// The line, counted from 1.
    public let line: Int
    /// The character in the line, counted from 1.
    public let column: Int
  }

  /// A change of files that would put the mistake right.
  public struct Fix: Sendable, Equatable, Codable {
    /// One replaced piece of a file.
    public struct Edit: Sendable, Equatable, Codable {
      /// The file as messages call it.
      public let file: String
      /// The first byte of the piece, counted from 0.
      public let start: Int
      /// The byte behind the piece.
      public let end: Int
      /// The bytes to put in its place.
      public let replacement: String
    }

    /// What the change does.
    public let message: String
    /// The edits, none of which overlap.
    public let edits: [Edit]
    /// The change says what the author can only have meant; one that is not safe is a guess.
    public let isSafe: Bool
  }

  /// Whether it stopped the build.
  public private(set) var severity: Severity
  /// A stable word for the family of problems, such as `invalid-kustomization`; Docs/DIAGNOSTICS.md has
  /// them all.
  public let code: String
  /// A stable word for this very kind of problem, such as `deprecated-field`; Docs/DIAGNOSTICS.md has them
  /// all.
  public let id: String
  /// What is wrong, on one line without place and severity. Its words may change between versions.
  public let message: String
  /// The file or directory that the message is about, where one is known.
  public let file: String?
  /// The exact place, where one is known.
  public let location: Location?
  /// The place behind the last character in question, on the line of `location`.
  public let end: Location?
  /// The entries that lead to the kustomization in question, from the root's downwards.
  public let includes: [Location]
  /// The roots that the message concerns, where several were built and it is the same for them.
  public private(set) var roots: [String] = []
  /// The line at `location`; of a line of more than 4,096 bytes what stands around the place.
  public let excerpt: String?
  /// How many characters of the line stand before the excerpt (`LineExcerpt.start`); nil for none.
  private let excerptStart: Int?
  /// What to do about it.
  public let hint: String?
  /// What a program said, line by line, where the message is about one.
  public let said: [String]
  /// Further places that explain the first.
  public let notes: [Diagnostic]
  /// Changes of files that would put it right, each by itself.
  public let fixes: [Fix]
  /// Of an error, what else is wrong independently of it, in the order of the files: the first 19. These
  /// have no others and no warnings themselves.
  public private(set) var others: [Diagnostic]
  /// How many of the others stand before this one in the files.
  package private(set) var othersBefore: Int
  /// How many more errors the build has found than the others.
  public private(set) var unlistedErrors: Int
  /// Of an error, what the build warned of before it failed, in the order in which that was met.
  public private(set) var warnings: [Diagnostic]
}

extension Diagnostic.Location: CustomStringConvertible {
  /// `file:line:column`
  public var description: String { "\(file):\(line):\(column)" }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: message`, the line in question with a mark, what a program said, and the
  /// notes below it; not the warnings.
  ///
  /// The parts above are as they stand in files. Here control characters are shown as escapes, passwords
  /// in addresses as `***`, and what is too long is cut, so that the text can be printed.
  public var description: String { text(width: Self.usualWidth) }

  /// The columns of the narrowest usual terminal.
  package static let usualWidth = 80

  /// The description, with lines of files cut to so many columns.
  package func text(width: Int) -> String { lines(width: width).joined(separator: "\n") }

  private func lines(width: Int) -> [String] {
    var lines = [MessageLine.shown(headline)]
    if let location, let excerpt {
      lines += Excerpt(of: excerpt, from: excerptStart ?? 0, at: location, columns: width)
        .lines(hint: hint)
    } else if let hint {
      lines.append("  " + MessageLine.shown(hint))
    }
    // Prefixed, so that a CI system that reads the log takes no line for one of its own commands.
    for line in said { lines.append("  │ " + MessageLine.shown(line)) }
    return lines + notes.flatMap { $0.lines(width: width) }
      + [includeLine, rootLine].compactMap { $0 }
  }

  /// The layers that lead to the one in question: from the root's downwards, or where several roots reach it,
  /// each on a way of its own, from the file upwards as far as they go together.
  private var includeLine: String? {
    if roots.count > 1 {
      guard !includes.isEmpty else { return nil }
      let users = includes.reversed().map { "used by \($0)" }
      return MessageLine.shown("  \(users.joined(separator: ", "))")
    }
    // That the root leads to the file is said by the call.
    guard severity == .error, includes.count > 1, let last = includes.last else { return nil }
    var layers = includes.prefix(Self.mostNamedLayers).map { Path.directory($0.file) }
    if includes.count > layers.count { layers += ["…", Path.directory(last.file)] }
    return MessageLine.shown("  through \(layers.joined(separator: " → "))")
  }

  /// A longer chain is cut before its last layer.
  private static let mostNamedLayers = 8

  /// The roots, where the message concerns more than one.
  private var rootLine: String? {
    guard roots.count > 1 else { return nil }
    let named = roots.prefix(Self.mostNamedRoots).joined(separator: ", ")
    let more = roots.count - Self.mostNamedRoots
    return MessageLine.shown(
      "  in \(roots.count) roots: \(named)" + (more > 0 ? " and \(more) more" : ""))
  }

  /// The id in brackets of what a person may want to silence, or to look up.
  private var idWords: String {
    let isStrictWarning = severity == .error && (code == "lint" || id == "deprecated-field")
    return severity == .warning || isStrictWarning ? " [\(id)]" : ""
  }

  /// More would hide the message.
  private static let mostNamedRoots = 5

  /// `file:line:column: error: message [id]`, with as much of the place as is known, as the files have them.
  package var headline: String {
    let words = "\(severity.rawValue): \(message)\(idWords)"
    if let location { return "\(location): \(words)" }
    if let file { return "\(file): \(words)" }
    return words
  }
}

extension Diagnostic {
  /// How many errors of one build are reported.
  ///
  /// The first and 19 others; the rest is counted.
  private static let mostErrors = 20

  /// The error as it is printed for a person: its description and those of the others, in the order of the
  /// files, and how many more errors there are.
  public var report: String { report(width: Self.usualWidth) }

  /// The report, with lines of files cut to so many columns.
  package func report(width: Int) -> String {
    var parts = errors.map { $0.text(width: width) }
    if let count = unlistedWords { parts.append(count) }
    return parts.joined(separator: "\n")
  }

  /// How many errors are not listed, in words; nil where all are.
  package var unlistedWords: String? {
    switch unlistedErrors {
    case 0: nil
    case 1: "and 1 more error"
    default: "and \(unlistedErrors) more errors"
    }
  }

  /// The error and the others, each alone, in the order of the files.
  package var errors: [Diagnostic] {
    var alone = self
    alone.warnings = []
    alone.others = []
    alone.othersBefore = 0
    alone.unlistedErrors = 0
    return others[..<othersBefore] + [alone] + others[othersBefore...]
  }

  /// Everything that a failed build has to say, one by one: the errors, then what it warned of.
  package var all: [Diagnostic] { errors + warnings }

  /// The same message with another severity.
  package func with(severity: Severity) -> Diagnostic {
    var diagnostic = self
    diagnostic.severity = severity
    return diagnostic
  }

  /// The same error with other warnings of its build.
  package func with(warnings: [Diagnostic]) -> Diagnostic {
    var diagnostic = self
    diagnostic.warnings = warnings
    return diagnostic
  }

  /// The same message for some roots.
  package func concerning(_ roots: [String]) -> Diagnostic {
    var diagnostic = self
    diagnostic.roots = roots
    return diagnostic
  }
}

extension Diagnostic {
  /// Puts files, lines and excerpts to a problem of the core.
  ///
  /// - Parameter warnings: what the build warned of before.
  init(
    _ problem: Problem, severity: Severity = .error, after warnings: [Problem] = [],
    in sources: SourceMap
  ) {
    let position =
      problem.key.map { sources.position(ofKey: $0, before: problem.position) } ?? problem.position
    let place = sources.place(of: position)
    self.severity = severity
    code = problem.code.rawValue
    id = problem.id.rawValue
    let words = problem.option.map(sources.optionWords)
    let endsMessage = problem.option?.endsMessage == true
    message = sources.hidingSecrets(
      in: endsMessage ? "\(problem.message): must specify \(words ?? "")" : problem.message,
      at: position)
    file = place?.path ?? problem.path
    location = place.map(Location.init)
    end = sources.end(of: position).map(Location.init)
    includes = problem.includes.reversed().compactMap {
      sources.place(of: $0).map(Location.init)
    }
    let excerpt = sources.excerpt(at: position)
    self.excerpt = excerpt?.text
    excerptStart = excerpt.flatMap { $0.start == 0 ? nil : $0.start }
    hint =
      problem.hint.map { sources.hidingSecrets(in: $0, at: position) }
      ?? (endsMessage ? nil : words)
    said =
      sources.hidesSecrets ? problem.said.map { sources.secretTexts.hiding($0) } : problem.said
    notes = problem.notes.map { note in
      Diagnostic(
        Problem(problem.id, note.message, at: note.position, said: note.said), severity: .note,
        in: sources)
    }
    // What is written instead of a value may repeat it.
    let isSecret = sources.hidesSecrets && sources.holdsSecret(at: position)
    fixes = isSecret ? [] : problem.fixes.compactMap { Fix($0, in: sources) }
    // Positions grow through the files in the order in which they were read.
    let further = problem.others.sorted { $0.position.raw < $1.position.raw }
      .prefix(Self.mostErrors - 1)
    others = further.map { Diagnostic($0, severity: severity, in: sources) }
    othersBefore = further.prefix { $0.position.raw < problem.position.raw }.count
    unlistedErrors = problem.others.count - others.count
    self.warnings = warnings.map { Diagnostic($0, severity: .warning, in: sources) }
  }
}

extension Diagnostic.Location {
  fileprivate init(_ place: Place) {
    self.init(file: place.path, line: place.line, column: place.column)
  }
}

extension Diagnostic.Fix {
  /// Nil where the text to replace does not stand as it is in a file of its own.
  fileprivate init?(_ fix: Problem.Fix, in sources: SourceMap) {
    guard let file = sources.file(of: fix.position), !file.isPart || file.isLiteralPart,
      let offset = sources.byteOffset(of: fix.position),
      file.bytes[offset...].starts(with: fix.original.utf8)
    else { return nil }
    let end = offset + fix.original.utf8.count
    guard
      let wholeEnd = file.isPart ? sources.wholeOffset(of: fix.position, upTo: end, in: file) : end
    else {
      return nil
    }
    message = fix.message
    edits = [
      Edit(
        file: file.path, start: wholeEnd - fix.original.utf8.count, end: wholeEnd,
        replacement: fix.replacement)
    ]
    isSafe = fix.isSafe
  }
}
