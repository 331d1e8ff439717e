import Testing

/// What a build warned of before it failed has levels and is silenced like what other builds warn of.
@Suite final class FailedBuildWarningTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    try write(comment: "")
  }

  deinit { scratch.remove() }

  private func write(comment: String) throws {
    for root in ["app", "site"] {
      try scratch.write(
        "\(root)/kustomization.yaml", "resources: [missing.yaml]\nbases: [] \(comment)\n")
    }
  }

  private func render(_ arguments: [String]) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(arguments, in: scratch.url)
  }

  private static let calls = [["app"], ["app", "site"], ["--all", "."]]

  @Test(arguments: calls)
  func warnings(_ arguments: [String]) throws {
    let outcome = try render(arguments)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("app/kustomization.yaml:2:1: warning: 'bases' is deprecated"))
    #expect(outcome.errors.contains("app/kustomization.yaml:1:13: error: "))
  }

  @Test(arguments: calls)
  func comments(_ arguments: [String]) throws {
    try write(comment: "# lamina: ignore[deprecated-field] soon")
    let outcome = try render(arguments)
    #expect(outcome.status == 1)
    #expect(!outcome.errors.contains("deprecated"))
    #expect(outcome.errors.contains("app/kustomization.yaml:1:13: error: "))
  }

  @Test(arguments: calls)
  func levels(_ arguments: [String]) throws {
    try scratch.write("lamina.yaml", "lint: {rules: {deprecated-field: off}}\n")
    #expect(!(try render(arguments).errors.contains("deprecated")))
    try scratch.write("lamina.yaml", "lint: {rules: {deprecated-field: lint}}\n")
    #expect(!(try render(arguments).errors.contains("deprecated")))
    #expect(try render(["lint"] + arguments).output.contains("deprecated"))
  }

  @Test(arguments: calls)
  func strict(_ arguments: [String]) throws {
    let outcome = try render(["build", "--strict"] + arguments)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("app/kustomization.yaml:2:1: error: 'bases' is deprecated"))
  }
}
