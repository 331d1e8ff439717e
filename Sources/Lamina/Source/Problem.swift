/// Why a build cannot go on: an id, words, and the places that a person must look at.
///
/// The words of each problem stand at the end of the file that throws it, in an extension of this
/// type. File names, lines and excerpts are put to it at the border (`Diagnostic`), so that the core
/// never needs the source map to fail.
struct Problem: Error {
  /// The families of diagnostics, stable and listed in `Docs/DIAGNOSTICS.md`.
  enum Code: String, Sendable {
    case malformedYAML = "malformed-yaml"
    case invalidKustomization = "invalid-kustomization"
    case unknownField = "unknown-field"
    case missingKustomization = "missing-kustomization"
    case unreadable = "unreadable"
    case notFetched = "not-fetched"
    case outsideRoot = "outside-root"
    case cycle = "cycle"
    case invalidResource = "invalid-resource"
    case duplicateResource = "duplicate-resource"
    case invalidGenerator = "invalid-generator"
    case invalidTransformation = "invalid-transformation"
    case invalidPatch = "invalid-patch"
    case noMatch = "no-match"
    case ambiguousReference = "ambiguous-reference"
    case notPrintable = "not-printable"
    case unsupported = "unsupported"
    case notAllowed = "not-allowed"
    case programFailed = "program-failed"
    case invalidOption = "invalid-option"
    case tooDeep = "too-deep"
    case tooLarge = "too-large"
    case limitExceeded = "limit-exceeded"
    case cancelled = "cancelled"
    case versionDifference = "version-difference"
    case lint
  }

  /// A second place that helps to understand the first.
  struct Note: Sendable {
    let message: String
    let position: Position
    var said: [String] = []
  }

  /// A change of the text that would put the mistake right.
  struct Fix: Sendable {
    /// What the change does, such as `replace "patchs" with "patches"`.
    let message: String
    let position: Position
    /// The text at `position` that is replaced. Where something else stands there, there is no fix.
    let original: String
    let replacement: String
    /// The change says what the author can only have meant; a guess is not safe.
    let isSafe: Bool
  }

  /// All that there is to know of a problem.
  private struct Details: Sendable {
    let id: DiagnosticID
    let message: String
    var position: Position
    var key: String?
    let path: String?
    var hint: String?
    let option: CallOption?
    let said: [String]
    var notes: [Note]
    let fixes: [Fix]
    var includes: [Position] = []
    var others: [Problem] = []
  }

  /// Boxed, because a typed error that fits one word keeps the happy path as fast as a return.
  private final class Box: Sendable {
    let details: Details

    init(_ details: Details) { self.details = details }
  }

  private let box: Box
  private var details: Details { box.details }

  var id: DiagnosticID { details.id }
  /// The family of the id.
  var code: Code { details.id.family }
  var message: String { details.message }
  var position: Position { details.position }
  /// The problem is about the last key of this text before `position`, whose value stands or begins there.
  var key: String? { details.key }
  /// The file or directory, where there is no position in it.
  var path: String? { details.path }
  /// What to do about it, printed below the line in question.
  var hint: String? { details.hint }
  /// What the caller could have said; it stands in the place of a hint, or ends the message.
  var option: CallOption? { details.option }
  /// Lines that a program said, which belong below the message.
  var said: [String] { details.said }
  var notes: [Note] { details.notes }
  var fixes: [Fix] { details.fixes }
  /// The entries that included the layer in which the problem is, from the innermost to the root's.
  var includes: [Position] { details.includes }
  /// What else is wrong, independently of this; these have no others themselves.
  var others: [Problem] { details.others }

  init(
    _ id: DiagnosticID, _ message: String, at position: Position = .none, path: String? = nil,
    hint: String? = nil, option: CallOption? = nil, said: [String] = [], notes: [Note] = [],
    fixes: [Fix] = []
  ) {
    box = Box(
      Details(
        id: id, message: message, position: position, path: path, hint: hint, option: option,
        said: said, notes: notes, fixes: fixes))
  }

  private init(_ details: Details) { box = Box(details) }

  /// A copy with something changed: problems are values.
  private func changing(_ change: (inout Details) -> Void) -> Problem {
    var details = details
    change(&details)
    return Problem(details)
  }

  /// The same problem with one more place.
  func noting(_ message: String, at position: Position, said: [String] = []) -> Problem {
    changing { $0.notes.append(Note(message: message, position: position, said: said)) }
  }

  /// The same problem, which is about the key of the value at its position. Where the key stands is looked
  /// for when the problem is put into words.
  func atKey(_ key: String) -> Problem { changing { $0.key = key } }

  /// The same problem, whose cause is at another place than where it was met.
  func moved(to position: Position) -> Problem {
    changing { details in
      details.position = position
      details.key = nil
    }
  }

  /// The same problem with a hint, unless it has one.
  func hinting(_ hint: String?) -> Problem {
    guard let hint, self.hint == nil else { return self }
    return changing { $0.hint = hint }
  }

  /// The same problem in a layer that the entry at a position includes.
  func included(at position: Position) -> Problem {
    guard includes.count < Self.mostIncludes else { return self }
    return changing { details in
      details.includes.append(position)
      details.others = details.others.map { $0.included(at: position) }
    }
  }

  /// A chain of layers may be longer, and each of them adds to every problem below it.
  private static let mostIncludes = 100

  /// This problem with further ones, each once.
  func joined(with further: some Sequence<Problem>) -> Problem {
    var seen: Set<Subject> = [Subject(self)]
    let all = others + further.flatMap { [$0.alone] + $0.others }
    return changing { $0.others = all.filter { seen.insert(Subject($0)).inserted } }
  }

  /// The problem without its others.
  private var alone: Problem { others.isEmpty ? self : changing { $0.others = [] } }

  /// What two reports of the same mistake have in common: a layer that two others include is tried
  /// twice.
  private struct Subject: Hashable {
    @ByteText var message: String
    let position: UInt32
    let path: ByteText?

    init(_ problem: Problem) {
      _message = ByteText(problem.message)
      position = problem.position.raw
      path = problem.path.map { ByteText($0) }
    }
  }
}

extension Problem.Code {
  fileprivate var isLimit: Bool {
    switch self {
    case .tooDeep, .tooLarge, .limitExceeded, .cancelled: true
    default: false
    }
  }
}

extension Problem {
  /// The build has met a limit of its own.
  var isLimit: Bool { code.isLimit || others.contains { $0.code.isLimit } }

  /// Tries something of which kustomize forgets that it went wrong; nil where it did. To have met a limit is
  /// no such mistake, since trying another way would hide it.
  static func forgiving<Result>(
    _ work: () throws(Problem) -> Result
  ) throws(Problem) -> Result? {
    do { return try work() } catch {
      if error.isLimit { throw error }
      return nil
    }
  }
}
