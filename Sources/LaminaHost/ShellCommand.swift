private import CMachine
package import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A line for the shell, which the user of this process wrote, with this process's own streams.
package enum ShellCommand {
  /// Runs the line with `/bin/sh` to its end.
  ///
  /// It does not outlive this process (`ProgramSpawn`).
  ///
  /// - Parameters:
  ///   - line: what the user wrote.
  ///   - environment: variables besides those of this process.
  /// - Returns: how it ended.
  package static func run(
    _ line: String, environment: [String: String]
  ) throws(HostFailure) -> ProgramResult.Status {
    let call = ProgramCall(
      program: "/bin/sh", arguments: ["-c", line], directory: ".", environment: environment)
    let process = try ProgramSpawn(input: 0, output: 1, errors: 2).start(
      call, program: call.program)
    // Waited for without asking how it ended, so that its number is its own until it is off the list.
    var information = siginfo_t()
    while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    machine_unlist_program(process)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return ProgramResult.Status(waited: status)
  }
}
