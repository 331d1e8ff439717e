/// What the builds of several roots have to say, each message once, with the roots that it concerns: what
/// is wrong with a base is wrong for every overlay.
package struct MergedDiagnostics {
  private var entries: [Entry] = []
  /// The places in `entries` by what they are about.
  private var places: [Subject: Int] = [:]

  private struct Entry {
    let diagnostic: Diagnostic
    var roots: [String]
    /// The same roots, to find one.
    var names: Set<ByteText>
  }

  /// What two messages about the same thing have in common. How a root leads there may differ.
  private struct Subject: Hashable {
    let severity: Diagnostic.Severity
    let code: String
    @ByteText var message: String
    let file: ByteText?
    let line: Int?
    let column: Int?

    init(_ diagnostic: Diagnostic) {
      severity = diagnostic.severity
      code = diagnostic.code
      _message = ByteText(diagnostic.message)
      file = diagnostic.file.map { ByteText($0) }
      line = diagnostic.location?.line
      column = diagnostic.location?.column
    }
  }

  package init() {}

  /// Adds what the build of a root has to say.
  package mutating func add(_ diagnostics: [Diagnostic], of root: String) {
    for diagnostic in diagnostics { _ = add(diagnostic, of: root) }
  }

  /// Adds one message; true if it is the first of its subject.
  mutating func add(_ diagnostic: Diagnostic, of root: String) -> Bool {
    let subject = Subject(diagnostic)
    if let place = places[subject] {
      // A root may be looked at twice, with others between: what it lacked is defined in one of those.
      if entries[place].names.insert(root).inserted { entries[place].roots.append(root) }
      return false
    }
    places[subject] = entries.count
    entries.append(Entry(diagnostic: diagnostic, roots: [root], names: [ByteText(root)]))
    return true
  }

  /// All messages in the order in which they were first met, with their roots.
  package var all: [Diagnostic] { entries.map { $0.diagnostic.concerning($0.roots) } }
}
