import Foundation
@testable import Lamina
import LaminaDiff
import LaminaHost
import Testing

/// `patch` turns the old streams into the new ones with what the format `unified` prints.
@Suite struct UnifiedReportTests {
  private let directory = FileManager.default.temporaryDirectory
    .appending(path: "patch-\(UUID().uuidString)")

  private func resource(_ name: String, _ yaml: String) -> ManifestResource {
    ManifestResource(
      id: RenderedResource.Identity(version: "v1", kind: "ConfigMap", name: name),
      yaml: Array(yaml.utf8), value: .null)
  }

  private func side(_ resources: [ManifestResource]?) -> DiffSide {
    DiffSide(
      label: "", state: resources.map { .rendered(Manifest(resources: $0)) } ?? .absent)
  }

  private func stream(_ resources: [ManifestResource]) -> Data {
    Data(resources.map(\.yaml).joined(separator: Array("---\n".utf8)))
  }

  private func root(
    _ name: String, _ old: [ManifestResource]?, _ new: [ManifestResource]?
  ) -> RootDiff {
    RootDiff(name: name, old: side(old), new: side(new), resources: [], unchangedCount: 0)
  }

  private func read(_ path: String) -> Data? {
    try? Data(contentsOf: directory.appending(path: path))
  }

  /// Writes the old streams, patches them, and looks for the new ones.
  private func check(
    _ roots: [(name: String, old: [ManifestResource]?, new: [ManifestResource]?)],
    _ place: String = ""
  ) throws {
    try? FileManager.default.removeItem(at: directory)
    for root in roots {
      let file = directory.appending(path: "\(root.name).yaml")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      if let old = root.old { try stream(old).write(to: file) }
    }
    let report = DiffReport(
      roots: roots.map { self.root($0.name, $0.old, $0.new) }, comparedCount: roots.count)
    let patch = UnifiedReport.bytes(of: report)
    try Data(patch).write(to: directory.appending(path: "all.patch"))
    let result = try MachineHost().run(
      ProgramCall(
        program: "patch", arguments: ["-p1", "-i", "all.patch"], directory: directory.path,
        timeLimit: 60))
    let words = String(decoding: result.output + result.errors, as: UTF8.self)
    if !patch.isEmpty { #expect(result.status == .exited(0), "\(words)") }
    for root in roots {
      #expect(read("\(root.name).yaml") == root.new.map { stream($0) }, "\(root.name) \(place)")
    }
  }

  @Test func rootsThatComeAndGo() throws {
    let (a, b) = (resource("a", "a: 1\nb: 2\n"), resource("b", "a: 1\nb: 3\n"))
    try check([
      ("overlays/prod", [a, b], [b, a]), ("overlays/new", nil, [a]), ("old", [a, b], nil),
      ("with blank", [a], [b]), ("é\"quoted", [a], [b]),
      ("unterminated", [resource("a", "a: 1")], [b]),
      ("open", [a], [resource("a", "a: 1\nb: 2")]),
    ])
  }

  @Test func streamsThatDifferAtRandom() throws {
    var random = SeededGenerator(seed: 7)
    for place in 0..<20 {
      let count = Int.random(in: 0..<12, using: &random)
      func lines(_ seed: Int) -> [ManifestResource] {
        (0..<count).map { number in
          let lines = (0..<Int.random(in: 1..<30, using: &random)).map { line in
            Bool.random(using: &random) ? "key\(line): \(number)\n" : "x: \(seed % 3)\n"
          }
          return resource("c\(number)", lines.joined())
        }
      }
      let (old, new) = (lines(place), lines(place + 1))
      // A stream of nothing is a file of nothing, which patch takes away.
      if old.isEmpty || new.isEmpty { continue }
      try check([("root", old, new)], "round \(place)")
    }
  }
}
