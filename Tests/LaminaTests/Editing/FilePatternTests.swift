import LaminaEditing
import Testing

/// Patterns mean what they mean to Go's `filepath.Match`.
@Suite struct FilePatternTests {
  @Test(arguments: [
    ("*.yaml", "a.yaml"), ("?.yaml", "a.yaml"), ("dir/*", "dir/a.yaml"), (#"a\*b"#, "a*b"),
    ("[a-c].yaml", "b.yaml"), ("[^a-c].yaml", "d.yaml"), (#"[\]x]"#, "]"),
    // A set may match a slash.
    ("dir[/]a", "dir/a"), ("dir[^x]a", "dir/a"),
    // A range that is the wrong way round is empty.
    ("[^b-a].yaml", "b.yaml"), ("[b-ax].yaml", "x.yaml"),
  ])
  func matches(pattern: String, name: String) {
    #expect(FilePattern(pattern)?.matches(name) == true)
  }

  @Test(arguments: [
    ("*", "dir/a.yaml"), ("dir?a", "dir/a"), ("**", "dir/a"), ("[^a-c].yaml", "b.yaml"),
    ("[b-a].yaml", "a.yaml"), ("[b-a].yaml", "b.yaml"), ("a", "ab"), ("", "a"),
  ])
  func doesNotMatch(pattern: String, name: String) {
    #expect(FilePattern(pattern)?.matches(name) == false)
  }

  @Test(arguments: ["[", "[a", "[]", "[]a]", "[-a]", "[a-]", "[a-b-c]", #"a\"#])
  func isMalformed(pattern: String) {
    #expect(FilePattern(pattern) == nil)
  }
}
