private import CMachine
import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Starts a program, with the given ends of pipes as its streams.
///
/// `posix_spawn` and not `fork`: after that a process with several threads may call little before
/// it is replaced.
struct ProgramSpawn {
  let input: Int32
  let output: Int32
  let errors: Int32

  /// How often a program is tried that is being written.
  private static let attempts = 100

  /// Returns the process's number, which is its session's and its group's as well.
  func start(_ call: ProgramCall, program: String) throws(HostFailure) -> Int32 {
    var actions = Self.emptyActions()
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    machine_spawn_add_directory(&actions, call.directory)
    var attributes = Self.attributes()
    defer { posix_spawnattr_destroy(&attributes) }
    let arguments = try CStrings([call.program] + call.arguments)
    let environment = try CStrings(Self.environment(of: call))
    var process: pid_t = 0
    var code: Int32 = 0
    // A file that was just written is busy while a program that another thread starts, and that has its
    // descriptor until it is replaced, is on its way: a matter of a moment.
    for attempt in 0...Self.attempts {
      machine_begin_listing()
      code = posix_spawn(
        &process, program, &actions, &attributes, arguments.pointers, environment.pointers)
      if code == 0 { machine_list_program(process) }
      machine_end_listing()
      if code != ETXTBSY || attempt == Self.attempts { break }
      usleep(10_000)
    }
    if code == ENOENT { throw .missing(program, call.directory) }
    guard code == 0 else { throw .other(String(cString: strerror(code))) }
    return process
  }

  /// The type is a pointer on macOS and a structure elsewhere.
  fileprivate static func emptyActions() -> posix_spawn_file_actions_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    return actions
  }

  /// Signals that this thread holds back, or this process ignores, are the program's to get.
  private static func attributes() -> posix_spawnattr_t {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = Int32(machine_spawn_flags()) | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))
    return attributes
  }

  /// The variables, sorted so that equal calls are equal to the last byte.
  private static func environment(of call: ProgramCall) -> [String] {
    let inherited = call.inheritsEnvironment ? Environment.variables : [:]
    return inherited.merging(call.environment) { $1 }
      .map { "\($0.key)=\($0.value)" }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// The strings of a call to C, in the form that it wants.
private struct CStrings: ~Copyable {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) throws(HostFailure) {
    if let broken = strings.first(where: { $0.utf8.contains(0) }) {
      throw .other("\"\(broken.prefix { $0 != "\0" })…\" holds a null character")
    }
    pointers = strings.map { strdup($0) } + [nil]
  }

  deinit { for pointer in pointers { free(pointer) } }
}

extension HostFailure {
  /// The system says only that something is not there: the program, the directory, or what a script
  /// is to be run by.
  fileprivate static func missing(_ program: String, _ directory: String) -> HostFailure {
    guard access(program, F_OK) == 0 else { return .programNotFound(program) }
    guard access(directory, F_OK) == 0 else { return HostFailure(ENOENT, directory) }
    return .other("the interpreter that its first line names is missing")
  }
}
