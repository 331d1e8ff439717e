import Testing

@testable import Lamina

@Suite struct PathTests {
  @Test(arguments: [
    ("", "."), (".", "."), ("/", "/"), ("a/b/../c", "a/c"), ("a//b/./c/", "a/b/c"),
    ("../x", "../x"), ("a/../..", ".."), ("/..", "/"), ("/a/../../b", "/b"), ("./a", "a"),
    ("../../a/../b", "../../b"), ("a/./../b/..", "."), ("/./..//a", "/a"), ("a/..b/.", "a/..b"),
    (".hidden/...", ".hidden/..."), ("é/../ü//", "ü"), ("../a/../..", "../.."), ("/a/b/../..", "/"),
  ])
  func clean(path: String, expected: String) {
    #expect(Path.clean(path) == expected)
  }

  /// A path that looks clean is one: put together anew of its parts, it is the same.
  @Test func cleanPathsHaveNothingToClean() {
    var random = SeededGenerator(seed: 1)
    let parts = ["a", "b.c", "d-", ".", "..", "", ".e", "f..", "..."]
    var count = 0
    for _ in 0..<3000 {
      let path = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined(separator: "/")
      guard Path.isClean(path) else { continue }
      count += 1
      var kept: [Substring] = []
      for part in path.split(separator: "/") where part != "." {
        if part == ".." { _ = kept.popLast() } else { kept.append(part) }
      }
      #expect((path.hasPrefix("/") ? "/" : "") + kept.joined(separator: "/") == path)
    }
    #expect(count > 300)
  }

  @Test func insideMeansWholeParts() {
    #expect(Path.isInside("/a/b", directory: "/a"))
    #expect(Path.isInside("/a", directory: "/a"))
    #expect(!Path.isInside("/ab", directory: "/a"))
    #expect(Path.isInside("/ab", directory: "/"))
    #expect(Path.isInside("/", directory: "/"))
    #expect(!Path.isInside("/", directory: "/a"))
    #expect(!Path.isInside("/b/a", directory: "/a"))
  }

  @Test(arguments: [
    ("a", true), (".", true), ("a/../b", true), ("..a", true), ("a/..", true), ("", false),
    ("..", false), ("../a", false), ("a/../../b", false), ("/", false), ("/a", false),
  ])
  func localPathsStayBelow(path: String, isLocal: Bool) {
    #expect(Path.isLocal(path) == isLocal)
  }
}
