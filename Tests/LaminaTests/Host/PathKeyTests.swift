import Testing

@testable import Lamina

@Suite struct PathKeyTests {
  @Test func pathsAreToldApartByTheirBytes() {
    // Lengths about eight, zeros at the end, and letters that Swift's strings take for the same.
    let paths = [
      "", "/", "/a", "/abcdef", "/abcdefg", "/abcdefgh", "/abcdefg/", "/abcdefg\0", "/abcdef\0",
      "/abcdef\0\0", "/caf\u{E9}", "/cafe\u{301}", "/abcdefgh/abcdefgh", "/abcdefgh/abcdefgi",
    ]
    var set = NumberSet<PathKey>()
    for path in paths {
      let (isNew, isNewAgain) = (set.insert(PathKey(path)), set.insert(PathKey(path)))
      #expect(isNew && !isNewAgain, "\(path)")
    }
    for path in paths { #expect(set.contains(PathKey(path)), "\(path)") }
    #expect(!set.contains(PathKey("/abc")))
  }

  @Test func hashesOfDifferentPathsDiffer() {
    func hash(_ path: String) -> UInt64 {
      var hash = NumberHash(seed: 7)
      PathKey(path).mix(into: &hash)
      return hash.value
    }
    let paths = (0..<2000).map { "/work/roots/overlay-\($0)" } + ["/a", "/a\0", "/a\0\0", ""]
    #expect(Set(paths.map(hash)).count == paths.count)
  }
}
