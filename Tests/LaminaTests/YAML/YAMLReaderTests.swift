import Testing

@testable import Lamina

@Suite struct YAMLReaderTests {
  private func read(_ text: String) throws(Problem) -> (Workspace, [NodeID]) {
    var workspace = Workspace()
    let file = workspace.sources.add(path: "a.yaml", bytes: Array(text.utf8))
    let roots = try YAMLReader.documents(
      ofFile: file, into: &workspace.tree, sources: workspace.sources)
    return (workspace, roots)
  }

  @Test(arguments: [
    ("a: 1\n---\nb: 2\n", 2), ("", 0), ("# only\n", 0), ("---\n---\na: 1\n", 1),
    ("a: 1\n---\n# nothing\n---\nb: 1\n", 2), ("a: 1\n...\nb: 2\n", 1), ("a: 1\r\n---\r\nb: 2", 2),
    ("null\n", 0), ("\u{feff}a: 1\n", 1), ("--- # here\na: 1\n--- # there\nb: 1\n", 2),
  ])
  func countsDocuments(text: String, count: Int) throws {
    #expect(try read(text).1.count == count)
  }

  @Test func everyValueKnowsItsPlace() throws {
    let (workspace, roots) = try read(
      "x: 1\n---\nspec:\n  é: deep\n  list:\n  - {a: \"é\", b: 2}\n")
    let tree = workspace.tree
    var places: [String] = []
    func visit(_ node: NodeID) {
      if tree.shape(node) == .scalar, let place = workspace.sources.place(of: tree.position(node)) {
        places.append("\(tree.string(node))@\(place.line):\(place.column)")
      }
      for child in tree.children(of: node) { visit(child) }
    }
    for root in roots { visit(root) }
    #expect(places == ["1@1:4", "deep@4:6", "é@6:9", "2@6:17"])
  }

  @Test func aliasesThatMultiplyAreRefused() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      let names = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(names)]\n"
    }
    do {
      _ = try read(text)
      Issue.record("should have been refused")
    } catch { #expect(error.message == "document contains excessive aliasing") }
  }

  @Test func deepNestingIsRefusedAndNoCrash() throws {
    do {
      _ = try read(String(repeating: "[", count: 100_000))
      Issue.record("should have been refused")
    } catch { #expect(error.message == "more than 10000 levels of nesting") }
  }

  @Test(arguments: [
    ("a: *x\n", "unknown anchor 'x' referenced"),
    ("a: &x [*x]\n", "anchor 'x' value contains itself"),
    ("? [a]\n: b\n", "a key must be a string, not a mapping or a sequence"),
    ("a: 1\n--- b\n", "invalid document separator: --- b"),
    ("<<: {a: 1}\n<<: {b: 1}\n", "duplicate merge key"),
    ("<<: text\n", "map merge requires map or sequence of maps as the value"),
  ])
  func saysWhatIsWrong(text: String, message: String) throws {
    do {
      _ = try read(text)
      Issue.record("should have been refused: \(text)")
    } catch { #expect(error.message == message) }
  }

  @Test func mergeKeysGiveWayToOwnFieldsAndToEarlierSources() throws {
    let (workspace, roots) = try read(
      "a: &a {x: 1, w: 1}\nb: &b {w: 2, z: 2}\nc: {<<: [*a, *b], x: 0}\n")
    let printed = try workspace.tree.printed(try #require(roots.first))
    #expect(
      String(decoding: printed, as: UTF8.self)
        == """
        a:
          w: 1
          x: 1
        b:
          w: 2
          z: 2
        c:
          w: 1
          x: 0
          z: 2

        """)
  }
}
