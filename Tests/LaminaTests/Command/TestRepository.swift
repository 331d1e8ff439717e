import Foundation
import Lamina
import LaminaHost
import Testing

/// A repository of one test.
struct TestRepository {
  let url: URL

  /// Runs git there, as an author that no settings of the machine name.
  func git(_ arguments: [String]) throws {
    let result = try MachineHost().run(
      ProgramCall(
        program: "git",
        arguments: ["-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments,
        directory: url.path, timeLimit: 60))
    #expect(result.status == .exited(0), "\(String(decoding: result.errors, as: UTF8.self))")
  }
}
