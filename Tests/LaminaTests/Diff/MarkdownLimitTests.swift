import Foundation
@testable import Lamina
import LaminaDiff
import Testing

/// A comment is never longer than GitHub takes.
@Suite struct MarkdownLimitTests {
  /// A root with resources of so many lines each.
  private func root(_ name: String, lineCounts: [Int]) -> RootDiff {
    let side = DiffSide(label: name, state: .rendered(Manifest(resources: [])))
    return RootDiff(
      name: name, old: side, new: side,
      resources: lineCounts.enumerated().map { place, count in
        ResourceDiff(
          old: nil,
          new: ManifestResource(
            id: RenderedResource.Identity(version: "v1", kind: "ConfigMap", name: "c\(place)"),
            yaml: Array(String(repeating: "key: é🎉\n", count: count).utf8), value: .null),
          consequences: [Consequence(kind: .dataLoss, message: String(repeating: "x", count: 50))])
      }, unchangedCount: 0)
  }

  private func text(_ roots: [RootDiff]) -> String {
    let bytes = MarkdownReport.bytes(of: DiffReport(roots: roots, comparedCount: roots.count))
    #expect(bytes.count <= MarkdownReport.byteLimit)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func whatDoesNotFitIsLeftOutAsAWholeAndCounted() {
    let text = text([root("a", lineCounts: [10, 9000, 10, 4000, 4000])])
    #expect(text.contains("<code>ConfigMap c0</code>"))
    #expect(!text.contains("<summary>+ <code>ConfigMap c1</code>"))
    #expect(text.contains("<summary>+ <code>ConfigMap c2</code>"))
    #expect(text.contains("<summary>+ <code>ConfigMap c3</code>"))
    #expect(!text.contains("<summary>+ <code>ConfigMap c4</code>"))
    #expect(
      text.hasSuffix(
        """
        > [!NOTE]
        > Truncated to fit GitHub's comment limit: 2 resources. `render diff` shows everything as \
        text, or as a page with `--format html`.

        """))
  }

  @Test func soAreTheRowsOfTheTable() {
    let text = text((0..<3000).map { root("overlays/\($0)", lineCounts: [1]) })
    #expect(text.hasPrefix(MarkdownReport.marker + "\n"))
    #expect(text.contains(" more | | | | |\n"))
  }

  /// Three thousand roots share one danger, which is told once.
  @Test func aDangerOfManyRootsIsToldOnce() {
    let text = text((0..<3000).map { root("overlays/\($0)", lineCounts: [1]) })
    #expect(text.components(separatedBy: "**data loss**").count == 2)
    #expect(text.contains("in 3000 roots"))
  }

  @Test func dangersAreNeverLeftOut() {
    let text = text([root("a", lineCounts: Array(repeating: 1, count: 700))])
    for place in 0..<700 { #expect(text.contains("<code>ConfigMap c\(place)</code>")) }
    #expect(text.contains("> - **data loss: 700** "))
  }
}
