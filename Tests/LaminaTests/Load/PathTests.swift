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
