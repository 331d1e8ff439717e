/// An error or a warning in words, with the places that it is about.
public struct Diagnostic: Error, Sendable, Equatable {
  /// What a diagnostic means for the build.
  public enum Severity: String, Sendable {
    /// It stopped the build.
    case error
    /// It did not stop the build, but the author should know.
    case warning
    /// It explains another diagnostic.
    case note
  }

  /// A place in a file; line and column count from 1, the column in characters.
  public struct Location: Sendable, Equatable {
    /// The file as messages call it: below the path that the caller gave for display.
    public let file: String
    /// The line, counted from 1.
    public let line: Int
    /// The character in the line, counted from 1.
    public let column: Int
  }

  /// Whether it stopped the build.
  public let severity: Severity
  /// A stable word for the kind of problem, such as `unknown-field`; Docs/DIAGNOSTICS.md has them all.
  public let code: String
  /// What is wrong, on one line without place and severity. Its words may change between versions.
  public let message: String
  /// The file or directory that the message is about, where one is known.
  public let file: String?
  /// The exact place, where one is known.
  public let location: Location?
  /// The line at `location`.
  public let excerpt: String?
  /// What to do about it.
  public let hint: String?
  /// What a program said, line by line, where the message is about one.
  public let said: [String]
  /// Further places that explain the first.
  public let notes: [Diagnostic]
  /// Of an error, what the build warned of before it failed, in the order in which that was met.
  public let warnings: [Diagnostic]
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
  public var description: String { lines.joined(separator: "\n") }

  private var lines: [String] {
    var lines = [MessageLine.shown(headline)]
    if let location, let excerpt {
      lines += Excerpt(of: excerpt, at: location).lines(hint: hint)
    } else if let hint {
      lines.append("  " + MessageLine.shown(hint))
    }
    // Prefixed, so that a CI system that reads the log takes no line for one of its own commands.
    for line in said { lines.append("  │ " + MessageLine.shown(line)) }
    return lines + notes.flatMap(\.lines)
  }

  private var headline: String {
    let words = "\(severity.rawValue): \(message)"
    if let location { return "\(location): \(words)" }
    if let file { return "\(file): \(words)" }
    return words
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
    self.init(
      severity: severity, code: problem.code.rawValue, message: problem.message,
      position: problem.position, path: problem.path, hint: problem.hint, said: problem.said,
      notes: problem.notes.map {
        Diagnostic(
          severity: .note, code: problem.code.rawValue, message: $0.message, position: $0.position,
          path: nil, hint: nil, said: $0.said, notes: [], warnings: [], in: sources)
      },
      warnings: warnings.map { Diagnostic($0, severity: .warning, in: sources) }, in: sources)
  }

  private init(
    severity: Severity, code: String, message: String, position: Position, path: String?,
    hint: String?, said: [String], notes: [Diagnostic], warnings: [Diagnostic],
    in sources: SourceMap
  ) {
    let place = sources.place(of: position)
    self.severity = severity
    self.code = code
    self.message = message
    self.file = place?.path ?? path
    self.location = place.map { Location(file: $0.path, line: $0.line, column: $0.column) }
    self.excerpt = sources.lineText(at: position)
    self.hint = hint
    self.said = said
    self.notes = notes
    self.warnings = warnings
  }
}
