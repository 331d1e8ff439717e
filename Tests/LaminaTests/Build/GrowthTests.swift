import GeneratedInputs
import Testing

@testable import Lamina

/// A build of twice the input is twice the work and not more, whatever it is that grows.
@Suite struct GrowthTests {
  @Test(arguments: GrowingInput.allCases)
  func workDoublesWithTheInput(_ input: GrowingInput) throws {
    let once = try counts(input.make(30))
    let twice = try counts(input.make(60))
    for (name, count) in WorkCounts.all {
      #expect(
        twice[keyPath: count] <= 2 * once[keyPath: count] + 50,
        "\(name): \(once[keyPath: count]), then \(twice[keyPath: count])")
    }
  }

  @Test func countsAreTakenWhereWorkIsDone() throws {
    let counts = try counts(GrowingInput.overlays.make(60))
    for (name, count) in WorkCounts.all { #expect(counts[keyPath: count] > 60, "\(name)") }
  }

  private func counts(_ input: GeneratedInput) throws -> WorkCounts {
    var files = MemoryFileSystem()
    for (path, text) in input.files { files.write(Array(text.utf8), to: "/\(path)") }
    return try Renderer(fileSystem: files).render("/\(input.root)").counts
  }
}

extension WorkCounts {
  fileprivate static var all: [(name: String, count: KeyPath<WorkCounts, Int>)] {
    [
      ("nodes made", \.nodesMade), ("nodes copied", \.nodesCopied), ("id look-ups", \.idLookUps),
      ("reference candidates", \.referenceCandidates),
    ]
  }
}
