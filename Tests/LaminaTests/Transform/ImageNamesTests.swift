import Testing

@testable import Lamina
import Pattern

/// No entry of `images` is passed over whose name an image has.
@Suite struct ImageNamesTests {
  @Test func findsEveryEntryThatMatches() throws {
    var random = SystemRandomNumberGenerator()
    let parts = ["a", "b", "ab", "a.b", "a-b", "b_", "[ab]", "a+", "é", "a:1"]
    func name() -> String {
      let count = Int.random(in: 1...3, using: &random)
      return (0..<count).map { _ in parts.randomElement(using: &random) ?? "a" }
        .joined(separator: "/")
    }
    let ends = [
      "", "é", "x", ":é", ":1", ":1.2-a", "@sha256:0f", ":1@sha256:0f", ":a:b", "/", "@", ":",
    ]
    var matches = 0
    for _ in 0..<300 {
      let names = (0..<Int.random(in: 1...20, using: &random)).map { _ in name() }
      let table = ImageNames(names)
      let start = names.randomElement(using: &random) ?? "a"
      let image = Array((start + (ends.randomElement(using: &random) ?? "")).utf8)
      var visited: Set<Int> = []
      var number = 0
      while let entry = table.first(from: number, for: image.span) {
        #expect(entry >= number)
        visited.insert(entry)
        number = entry + 1
      }
      for (entry, name) in names.enumerated() {
        let pattern = try ImageReference.pattern(forName: name, .stable)
        let isMatch = pattern.matches(image.span)
        #expect(PlainImageName(name)?.isName(of: image.span) ?? isMatch == isMatch)
        guard isMatch else { continue }
        matches += 1
        #expect(visited.contains(entry), "\(name) in \(String(decoding: image, as: UTF8.self))")
      }
    }
    #expect(matches > 50)
  }

  @Test(arguments: [
    ("a/b:1", "a/b:2"), ("a/b", "a/b:2"), ("a/b@sha256:0f", "a/b:2"),
    ("a/b:1@sha256:0f", "a/b:2"), ("h:5000/a/b", "h:5000/a/b:2"), ("h:5000/a:1", "h:5000/a:2"),
    ("a@b:1", "a:2"), ("", ":2"),
  ])
  func aNewTagTakesThePlaceOfTagAndDigest(image: String, expected: String) {
    #expect(changed(image, by: ImageChange(newTag: "2")) == expected)
  }

  @Test(arguments: [
    ("a/b:1@sha256:0f", ImageChange(newName: "c"), "c:1@sha256:0f"),
    ("a/b:1@sha256:0f", ImageChange(digest: "sha256:1e"), "a/b@sha256:1e"),
    ("a/b:1", ImageChange(newTag: "2", digest: "sha256:1e"), "a/b:2@sha256:1e"),
    ("a/b:1@sha256:0f", ImageChange(tagSuffix: "-x"), "a/b:1-x"),
    ("a/b", ImageChange(tagSuffix: "-x"), "a/b:-x"),
    ("h:5000/a", ImageChange(newName: "h:1/c"), "h:1/c"),
    ("a:@", ImageChange(newName: "c"), "c"),
  ])
  func otherPartsStay(image: String, change: ImageChange, expected: String) {
    #expect(changed(image, by: change) == expected)
  }

  private func changed(_ image: String, by change: ImageChange) -> String {
    let bytes = Array(image.utf8)
    let text = ImageReference(bytes.span).text(of: bytes.span, changedBy: change)
    return String(decoding: text, as: UTF8.self)
  }
}
