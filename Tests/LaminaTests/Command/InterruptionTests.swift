import Foundation
import Testing

/// Builds that are told to end at any moment, and what they leave behind: nothing.
@Suite(.serialized) struct InterruptionTests {
  private let fixture: RemoteFixture
  /// Where functions write the numbers of their processes.
  private let numbers: URL

  init() throws {
    fixture = try RemoteFixture()
    numbers = fixture.directory.appending(path: "numbers")
  }

  /// Starts builds one after the other, and ends each after a time of up to some seconds.
  private func interrupt(
    _ arguments: [String], within seconds: Double, times: Int = 24
  ) throws {
    for round in 0..<times {
      let signal = [SIGINT, SIGTERM][round % 2]
      let process = try fixture.start(arguments)
      usleep(UInt32(Double.random(in: 0...seconds) * 1e6))
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      // One that was done before ends by itself.
      if process.terminationReason == .uncaughtSignal {
        #expect(process.terminationStatus == signal)
      }
      #expect(try fixture.leftovers() == [])
      #expect(try runningFunctions() == [])
    }
  }

  private func runningFunctions() throws -> [Substring] {
    guard let text = try? String(contentsOf: numbers, encoding: .utf8) else { return [] }
    try FileManager.default.removeItem(at: numbers)
    var running = text.split(separator: "\n")
    // What was killed takes a moment to go.
    for _ in 0..<100 {
      running = running.filter { isRunning($0) }
      if running.isEmpty { break }
      usleep(10_000)
    }
    return running
  }

  private func isRunning(_ number: Substring) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8) else {
      return false
    }
    return !(status.split(separator: ")").last ?? "").hasPrefix(" Z")
  }

  private func writeFunctions(_ count: Int, _ script: String) throws -> [String] {
    for index in 0..<count {
      try fixture.write(
        "resources: [cm.yaml]\ntransformers: [fn.yaml]\n", to: "r\(index)/kustomization.yaml")
      try fixture.write(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n", to: "r\(index)/cm.yaml")
      try fixture.write(
        """
        kind: Change
        metadata:
          name: fn
          annotations:
            config.kubernetes.io/function: "exec: {path: ./fn}"

        """, to: "r\(index)/fn.yaml")
      try fixture.write(
        "#!/bin/sh\nexec 3>>'\(numbers.path)'\necho $$ >&3\n\(script)\n", to: "r\(index)/fn")
      chmod(fixture.directory.appending(path: "work/r\(index)/fn").path, 0o755)
    }
    return (0..<count).map { "r\($0)" } + ["--enable-alpha-plugins", "--enable-exec"]
  }

  // MARK: - Tests

  @Test func withoutACacheNothingOfARepositoryStays() throws {
    defer { fixture.remove() }
    var files = ["kustomization.yaml": "resources: [cm.yaml]\n"]
    files["cm.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"
    for index in 0..<40 { files["d\(index)/x.yaml"] = String(repeating: "a: b\n", count: 200) }
    let address = try fixture.makeRepository("shop", files)
    for index in 0..<3 {
      try fixture.write("resources: ['\(address)']\n", to: "g\(index)/kustomization.yaml")
    }
    try interrupt(["--no-cache", "g0"], within: 0.25)
    try interrupt(["--no-cache", "--all", ".", "--jobs", "3"], within: 0.4)
  }

  @Test(arguments: ["1", "3"])
  func functionsOfAllRootsAreStopped(jobs: String) throws {
    defer { fixture.remove() }
    let arguments = try writeFunctions(4, "sleep 300 &\necho $! >&3\nsleep 300")
    try interrupt(arguments + ["--jobs", jobs], within: 0.3)
  }

  @Test func whatAFunctionLeavesRunningIsStopped() throws {
    defer { fixture.remove() }
    let script = "sleep 300 >/dev/null 2>&1 &\necho $! >&3\ncat"
    let outcome = try fixture.render(try writeFunctions(2, script))
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("name: x\n"))
    #expect(try runningFunctions() == [])
  }

  /// A build that has no more to finish ends at once: signals are not held while it only computes.
  @Test func aLongBuildWithoutACacheEndsAtOnce() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("shop", ["kustomization.yaml": "namePrefix: a-\n"])
    let objects = (0..<40_000).map { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x\($0)}\n" }
    try fixture.write(objects.joined(separator: "---\n"), to: "all.yaml")
    try fixture.write("resources: ['\(address)', all.yaml]\n", to: "kustomization.yaml")
    let process = try fixture.start(["--no-cache", "."])
    // The repository has been fetched as soon as its temporary directory is there and git is gone.
    while try fixture.leftovers().isEmpty, process.isRunning { usleep(5_000) }
    usleep(300_000)
    let start = ContinuousClock.now
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(try fixture.leftovers() == [])
  }

  @Test func aFileThatIsBeingWrittenIsWholeOrNotThere() throws {
    defer { fixture.remove() }
    let objects = (0..<3000).map { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x\($0)}\n" }
    try fixture.write(objects.joined(separator: "---\n"), to: "all.yaml")
    try fixture.write("resources: [all.yaml]\n", to: "kustomization.yaml")
    let whole = try fixture.render(".").output
    let work = fixture.directory.appending(path: "work")
    for _ in 0..<20 {
      let process = try fixture.start([".", "-o", "out.yaml"])
      usleep(UInt32.random(in: 0...400_000))
      kill(process.processIdentifier, SIGINT)
      process.waitUntilExit()
      let names = try FileManager.default.contentsOfDirectory(atPath: work.path)
      #expect(Set(names).isSubset(of: ["all.yaml", "kustomization.yaml", "out.yaml"]))
      let out = work.appending(path: "out.yaml")
      if let text = try? String(contentsOf: out, encoding: .utf8) { #expect(text == whole) }
      try? FileManager.default.removeItem(at: out)
    }
  }
}
