import Lamina
import LaminaHost
import Testing

@testable import LaminaSchema

/// What is not looked at again is what nothing was found in, and nothing else.
@Suite struct FaultlessObjectsTests {
  /// The messages of two looks at builds with rules that remember, and those of rules that do not.
  private func findings(
    _ manifests: [String]
  ) throws -> (remembered: [[String]], looked: [[String]]) {
    let rules = SchemaRules(version: nil, definitions: CustomDefinitions())
    let remembering = rules.rememberingObjects
    func look(_ rules: SchemaRules) throws -> [[String]] {
      try manifests.map { manifest in
        var files = MemoryFileSystem()
        files.write(Array("resources: [objects.yaml]\n".utf8), to: "/root/kustomization.yaml")
        files.write(Array(manifest.utf8), to: "/root/objects.yaml")
        let rendering = try Renderer(fileSystem: files).render("/root")
        let lint = Lint(rules.all, LintSettings(), for: .lint)
        var run = LintRun(rules.all, LintSettings(), for: .lint) { $0 }
        run.add(lint.inspect(rendering, isOneOfMany: true), of: "/root")
        return run.findings.map(\.diagnostic.message)
      }
    }
    return (try look(remembering), try look(rules))
  }

  private func service(_ name: String, _ port: String) -> String {
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: \(name)\nspec:\n  ports:\n  - port: \(port)\n"
  }

  @Test func changesAreSeen() throws {
    let good = service("one", "80") + "---\n" + service("two", "80")
    let bad = service("one", "80") + "---\n" + service("two", "x")
    let (remembered, looked) = try findings([good, bad, bad, good, bad])
    #expect(remembered == looked)
    #expect(looked.map(\.count) == [0, 1, 1, 0, 1])
  }

  /// Whether an object of a custom kind is right depends on its definition.
  @Test func customKindsAreLookedAtEachTime() throws {
    func definition(_ type: String) -> String {
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: things.example.com
      spec:
        group: example.com
        names: {kind: Thing, plural: things}
        scope: Namespaced
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                size: {type: \(type)}
      ---
      apiVersion: example.com/v1
      kind: Thing
      metadata:
        name: thing
      size: 3

      """
    }
    let (remembered, looked) = try findings([
      definition("integer"), definition("string"), definition("integer"),
    ])
    #expect(remembered == looked)
    #expect(looked.map(\.count) == [0, 1, 0])
  }

  @Test func theOldestAreForgotten() {
    let objects = FaultlessObjects(limit: 2)
    func text(_ number: Int) -> ArraySlice<UInt8> { Array("object \(number)".utf8)[...] }
    for number in 0..<5 { objects.insert(text(number)) }
    #expect((0..<5).map { objects.contains(text($0)) } == [false, false, true, true, true])
    // What is met again stays.
    objects.insert(text(5))
    #expect(objects.contains(text(3)))
    #expect(!objects.contains(text(2)))
  }
}
