import Foundation
import Lamina
import LaminaHost
import Testing

/// Functions that do not behave, run by the built command.
@Suite struct FunctionCommandTests {
  private let host = MachineHost()

  /// A kustomization with one function, whose script this is.
  private func render(_ script: String, _ flags: String...) throws -> BuiltCommand.Outcome {
    let path = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(path) }
    try write(script, in: path)
    return try BuiltCommand.run(
      [".", "--enable-alpha-plugins", "--enable-exec"] + flags, in: URL(filePath: path))
  }

  private func write(_ script: String, in path: String) throws {
    let function = """
      kind: Change
      metadata:
        name: fn
        annotations:
          config.kubernetes.io/function: "exec: {path: ./fn}"

      """
    // More than the buffer of a pipe holds, so that a function that does not read it makes writing fail.
    let data = String(repeating: "x", count: 300_000)
    let resource = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: \(data)}\n"
    let files = [
      "kustomization.yaml": "resources: [cm.yaml]\ntransformers: [fn.yaml]\n",
      "cm.yaml": resource, "fn.yaml": function, "fn": "#!/bin/sh\n\(script)\n",
    ]
    for (name, text) in files { try host.write(Array(text.utf8), to: "\(path)/\(name)") }
    chmod("\(path)/fn", 0o755)
  }

  private func head(_ outcome: BuiltCommand.Outcome) -> String {
    outcome.errors.split(separator: "\n").first.map { String($0) } ?? ""
  }

  @Test func aFunctionThatHangsIsStopped() throws {
    let outcome = try render("sleep 600", "--function-timeout", "0.5")
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(
      head(outcome) == "fn.yaml:1:1: error: Change \"fn\" cannot run \"./fn\": "
        + "it did not end within 0.5 seconds, and was stopped")
  }

  @Test func aFunctionThatDoesNotStopPrintingIsStopped() throws {
    let outcome = try render("exec cat /dev/zero")
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(
      head(outcome) == "fn.yaml:1:1: error: Change \"fn\" cannot run \"./fn\": "
        + "it printed more than 268435456 bytes, and was stopped")
  }

  @Test func aFunctionNeedNotReadWhatItIsGiven() throws {
    let script = "exec <&-; echo 'kind: A'; echo 'metadata: {name: b}'"
    for _ in 0..<5 {
      let outcome = try render(script)
      #expect(outcome.output == "kind: A\nmetadata:\n  name: b\n")
      #expect(outcome.errors == "")
      #expect(outcome.status == 0)
    }
  }

  @Test func whatAFunctionSaysCannotChangeTheTerminal() throws {
    let outcome = try render("cat >/dev/null; printf '\\033[2Jgone\\a' >&2; exit 1")
    #expect(outcome.errors.contains("note: it said: \\x1b[2Jgone\\x07\n"))
  }

  /// The command is told to end while it waits for a function that never does.
  @Test func whoStopsTheCommandStopsTheFunction() throws {
    let path = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(path) }
    try write("echo $$ > pid.new; mv pid.new pid; exec sleep 600", in: path)
    let script = """
      "$1" . --enable-alpha-plugins --enable-exec 2>/dev/null & command=$!
      while [ ! -f pid ]; do sleep 0.05; done
      kill -TERM $command
      wait $command; echo "status $?"
      while ps -o stat= -p "$(cat pid)" | grep -q '^[^Z]'; do sleep 0.05; done
      echo gone
      """
    let result = try host.run(
      ProgramCall(
        program: "/bin/sh", arguments: ["-c", script, "sh", BuiltCommand.url.path],
        directory: path, timeLimit: 120))
    #expect(String(decoding: result.output, as: UTF8.self) == "status 143\ngone\n")
  }

  @Test func valuesOfFlagsMayStandBehindAnEqualsSign() throws {
    let script = "echo \"kind: A\nmetadata: {name: $A-$B-$C}\""
    let outcome = try render(
      script, "--enable-exec=true", "-e", "A=1", "--env=B=2", "-e=C=3", "--network=false")
    #expect(outcome.output == "kind: A\nmetadata:\n  name: 1-2-3\n")
    #expect(try render(script, "--enable-exec=false").output.hasPrefix("apiVersion: v1\n"))
    #expect(try render(script, "-eA=x", "--function-timeout=9").output.contains("name: x--\n"))
    #expect(try render(script, "--enable-alpha-plugins=maybe").status != 0)
    #expect(try render(script, "--env").status != 0)
  }
}
