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
        twice[keyPath: count] <= (input.growsInPairs ? 4 : 2) * once[keyPath: count] + 50,
        "\(name): \(once[keyPath: count]), then \(twice[keyPath: count])")
    }
  }

  /// A patch is copied for each object that it is for, and little of the copy becomes a part of that.
  @Test func copiesOfPatchesAreGivenBack() throws {
    let once = try counts(GrowingInput.patchPairs.make(30)).nodesMade
    let twice = try counts(GrowingInput.patchPairs.make(60)).nodesMade
    #expect(twice <= 2 * once + 50, "\(once), then \(twice)")
  }

  @Test func countsAreTakenWhereWorkIsDone() throws {
    let inputs: [GrowingInput] = [.overlays, .jsonPatches]
    let counts = try inputs.map { try self.counts($0.make(60)) }
    for (name, count) in WorkCounts.all {
      #expect(counts.contains { $0[keyPath: count] > 60 }, "\(name)")
    }
  }

  /// To make a printer takes a look at every node: a step must not make one for each object.
  @Test(arguments: ["transformers", "validators"])
  func printersDoNotGrowWithTheObjects(field: String) throws {
    let once = try nodesRanked(field, objects: 30)
    let twice = try nodesRanked(field, objects: 60)
    #expect(once > 60)
    #expect(twice <= 2 * once + 50, "\(once), then \(twice)")
  }

  /// Counts for a program that prints what it reads.
  private func nodesRanked(_ field: String, objects: Int) throws -> Int {
    let objects = (0..<objects).map {
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map-\($0)}\n"
    }
    let files = MemoryFileSystem([
      "/app/kustomization.yaml": "resources: [maps.yaml]\n\(field): [fn.yaml]\n",
      "/app/maps.yaml": objects.joined(separator: "---\n"),
      "/app/fn.yaml": """
      apiVersion: example.com/v1
      kind: Check
      metadata:
        name: fn
        annotations: {config.kubernetes.io/function: 'exec: {path: ./fn}'}
      """,
    ])
    var options = RenderOptions()
    options.functions.isEnabled = true
    options.functions.allowsPrograms = true
    return try Renderer(fileSystem: files, host: Echo(), options: options)
      .render("/app").counts.nodesRanked
  }

  private func counts(_ input: GeneratedInput) throws -> WorkCounts {
    var files = MemoryFileSystem()
    for (path, text) in input.files { files.write(Array(text.utf8), to: "/\(path)") }
    return try Renderer(fileSystem: files).render("/\(input.root)").counts
  }
}

/// Every program prints what it reads.
private struct Echo: Lamina.Host {
  func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult {
    ProgramResult(status: .exited(0), output: call.input, errors: [])
  }

  func makeTemporaryDirectory() throws(HostFailure) -> String { "/temporary" }
  func removeTemporaryDirectory(_ path: String) {}
  func write(_ bytes: [UInt8], to path: String) throws(HostFailure) {}
}

extension WorkCounts {
  fileprivate static var all: [(name: String, count: KeyPath<WorkCounts, Int>)] {
    [
      ("nodes made", \.nodesMade), ("nodes copied", \.nodesCopied), ("id look-ups", \.idLookUps),
      ("reference candidates", \.referenceCandidates), ("nodes in JSON", \.nodesInJSON),
    ]
  }
}
