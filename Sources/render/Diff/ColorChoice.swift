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

  /// By itself only on a terminal that knows them, and as the user wants it everywhere: `NO_COLOR`
  /// (no-color.org), `CLICOLOR` and `CLICOLOR_FORCE` (bixense.com/clicolors).
  func isColoured(toFile: Bool, on descriptor: Int32 = STDOUT_FILENO) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      !toFile && Self.isUsual(on: descriptor)
    }
  }

  private static func isUsual(on descriptor: Int32) -> Bool {
    if Environment.value("NO_COLOR") != nil { return false }
    if let forced = Environment.value("CLICOLOR_FORCE"), forced != "0" { return true }
    return isatty(descriptor) == 1 && Environment.value("CLICOLOR") != "0"
      && Environment.value("TERM") != "dumb"
  }
}
