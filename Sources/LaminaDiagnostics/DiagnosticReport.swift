package import Lamina

/// What a call has to say, ready to be printed in one of the formats.
package struct DiagnosticReport: Sendable {
  /// Errors, warnings and findings, each once.
  package let diagnostics: [Diagnostic]
  /// How many more errors there are than those listed.
  package let unlistedErrors: Int
  /// The roots that were built, in the user's words.
  package let roots: [String]
  /// The rules that were asked; empty where none were.
  package let rules: [Rule]
  /// The version of the program, such as `0.1.0`.
  package let version: String
  /// To how many columns lines of files are cut where the report is text.
  package var width = Diagnostic.usualWidth
  private let repositoryPath: @Sendable (String) -> String

  /// - Parameter repositoryPath: turns the path of a file, as messages have it, into its path from the top of the
  ///   repository, by which services name files.
  package init(
    _ diagnostics: [Diagnostic], unlistedErrors: Int = 0, roots: [String], rules: [Rule],
    version: String, repositoryPath: @escaping @Sendable (String) -> String
  ) {
    self.diagnostics = diagnostics
    self.unlistedErrors = unlistedErrors
    self.roots = roots
    self.rules = rules
    self.version = version
    self.repositoryPath = repositoryPath
  }

  /// The file that a diagnostic is about, from the top of the repository; nil where it is about none.
  func file(of diagnostic: Diagnostic) -> String? {
    (diagnostic.location?.file ?? diagnostic.file).map(repositoryPath)
  }

  /// The path of a file from the top of the repository.
  func path(of file: String) -> String { repositoryPath(file) }

  /// A headline that says how many more errors there are; nil where all are listed.
  var unlistedWords: String? {
    switch unlistedErrors {
    case 0: nil
    case 1: "and 1 more error"
    default: "and \(unlistedErrors) more errors"
    }
  }
}

extension Diagnostic {
  /// The message with the hint, on one line.
  var messageWithHint: String { hint.map { "\(message): \($0)" } ?? message }
}
