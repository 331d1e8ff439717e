import Lamina
import LaminaHost

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the command has to say to a person.
///
/// Everything goes through `MessageLine`, or is the command's own.
enum StandardError {
  /// Says something on one line, whatever it is made of.
  static func say(_ line: String) { write(MessageLine.shown(line) + "\n") }

  /// Says what the caller should know, unless only errors are wanted.
  static func warn(_ line: String) {
    if !MessageOptions.current.isQuiet { say(line) }
  }

  /// Says what went wrong, and then what was warned of: the first line is about what has to be changed.
  static func say(_ error: any Error) {
    write(text(of: error) + "\n")
    if MessageOptions.current.isQuiet { return }
    for warning in (error as? Diagnostic)?.warnings ?? [] { write(text(of: warning) + "\n") }
  }

  /// What an error says, line by line, fit to be shown.
  static func text(of error: any Error) -> String {
    switch error {
    case let diagnostic as Diagnostic: diagnostic.report(width: width)
    case let failure as GitFailure:
      (["error: \(failure.message)"] + [failure.hint].compactMap { $0.map { "  \($0)" } })
        .map(MessageLine.shown).joined(separator: "\n")
    default: MessageLine.shown("\(error)")
    }
  }

  /// The columns for lines of files; a log has as many as the narrowest usual terminal.
  static var width: Int { Terminal.width(of: STDERR_FILENO) ?? Diagnostic.usualWidth }

  /// Writes what can be shown as it is.
  static func write(_ text: String) {
    let isColoured = MessageOptions.current.color.isColoured(toFile: false, on: STDERR_FILENO)
    let text = isColoured ? MessageColours.painted(text) : text
    _ = WholeFile.writeAll(Array(text.utf8)[...], to: STDERR_FILENO)
  }
}

func exitWithSuccess() -> Never { exit(0) }

func exitWithFailure(status: Int32 = 1) -> Never { exit(status) }

/// Says what is wrong on one line, and ends.
func fail(_ message: String, status: Int32 = 1) -> Never {
  StandardError.say(message)
  exitWithFailure(status: status)
}

/// Says what is wrong, and ends.
func fail(_ error: any Error, status: Int32 = 1) -> Never {
  StandardError.say(error)
  exitWithFailure(status: status)
}
