import Foundation
import Lamina
import LaminaHost
import Synchronization
import Testing

@Suite struct MachineHostTests {
  private let host = MachineHost()

  private func call(
    _ script: String, environment: [String: String] = [:], inherits: Bool = true,
    input: [UInt8] = [], timeLimit: Double? = nil, outputLimit: Int = 1 << 20
  ) -> ProgramCall {
    ProgramCall(
      program: "/bin/sh", arguments: ["-c", script], directory: "/", environment: environment,
      inheritsEnvironment: inherits, input: input, timeLimit: timeLimit, outputLimit: outputLimit)
  }

  private func result(
    _ status: ProgramResult.Status, _ output: String, _ errors: String = ""
  ) -> ProgramResult {
    ProgramResult(status: status, output: Array(output.utf8), errors: Array(errors.utf8))
  }

  @Test(
    arguments: [
      ("exit 0", .exited(0), "", ""), ("exit 3", .exited(3), "", ""),
      ("exit 255", .exited(255), "", ""),
      ("echo a; echo b >&2; echo c", .exited(0), "a\nc\n", "b\n"),
      ("kill -TERM $$", .signalled(15), "", ""), ("kill -PIPE $$", .signalled(13), "", ""),
      ("exec >&- 2>&-; exit 4", .exited(4), "", ""), ("cat", .exited(0), "", ""),
    ] as [(String, ProgramResult.Status, String, String)])
  func tellsHowTheProgramEnded(
    script: String, status: ProgramResult.Status, output: String, errors: String
  ) throws {
    #expect(try host.run(call(script)) == result(status, output, errors))
  }

  @Test func feedsAndReadsAtOnce() throws {
    let input = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
    let answer = try host.run(
      call("tee /dev/stderr", input: input, timeLimit: 60, outputLimit: 4 << 20))
    #expect(answer == ProgramResult(status: .exited(0), output: input, errors: input))
  }

  @Test func aProgramNeedNotReadItsInput() throws {
    let input = [UInt8](repeating: 0, count: 1 << 20)
    for script in ["exec <&-; echo done", "head -c 1 >/dev/null; echo done"] {
      #expect(try host.run(call(script, input: input)) == result(.exited(0), "done\n"))
    }
  }

  @Test func stopsAProgramAndItsChildrenAtTheTimeLimit() throws {
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    let script = "sleep 600 & echo $! > \(directory)/child; wait"
    #expect(throws: HostFailure.timeLimit(seconds: 2)) {
      try host.run(call(script, timeLimit: 2))
    }
    let child = try String(contentsOfFile: "\(directory)/child", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    // What was killed may be left as a zombie (Z) until somebody asks for it.
    let gone = "while ps -o stat= -p \(child) | grep -q '^[^Z]'; do sleep 0.1; done"
    #expect(try host.run(call(gone, timeLimit: 60)).status == .exited(0))
  }

  @Test func doesPiecesOfWorkAtOnceAndInOrder() throws {
    let host = MachineHost(cacheDirectory: nil, jobs: 4)
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    // Each waits for all others.
    let outcomes = host.concurrentMap(4) { index, host in
      let script = """
        : > \(directory)/\(index)
        while [ "$(ls \(directory) | wc -l)" -lt 4 ]; do sleep 0.01; done
        echo \(index)
        """
      return (try? host.run(self.call(script, timeLimit: 60)))?.output ?? []
    }
    #expect(outcomes == (0..<4).map { Array("\($0)\n".utf8) })
  }

  @Test func aCancelledTaskStopsWhatOtherThreadsRun() async throws {
    let host = MachineHost(cacheDirectory: nil, jobs: 3)
    let call = call("sleep 600")
    let task = Task {
      host.concurrentMap(3) { _, host in
        Result { () throws(HostFailure) in try host.run(call) }
      }
    }
    try await Task.sleep(for: .milliseconds(300))
    task.cancel()
    let outcomes = await task.value
    #expect(outcomes == Array(repeating: .failure(.cancelled), count: 3))
  }

  @Test func addsToADirectoryWholeOrNotAtAll() throws {
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    let home = "\(directory)/a/b"
    func names() -> [String] {
      (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
    }
    try host.addToDirectory(home, unlessExists: "\(home)/x") { own throws(HostFailure) in
      try host.write([1], to: "\(own)/x/half")
      return false
    }
    #expect(names() == [])
    #expect(throws: HostFailure.noRemotes) {
      try host.addToDirectory(home, unlessExists: "\(home)/x") { own throws(HostFailure) in
        try host.write([1], to: "\(own)/x/half")
        throw .noRemotes
      }
    }
    #expect(names() == [])
    for value in 1...2 {
      try host.addToDirectory(home, unlessExists: "\(home)/x") { own throws(HostFailure) in
        #expect(FileManager.default.fileExists(atPath: "\(home)/x") == false)
        try host.write([UInt8(value)], to: "\(own)/x/file")
        return true
      }
    }
    #expect(names().sorted() == ["a", "a/b", "a/b/x", "a/b/x/file"])
    #expect(try DiskFileSystem().read("\(home)/x/file") == [1])
  }

  @Test func aDirectoryThatCannotBeMadeIsToldOf() throws {
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    let (link, file) = ("\(directory)/link", "\(directory)/file")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "\(directory)/nowhere")
    try host.write([], to: file)
    for (home, word) in [(link, "No such file or directory"), (file, "Not a directory")] {
      let error = #expect(throws: HostFailure.self) {
        try host.addToDirectory(home, unlessExists: "\(home)/x") { _ in true }
      }
      #expect("\(error.map { "\($0)" } ?? "")".hasSuffix(word))
    }
  }

  @Test func stopsAProgramThatClosedItsOutputs() {
    #expect(throws: HostFailure.timeLimit(seconds: 0.5)) {
      try host.run(call("exec >&- 2>&-; exec sleep 600", timeLimit: 0.5))
    }
  }

  @Test(arguments: ["yes", "yes >&2", "yes & yes >&2"])
  func stopsAProgramThatFloods(script: String) {
    #expect(throws: HostFailure.outputLimit(bytes: 100_000)) {
      try host.run(call(script, outputLimit: 100_000))
    }
  }

  @Test func doesNotWaitForWhatAProgramLeavesBehind() throws {
    let answer = try host.run(call("sleep 5 & echo started", timeLimit: 60))
    #expect(answer == result(.exited(0), "started\n"))
  }

  @Test func startsInTheDirectoryWithTheEnvironment() throws {
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    var own = call("pwd; env", environment: ["B": "2 =", "A": "1"], inherits: false)
    own.directory = directory
    let lines = String(decoding: try host.run(own).output, as: UTF8.self).split(separator: "\n")
    #expect(lines.first == Substring(directory))
    #expect(Set(lines).isSuperset(of: ["A=1", "B=2 ="]))
    #expect(!lines.contains { $0.hasPrefix("HOME=") })
    let inherited = try host.run(call("echo \"$PATH $A\"", environment: ["A": "1"]))
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    #expect(inherited == result(.exited(0), "\(path) 1\n"))
    let replaced = try host.run(call("echo \"$HOME\"", environment: ["HOME": "/nowhere"]))
    #expect(replaced == result(.exited(0), "/nowhere\n"))
  }

  @Test(arguments: ["no-such-program", "/no/such/program", "./no-such-program", ""])
  func saysThatAProgramIsMissing(program: String) {
    #expect(throws: HostFailure.programNotFound(program)) {
      try host.run(ProgramCall(program: program, arguments: [], directory: "/"))
    }
  }

  @Test func findsProgramsByNameAndByPath() throws {
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    try host.write(Array("#!/bin/sh\necho found \"$1\"\n".utf8), to: "\(directory)/bin/greet")
    chmod("\(directory)/bin/greet", 0o755)
    func greet(_ program: String, path: String) throws -> ProgramResult {
      try host.run(
        ProgramCall(
          program: program, arguments: ["$HOME *"], directory: directory,
          environment: ["PATH": path]))
    }
    #expect(try greet("greet", path: "/nowhere::bin:\(directory)/bin").status == .exited(0))
    #expect(try greet("./bin/greet", path: "").output == Array("found $HOME *\n".utf8))
    #expect(throws: HostFailure.programNotFound("greet")) { try greet("greet", path: "bin::.") }
  }

  @Test func saysWhatCannotBeStarted() throws {
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    func failure(_ program: String, in directory: String) -> String {
      do {
        _ = try host.run(ProgramCall(program: program, arguments: [], directory: directory))
        return "started"
      } catch { return "\(error)" }
    }
    try host.write(Array("#!/no/interpreter\n".utf8), to: "\(directory)/script")
    #expect(failure("./script", in: directory) == "Permission denied")
    chmod("\(directory)/script", 0o755)
    #expect(
      failure("./script", in: directory)
        == "the interpreter that its first line names is missing")
    #expect(failure("/bin/sh", in: "/no/where") == "/no/where: No such file or directory")
  }

  /// Programs that other threads start meanwhile hold the file that is being written for a moment.
  @Test func startsWhatWasJustWritten() throws {
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    let host = host
    let right = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 100) { index in
      let path = "\(directory)/script\(index)"
      guard (try? host.write(Array("#!/bin/sh\necho \(index)\n".utf8), to: path)) != nil else {
        return
      }
      chmod(path, 0o755)
      let answer = try? host.run(ProgramCall(program: path, arguments: [], directory: "/"))
      if answer?.output == Array("\(index)\n".utf8) { right.withLock { $0 += 1 } }
    }
    #expect(right.withLock { $0 } == 100)
  }

  @Test func manyThreadsRunProgramsAtOnce() {
    let host = host
    let right = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 60) { index in
      let input = [UInt8](repeating: UInt8(index), count: 200_000)
      let call = ProgramCall(program: "cat", arguments: [], directory: "/", input: input)
      if let answer = try? host.run(call), answer.output == input { right.withLock { $0 += 1 } }
    }
    #expect(right.withLock { $0 } == 60)
  }

  @Test func removesADirectoryButNotWhatLinksLeadTo() throws {
    let kept = try host.makeTemporaryDirectory()
    let directory = try host.makeTemporaryDirectory()
    try host.write([1, 2], to: "\(kept)/file")
    try host.write([3], to: "\(directory)/a/b/c/file")
    try FileManager.default.createSymbolicLink(
      atPath: "\(directory)/a/link", withDestinationPath: kept)
    host.removeTemporaryDirectory(directory)
    #expect(!FileManager.default.fileExists(atPath: directory))
    #expect(FileManager.default.contents(atPath: "\(kept)/file") == Data([1, 2]))
    host.removeTemporaryDirectory(kept)
    #expect(!FileManager.default.fileExists(atPath: kept))
  }

  @Test func writesNoFileThroughALink() throws {
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    try host.write([1], to: "\(directory)/file")
    try FileManager.default.createSymbolicLink(
      atPath: "\(directory)/link", withDestinationPath: "\(directory)/file")
    #expect(throws: HostFailure.self) { try host.write([2], to: "\(directory)/link") }
    #expect(FileManager.default.contents(atPath: "\(directory)/file") == Data([1]))
  }
}
