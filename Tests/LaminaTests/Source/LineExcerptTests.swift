import Testing

@testable import Lamina

/// Messages keep of a long line what they show of it.
@Suite struct LineExcerptTests {
  private func line(_ count: Int, _ alphabet: [Character]) -> String {
    String((0..<count).map { alphabet[($0 * 7 + $0 / 13) % alphabet.count] })
  }

  /// What is shown is the same as if the whole line were kept.
  @Test(arguments: [["a", "b", "c", ":"], ["ü", "a", "…", "😀"]] as [[Character]])
  func partsAreShownLikeTheWhole(alphabet: [Character]) {
    for count in [100, 4096, 5000, 20_000] {
      let whole = line(count, alphabet)
      let bytes = Array(whole.utf8)
      for column in [1, 2, 70, 500, 1199, 1200, 1201, 1300, 2500, 4000, 19_990, 20_001]
      where column <= count + 1 {
        let part = LineExcerpt(
          of: bytes[...], around: column - 1, isASCII: alphabet.contains("b"))
        #expect(part.text.utf8.count <= max(LineExcerpt.longestWhole, 8 * LineExcerpt.reach))
        let place = Diagnostic.Location(file: "f", line: 1, column: column)
        for columns in [1, 40, 80, 200, 1000, 5000] {
          let shown = Excerpt(of: part.text, from: part.start, at: place, columns: columns)
          let expected = Excerpt(of: whole, at: place, columns: columns)
          #expect(
            shown.lines(hint: nil) == expected.lines(hint: nil), "\(count) \(column) \(columns)")
        }
      }
    }
  }

  private static let plain = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: a}
    data: {ENTRIES}

    """

  /// What findings keep grows with their number, and not with the line that all of them are about.
  @Test(arguments: [true, false])
  func findingsGrowWithTheirNumber(isSecret: Bool) throws {
    func kept(_ count: Int) throws -> (findings: Int, bytes: Int) {
      let entries = (0..<count).map { "'k \($0)'" }
      let files = MemoryFileSystem([
        "/kustomization.yaml": isSecret
          ? "secretGenerator: [{name: a, literals: [\(entries.map { "\($0.dropLast())=x'" }.joined(separator: ", "))]}]\n"
          : "resources: [a.yaml]\n",
        "/a.yaml": Self.plain.replacing(
          "ENTRIES", with: entries.map { "\($0): x" }.joined(separator: ", ")),
      ])
      var options = RenderOptions()
      options.hidesSecrets = true
      let findings = Linter().report(
        on: ["/"], with: Renderer(fileSystem: files, options: options)
      ).findings.filter { $0.diagnostic.id == "key-invalid" }
      return (findings.count, findings.reduce(0) { $0 + ($1.diagnostic.excerpt?.utf8.count ?? 0) })
    }
    for count in [1000, 2000] {
      let (findings, bytes) = try kept(count)
      #expect(findings == count)
      #expect(bytes <= count * 2 * LineExcerpt.reach, "\(bytes)")
    }
  }

  /// Of a line that hides something, what there is to hide is worked out once.
  @Test func linesOfSecretsAreLookedAtOnce() {
    let entries = (0..<1000).map { "password\($0)=x" }.joined(separator: ", ")
    let lines = ["secretGenerator:", "- name: a", "  literals: [\(entries)]"].map { $0[...] }
    let secrets = SecretLines(of: lines, as: nil)
    for number in 0..<100 {
      #expect(
        secrets.hiding("illegally repeats the key \"a\(number)\"", at: 2).contains("a\(number)"))
      #expect(secrets.masked(2) == "  literals: [password0=(secret)")
    }
    #expect(secrets.linesLookedAt == 1)
  }
}
