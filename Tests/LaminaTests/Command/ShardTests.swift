import Foundation
import Testing

@testable import render

/// `--shard`: parts of the roots that are even, and stay as they are when roots come and go.
@Suite struct ShardTests {
  @Test(arguments: ["0/2", "3/2", "1/0", "-1/2", "1/2/3", "1", "/2", "a/b", "+1/2", "1/10001", ""])
  func whatIsNoPart(text: String) { #expect(Shard(text) == nil) }

  @Test func reading() {
    let shard = Shard("2/4")
    #expect(shard?.number == 2)
    #expect(shard?.count == 4)
  }

  /// Weights that differ as those of real roots do: most are small, some a hundred times as heavy.
  private static func roots(_ count: Int) -> [(name: String, weight: Int)] {
    (0..<count).map { number in
      (
        name: "overlays/team-\(number % 7)/r\(number)",
        weight: 1000 + (number * number * 37) % 9000
          + (number % 23 == 0 ? 60_000 : 0)
      )
    }
  }

  @Test(arguments: [1, 2, 3, 4, 8, 16], [1, 20, 300, 1000])
  func everyRootIsInOnePartAndPartsAreEven(count: Int, rootCount: Int) {
    let roots = Self.roots(rootCount)
    var seen: [Int] = []
    var heaviest = 0
    for number in 1...count {
      let places = Shard("\(number)/\(count)")?.places(of: roots) ?? []
      #expect(places == places.sorted())
      seen += places
      heaviest = max(heaviest, places.reduce(0) { $0 + roots[$1].weight })
    }
    #expect(seen.sorted() == Array(0..<rootCount))
    let mean = Double(roots.reduce(0) { $0 + $1.weight }) / Double(count)
    if rootCount >= 300 { #expect(Double(heaviest) < mean * 1.12, "\(Double(heaviest) / mean)") }
  }

  /// The order in which roots are found makes no difference.
  @Test func theOrderDoesNotCount() {
    let roots = Self.roots(100)
    let parts = Shard.parts(of: roots, count: 5)
    #expect(Array(Shard.parts(of: roots.reversed(), count: 5).reversed()) == parts)
  }

  /// Nine changes of ten move a few roots; one in which a part becomes full moves some more.
  @Test func fewRootsMove() {
    let roots = Self.roots(300)
    let before = Shard.parts(of: roots, count: 4)
    var moved: [Int] = []
    for gone in stride(from: 0, to: 300, by: 10) {
      var fewer = roots
      fewer.remove(at: gone)
      var expected = before
      expected.remove(at: gone)
      let after = Shard.parts(of: fewer, count: 4)
      moved.append(zip(expected, after).filter { $0 != $1 }.count)
    }
    for new in 0..<30 {
      let after = Shard.parts(
        of: roots + [(name: "overlays/new-\(new)", weight: 4000)], count: 4)
      moved.append(zip(before, after).filter { $0 != $1 }.count)
    }
    #expect(moved.reduce(0, +) < 10 * moved.count, "\(moved)")
    #expect(moved.sorted()[moved.count * 9 / 10] <= 30, "\(moved)")
  }

  /// The parts are worked out by several versions at once, where machines are not alike.
  @Test func thePartsAreTheSameInEveryVersion() {
    #expect(Shard.parts(of: Self.roots(12), count: 3) == [0, 2, 2, 1, 2, 1, 2, 1, 1, 2, 2, 1])
  }

  // MARK: - The command

  private static func scratch() throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    try scratch.write("base/kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write(
      "base/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    for number in 0..<12 {
      try scratch.write(
        "over/r\(number)/kustomization.yaml", "namePrefix: r\(number)-\nresources: [../../base]\n")
    }
    return scratch
  }

  @Test func partsTogetherAreTheWhole() throws {
    let scratch = try Self.scratch()
    defer { scratch.remove() }
    var files: Set<String> = []
    for number in 1...3 {
      let outcome = try scratch.render(
        "--all", "over", "--shard", "\(number)/3", "-o", "out", "--manifest", "list\(number).json",
        "--prune")
      #expect(outcome.errors == "")
      #expect(outcome.status == 0)
      files.formUnion(try scratch.names(in: "out"))
      // What other parts have written stays.
      #expect(try Set(scratch.names(in: "out")) == files)
    }
    #expect(files == Set((0..<12).map { "r\($0).yaml" }))
    // More parts than roots: some are empty, and that is no error.
    var streams = 0
    for number in 1...20 {
      let outcome = try scratch.render("--all", "over", "--shard=\(number)/20")
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
      streams += outcome.output.components(separatedBy: "# over/").count - 1
    }
    #expect(streams == 12)
  }

  @Test func aManifestWeighsTheRoots() throws {
    let scratch = try Self.scratch()
    defer { scratch.remove() }
    #expect(
      try scratch.render("--all", "over", "-o", "out", "--manifest", "list.json").status == 0)
    let list = try #require(scratch.read("list.json"))
    // One root is as heavy as all others together.
    var lines = list.components(separatedBy: "\n")
    let first = try #require(lines.firstIndex { $0.contains("\"root\": \"over/r7\"") })
    lines[first + 1] = "      \"weight\": 1000000,"
    try scratch.write("list.json", lines.joined(separator: "\n"))
    var counts: [Int] = []
    for number in 1...2 {
      let outcome = try scratch.render(
        "--all", "over", "--shard", "\(number)/2", "--weights", "list.json")
      #expect(outcome.status == 0)
      counts.append(outcome.output.components(separatedBy: "# over/").count - 1)
    }
    #expect(counts.sorted() == [1, 11])
    let missing = try scratch.render("--all", "over", "--shard", "1/2", "--weights", "none.json")
    #expect(missing.status == 1)
    #expect(
      missing.errors
        == "none.json: error: cannot use this manifest: there is no such file\n")
  }

  @Test func affectedRootsAreShared() throws {
    let scratch = try Self.scratch()
    defer { scratch.remove() }
    let git = """
      git init -q . && git add . && \
      git -c user.name=n -c user.email=e@x commit -qm one && git branch start
      """
    #expect(try scratch.shell(git).status == 0)
    try scratch.write(
      "base/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: y}\n")
    var names: [String] = []
    for number in 1...3 {
      let outcome = try scratch.render("affected", "--base", "start", "--shard", "\(number)/3")
      #expect(outcome.errors == "")
      names += outcome.output.split(separator: "\n").map { String($0) }
    }
    #expect(names.sorted() == (0..<12).map { "over/r\($0)" }.sorted())
    let json = try scratch.render(
      "affected", "--base", "start", "--shard", "1/1", "--format", "json")
    #expect(json.output.hasPrefix("[\"over/r0\",\"over/r1\",\"over/r10\""))
    #expect(try scratch.render("affected", "--base", "start", "--shard", "4/3").status == 64)
  }
}
