import ArgumentParser
import LaminaHost
import Synchronization

/// How much a call says on the way, and in which colours.
struct MessageOptions: Sendable, Equatable {
  /// Errors only.
  var isQuiet = false
  /// Also what is done, and how long it takes.
  var isVerbose = false
  var color = ColorChoice.auto

  /// Those of this process: what writes messages is not handed all that a call asks for.
  private static let ofProcess = Mutex(MessageOptions())

  static var current: MessageOptions { ofProcess.withLock { $0 } }

  /// From now on, messages are written like this.
  func use() { Self.ofProcess.withLock { $0 = self } }

  /// Takes what a host does; nil where nobody asks.
  var report: MachineHost.Report? {
    guard isVerbose else { return nil }
    return { Stopwatch.say($0, seconds: $1) }
  }
}

/// The flags for what is said on the way.
struct MessageFlags: ParsableArguments {
  @Flag(name: CommandFlag.quiet.names, help: CommandFlag.quiet.help)
  var quiet = false

  @Flag(name: CommandFlag.verbose.names, help: CommandFlag.verbose.help)
  var verbose = false

  @Option(name: CommandFlag.color.names, help: CommandFlag.color.help)
  var color = ColorChoice.auto

  var options: MessageOptions {
    MessageOptions(isQuiet: quiet, isVerbose: verbose, color: color)
  }
}

/// A command of the parser that builds roots.
protocol BuildingCommand {
  var flags: BuildFlags { get }
}

/// How long something takes, for `--verbose`.
struct Stopwatch {
  /// An object, since an optional instant is a type that is made at run time, for 33,000 instructions of every
  /// build.
  private final class Start {
    let instant = ContinuousClock.now
  }

  private let start: Start?

  /// Looks at the clock only where somebody asks.
  init(isRunning: Bool) { start = isRunning ? Start() : nil }

  func note(_ action: String) {
    guard let start else { return }
    let passed = (ContinuousClock.now - start.instant).components
    Self.say(action, seconds: Double(passed.seconds) + Double(passed.attoseconds) / 1e18)
  }

  static func say(_ action: String, seconds: Double) {
    StandardError.say("verbose: \(action) (\(milliseconds(seconds)))")
  }

  /// `12.3 ms`
  private static func milliseconds(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10_000).rounded())
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}
