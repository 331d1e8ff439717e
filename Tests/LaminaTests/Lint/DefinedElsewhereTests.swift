import Lamina
import LaminaSchema
import Testing

/// Roots are judged by the definitions of others whether or not their renderings were kept.
@Suite struct DefinedElsewhereTests {
  private static let files: MemoryFileSystem = {
    var files = MemoryFileSystem()
    files.write(Array("resources: [widget.yaml]\n".utf8), to: "/app/kustomization.yaml")
    files.write(
      Array(
        "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: big}\n".utf8),
      to: "/app/widget.yaml")
    files.write(Array("resources: [definition.yaml]\n".utf8), to: "/crds/kustomization.yaml")
    files.write(Array(CustomCheckTests.definition.utf8), to: "/crds/definition.yaml")
    return files
  }()

  /// - Parameters:
  ///   - mostBytes: how much is kept; nil for as much as in a run.
  ///   - later: what the roots are rendered from once more.
  /// - Returns: the messages about the roots, and how many bytes of text they render to.
  private func look(
    keeping mostBytes: Int?, later: MemoryFileSystem
  ) throws -> (messages: [String], sizes: [Int]) {
    let schemas = SchemaRules(version: nil, definitions: CustomDefinitions())
    let roots = ["/app", "/crds"].map { LintRoot(path: $0, name: $0) }
    let again = Renderer(fileSystem: later)
    var elsewhere =
      mostBytes.map { DefinedElsewhere(roots, again, keeping: $0) }
      ?? DefinedElsewhere(roots, again)
    var sizes: [Int] = []
    for root in roots {
      let rendering = try Renderer(fileSystem: Self.files).render(root.path)
      sizes.append(rendering.bytes.count)
      elsewhere.add(schemas.customKinds(of: rendering), of: rendering)
    }
    var run = LintRun(schemas.all, LintSettings(), for: .lint) { $0 }
    let look = elsewhere.look(schemas, LintSettings())
    for index in 0..<(look?.count ?? 0) {
      if let (outcome, root) = look?.outcome(at: index) { run.add(outcome, of: root) }
    }
    return (run.findings.map(\.diagnostic.message), sizes)
  }

  private static let found = ["size must be an integer, not the string \"big\""]

  @Test func keptOnesAreNotRenderedAgain() throws {
    #expect(try look(keeping: nil, later: MemoryFileSystem()).messages == Self.found)
  }

  @Test func thoseThatAreNotKeptAreRenderedAgain() throws {
    let (messages, sizes) = try look(keeping: 0, later: Self.files)
    #expect(messages == Self.found)
    // Room for one of the two, and for all but a byte of both.
    for size in [sizes[0], sizes[1], sizes[0] + sizes[1] - 1] {
      #expect(try look(keeping: size, later: Self.files).messages == Self.found)
      #expect(try look(keeping: size, later: MemoryFileSystem()).messages == [])
    }
  }

  // MARK: - Several definitions

  /// Two roots that define one kind: whatever comes first, an object of a third one must fit one of them, and is told
  /// how it differs from the nearest.
  @Test(arguments: [["size: big", ""], ["size: 3", ""], ["size: true", "x"]])
  func theOrderOfRootsMeansNothing(spec: [String]) throws {
    var files = Self.files
    let other = CustomCheckTests.definition.replacing("type: integer", with: "type: string")
    #expect(other != CustomCheckTests.definition)
    files.write(Array("resources: [definition.yaml]\n".utf8), to: "/more/kustomization.yaml")
    files.write(Array(other.utf8), to: "/more/definition.yaml")
    files.write(
      Array(
        "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {\(spec[0])} # lamina: ignore[target-glob]\n"
          .utf8), to: "/app/widget.yaml")
    var all: Set<[String]> = []
    for roots in [
      ["/crds", "/more", "/app"], ["/more", "/crds", "/app"], ["/app", "/more", "/crds"],
    ] {
      let schemas = SchemaRules(version: nil, definitions: CustomDefinitions())
      let lint = Lint(Rule.all + schemas.all, LintSettings(), for: .lint)
      var elsewhere = DefinedElsewhere(
        roots.map { LintRoot(path: $0, name: $0) }, Renderer(fileSystem: files))
      var run = LintRun(Rule.all + schemas.all, LintSettings(), for: .lint) { $0 }
      for root in roots {
        let (outcome, rendering) = lint.inspect(
          root, displayPath: root, with: Renderer(fileSystem: files))
        run.add(outcome, of: root)
        elsewhere.add(schemas.customKinds(of: try rendering.get()), of: try rendering.get())
      }
      let look = elsewhere.look(schemas, LintSettings())
      #expect(look?.count == 1)
      for index in 0..<(look?.count ?? 0) {
        if let (outcome, root) = look?.outcome(at: index) { run.add(outcome, of: root) }
      }
      // A comment that silences nothing is told of each root once.
      for finding in run.findings {
        #expect(Set(finding.diagnostic.roots).count == finding.diagnostic.roots.count)
      }
      all.insert(
        run.findings.filter { $0.rule != .unusedIgnore && $0.object == "Widget/w" }
          .map(\.diagnostic.message))
    }
    #expect(all.count == 1, "\(all)")
    #expect(all.first?.isEmpty == spec[1].isEmpty, "\(all)")
  }
}
