/// A program to run: always the program itself with its arguments, never words for a shell.
public struct ProgramCall: Sendable, Equatable {
  /// A path, or a name that is looked up in the directories of `PATH`.
  public var program: String
  /// What the program is told, without its own name.
  public var arguments: [String]
  /// The directory that the program starts in, as an absolute path, or `.` for that of this process.
  public var directory: String
  /// Variables that the program gets besides those of this process, or instead of them.
  public var environment: [String: String]
  /// The program also gets the variables of this process.
  public var inheritsEnvironment: Bool
  /// What the program reads from its standard input.
  public var input: [UInt8]
  /// The number of seconds after which the program is stopped; nil lets it run.
  public var timeLimit: Double?
  /// The number of bytes that the program may print to either of its outputs.
  public var outputLimit: Int

  /// Says what is run, by default with this process's variables, nothing to read, and for any time.
  public init(
    program: String, arguments: [String], directory: String,
    environment: [String: String] = [:], inheritsEnvironment: Bool = true, input: [UInt8] = [],
    timeLimit: Double? = nil, outputLimit: Int = 256 << 20
  ) {
    self.program = program
    self.arguments = arguments
    self.directory = directory
    self.environment = environment
    self.inheritsEnvironment = inheritsEnvironment
    self.input = input
    self.timeLimit = timeLimit
    self.outputLimit = outputLimit
  }
}

/// What a program left behind.
public struct ProgramResult: Sendable, Equatable {
  /// How the program ended.
  public enum Status: Sendable, Equatable {
    /// It ended by itself, with this status: 0 means success.
    case exited(Int32)
    /// Another process or the system stopped it with this signal.
    case signalled(Int32)
  }

  /// How the program ended.
  public var status: Status
  /// What it printed to its standard output.
  public var output: [UInt8]
  /// What it printed to its standard error.
  public var errors: [UInt8]

  /// Says how a program ended, and what it printed.
  public init(status: Status, output: [UInt8], errors: [UInt8]) {
    self.status = status
    self.output = output
    self.errors = errors
  }
}
