import ArgumentParser
import LaminaHost

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// When to use colours.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never

  /// By itself only on a terminal that knows them, and not where the user wants none anywhere
  /// (no-color.org).
  func isColoured(toFile: Bool) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      !toFile && isatty(STDOUT_FILENO) == 1 && Environment.value("NO_COLOR") == nil
        && Environment.value("TERM") != "dumb"
    }
  }
}
