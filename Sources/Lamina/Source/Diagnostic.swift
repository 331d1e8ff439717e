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
  /// Further places that explain the first.
  public let notes: [Diagnostic]
}

extension Diagnostic.Location: CustomStringConvertible {
  /// `file:line:column`
  public var description: String { "\(file):\(line):\(column)" }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: message`, the line in question with a mark, and the notes below it.
  public var description: String {
    var text = headline
    if let location, let excerpt {
      text += Self.picture(of: excerpt, at: location, hint: hint)
    } else if let hint {
      text += "\n  \(hint)"
    }
    for note in notes { text += "\n" + note.description }
    return text
  }

  private var headline: String {
    let words = "\(severity.rawValue): \(message)"
    if let location { return "\(location): \(words)" }
    if let file { return "\(file): \(words)" }
    return words
  }

  private static func picture(of line: String, at location: Location, hint: String?) -> String {
    let number = String(location.line)
    let gutter = String(repeating: " ", count: max(5 - number.utf8.count, 1)) + number
    let blank = String(repeating: " ", count: gutter.utf8.count)
    let shown = line.count > 200 ? String(line.prefix(200)) + "…" : line
    var text = "\n\(gutter) │ \(shown)"
    guard location.column <= 200 else { return text }
    let indent = line.unicodeScalars.prefix(location.column - 1).map { $0 == "\t" ? "\t" : " " }
    text += "\n\(blank) │ \(indent.joined())^"
    if let hint { text += " \(hint)" }
    return text
  }
}

extension Diagnostic {
  /// Puts files, lines and excerpts to a problem of the core.
  init(_ problem: Problem, severity: Severity = .error, in sources: SourceMap) {
    self.init(
      severity: severity, code: problem.code.rawValue, message: problem.message,
      position: problem.position, path: problem.path, hint: problem.hint,
      notes: problem.notes.map {
        Diagnostic(
          severity: .note, code: problem.code.rawValue, message: $0.message, position: $0.position,
          path: nil, hint: nil, notes: [], in: sources)
      },
      in: sources)
  }

  private init(
    severity: Severity, code: String, message: String, position: Position, path: String?,
    hint: String?, notes: [Diagnostic], in sources: SourceMap
  ) {
    let place = sources.place(of: position)
    self.severity = severity
    self.code = code
    self.message = message
    self.file = place?.path ?? path
    self.location = place.map { Location(file: $0.path, line: $0.line, column: $0.column) }
    self.excerpt = sources.lineText(at: position)
    self.hint = hint
    self.notes = notes
  }
}
