import Lamina
import LaminaDiff
import Testing

@Suite struct MatchingTests {
  private let fixture = ComparisonFixture()

  private func object(
    _ apiVersion: String, _ kind: String, _ name: String, namespace: String = "shop",
    _ lines: [String] = []
  ) -> String {
    let spec = lines.isEmpty ? "" : "\nspec:\n" + lines.map { "  \($0)\n" }.joined()
    return """
      apiVersion: \(apiVersion)
      kind: \(kind)
      metadata: {name: \(name), namespace: \(namespace)}\(spec)
      ---

      """
  }

  private func titles(_ old: String, _ new: String) throws -> [String] {
    try fixture.lines(old, new).filter { !$0.hasPrefix("  ") }
  }

  @Test func theSameHasNoReport() throws {
    let stream = object("v1", "Service", "a") + object("v1", "Service", "b")
    let report = try fixture.diff(stream, stream)
    #expect(!report.isDifferent)
    #expect(report.unchangedCount == 2)
  }

  @Test func anotherVersionOrGroupIsTheSameResource() throws {
    #expect(
      try titles(
        object("extensions/v1beta1", "Ingress", "web"),
        object("networking.k8s.io/v1", "Ingress", "web")) == [
          "extensions/v1beta1 Ingress shop/web -> networking.k8s.io/v1 Ingress shop/web by apiVersion"
        ])
  }

  @Test func anotherNamespaceIsTheSameResourceIfThereIsOneOfEach() throws {
    #expect(
      try titles(
        object("v1", "Service", "web"), object("v1", "Service", "web", namespace: "prod"))
        == ["v1 Service shop/web -> v1 Service prod/web by namespace"])
    #expect(
      try titles(
        object("v1", "Service", "web") + object("v1", "Service", "web", namespace: "test"),
        object("v1", "Service", "web", namespace: "prod"))
        == [
          "v1 Service shop/web -> nothing", "v1 Service test/web -> nothing",
          "nothing -> v1 Service prod/web",
        ])
  }

  @Test func anotherNameNeedsLinesInCommon() throws {
    let (lines, others) = (["a: 1", "b: 2", "c: 3", "d: 4"], ["a: 1", "b: 2", "c: 3", "d: 5"])
    #expect(
      try titles(object("v1", "Thing", "old", lines), object("v1", "Thing", "new", others))
        == ["v1 Thing shop/old -> v1 Thing shop/new by similarity(percent: 75)"])
    #expect(
      try titles(object("v1", "Thing", "old", lines), object("v1", "Other", "new", lines))
        == ["v1 Thing shop/old -> nothing", "nothing -> v1 Other shop/new"])
  }

  /// Objects that say nothing but their names are not renamed.
  @Test func emptyObjectsAreNotAlike() throws {
    #expect(
      try titles(object("v1", "ServiceAccount", "old"), object("v1", "ServiceAccount", "new"))
        == ["v1 ServiceAccount shop/old -> nothing", "nothing -> v1 ServiceAccount shop/new"])
  }

  @Test func theMostSimilarBelongTogether() throws {
    let lines = (0..<8).map { "field\($0): x" }
    let near = ["field0: y"] + lines.dropFirst()
    let old = object("v1", "Thing", "a", near) + object("v1", "Thing", "b", lines)
    #expect(
      try titles(old, object("v1", "Thing", "c", lines)) == [
        "v1 Thing shop/a -> nothing",
        "v1 Thing shop/b -> v1 Thing shop/c by similarity(percent: 100)",
      ])
  }

  /// A prefix on all names: nothing but the names tells which belongs to which.
  @Test(arguments: [20, 60]) func likeNamesBelongTogether(count: Int) throws {
    let lines = ["a: 1", "b: 2", "c: 3", "d: 4"]
    let old = (0..<count).map { object("v1", "Thing", "app\($0)", lines) }.joined()
    let new = (0..<count).map { object("v1", "Thing", "my-app\($0)", lines) }.joined()
    #expect(
      try titles(old, new)
        == (0..<count).map {
          "v1 Thing shop/app\($0) -> v1 Thing shop/my-app\($0) by similarity(percent: 100)"
        })
  }

  /// Of several with one id the first belongs to the first.
  @Test func resourcesOfOneIDAreCountedOff() throws {
    let first = object("v1", "Thing", "a", ["x: 1"])
    let second = object("v1", "Thing", "a", ["x: 2"])
    #expect(
      try fixture.lines(first + second, first + second.replacing("2", with: "3")) == [
        "v1 Thing shop/a", "  spec.x: 2 -> 3",
      ])
    #expect(try titles(first + second, first) == ["v1 Thing shop/a -> nothing"])
  }

  @Test func anotherOrderIsNoDifference() throws {
    let (a, b) = (object("v1", "Thing", "a"), object("v1", "Thing", "b"))
    let report = try fixture.diff(a + b, b + a)
    #expect(!report.isDifferent)
    #expect(report.isReordered)
  }

  @Test func aRemovedResourceStandsBehindTheOneThatItFollowed() throws {
    let names = ["a", "b", "c", "d"].map { object("v1", "Thing", $0, ["x: \"\($0)\""]) }
    let changed = names.map { $0.replacing("x: ", with: "y: ") }
    #expect(
      try titles(names.joined(), changed[0] + changed[3] + changed[2]) == [
        "v1 Thing shop/a", "v1 Thing shop/b -> nothing", "v1 Thing shop/d", "v1 Thing shop/c",
      ])
  }

  @Test func anotherLayoutIsNoDifference() throws {
    let rest = object("v1", "Thing", "b")
    let report = try fixture.diff(
      "{kind: Thing, apiVersion: v1, metadata: {name: \"a\"}}\n---\n" + rest,
      "apiVersion: v1\r\nkind: Thing # a comment\r\nmetadata:\r\n  name: a\r\n---\n\n" + rest)
    #expect(!report.isDifferent)
    #expect(report.unchangedCount == 2)
    #expect(report.hidden.layoutOnly == 1)
  }

  /// What a stream may hold besides objects: lists, empty documents, comments.
  @Test func listsAreOpened() throws {
    let thing = "{apiVersion: v1, kind: Thing, metadata: {name: a}, spec: {x: 1}}"
    let list = "# a list\n---\n\napiVersion: v1\nkind: List\nitems:\n- \(thing)\n"
    #expect(try !fixture.diff(list, "---\n\(thing)\n---\n# nothing\n").isDifferent)
  }

  @Test func whatIsNoObjectIsAnError() {
    #expect {
      try fixture.diff("a: 1\n", "")
    } throws: {
      "\($0)".hasPrefix("old:1:1: error: missing kind in object")
    }
    #expect {
      try fixture.diff("", "kind: A\nmetadata:\n\tname: b\n")
    } throws: {
      "\($0)".hasPrefix("new:3:1: error: ")
    }
  }

  /// Nothing is said of the other side's resources, least that they were all removed.
  @Test func aSideThatFailsHasNoDifferences() throws {
    let good = try Rendering(manifest: Array(object("v1", "Thing", "a").utf8), displayPath: "a")
    let failure = #expect(throws: Diagnostic.self) {
      try Rendering(manifest: Array("a: [".utf8), displayPath: "b")
    }
    let report = Comparison.diff(
      "root", from: .init(label: "old", content: .rendered(good)),
      to: .init(label: "new", content: .failed(try #require(failure))))
    #expect(report.hasFailed)
    #expect(report.resources.isEmpty)
  }

  @Test func aSideThatIsAbsentHasNoResources() throws {
    let good = try Rendering(manifest: Array(object("v1", "Thing", "a").utf8), displayPath: "a")
    let report = Comparison.diff(
      "root", from: .init(label: "old", content: .rendered(good)),
      to: .init(label: "new", content: .absent))
    #expect(report.resources.map(\.kind) == [.removed])
  }
}
