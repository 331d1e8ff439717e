import Testing

@testable import Lamina

/// Small files that ask for results without end. Before, these ended the process, or never did.
@Suite struct SizeTests {
  private static let object = "apiVersion: example.com/v1\nkind: X\nmetadata: {name: x}\n"

  /// What is wrong with a kustomization in `/app`, with a budget that is used up sooner than the usual one.
  private func failure(_ files: [String: String]) -> Diagnostic? {
    var options = RenderOptions()
    options.budget = TreeBudget(nodes: 1 << 16, bytes: 1 << 20)
    do {
      _ = try Renderer(fileSystem: MemoryFileSystem(files), options: options).render("/app")
      return nil
    } catch { return error }
  }

  /// Asks for the place of the step that was one too many.
  private func expectTooLarge(
    _ files: [String: String], _ message: String, in file: String, from first: Int, to last: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let failure = failure(files)
    #expect(failure?.code == "too-large", sourceLocation: sourceLocation)
    #expect(failure?.message == message, sourceLocation: sourceLocation)
    #expect(failure?.location?.file == file, sourceLocation: sourceLocation)
    let line = failure?.location?.line ?? 0
    #expect((first...last).contains(line), "line \(line)", sourceLocation: sourceLocation)
  }

  private static let tooManyValues = "the build grows beyond 65536 values here"
  private static let tooMuchText = "the build grows beyond 1048576 bytes of text here"
  private static let tooMuchOutput = "the output grows beyond 1048576 bytes here"

  @Test func jsonPatchesThatCopyAnObjectIntoItself() {
    var text = "resources: [x.yaml]\npatches:\n- target: {kind: X}\n  patch: |\n"
    for number in 0..<40 { text += "    - {op: copy, from: /spec, path: /spec/c\(number)}\n" }
    expectTooLarge(
      ["/app/kustomization.yaml": text, "/app/x.yaml": Self.object + "spec: {a: b}\n"],
      Self.tooManyValues, in: "/app/kustomization.yaml", from: 15, to: 44)
  }

  @Test func replacementsThatCopyAnObjectIntoItself() {
    var text = "resources: [x.yaml]\nreplacements:\n"
    for number in 0..<40 {
      text += """
        - source: {kind: X, fieldPath: spec}
          targets: [{select: {kind: X}, fieldPaths: [spec.c\(number)], options: {create: true}}]

        """
    }
    expectTooLarge(
      ["/app/kustomization.yaml": text, "/app/x.yaml": Self.object + "spec: {a: b}\n"],
      Self.tooManyValues, in: "/app/kustomization.yaml", from: 20, to: 82)
  }

  @Test func replacementsThatPutTextIntoItself() {
    let long = String(repeating: "x", count: 1 << 12)
    var text = "resources: [x.yaml]\nreplacements:\n"
    for _ in 0..<40 {
      text += """
        - source: {kind: X, fieldPath: spec}
          targets: [{select: {kind: X}, fieldPaths: [spec], options: {delimiter: "-", index: 1}}]

        """
    }
    expectTooLarge(
      ["/app/kustomization.yaml": text, "/app/x.yaml": Self.object + "spec: \(long)-y\n"],
      Self.tooMuchText, in: "/app/kustomization.yaml", from: 10, to: 82)
  }

  @Test func varsInLongText() {
    let long = String(repeating: "x", count: 1 << 9)
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: p, annotations: {long: \(long)}}
      spec: {containers: [{name: c, args: ["\(String(repeating: "$(A)", count: 1 << 12))"]}]}

      """
    let text = """
      resources: [x.yaml]
      vars:
      - name: A
        objref: {kind: Pod, name: p, apiVersion: v1}
        fieldref: {fieldpath: metadata.annotations.long}

      """
    expectTooLarge(
      ["/app/kustomization.yaml": text, "/app/x.yaml": pod],
      Self.tooMuchText, in: "/app/x.yaml", from: 4, to: 4)
  }

  @Test func prefixesOfManyNames() {
    let long = String(repeating: "x", count: 1 << 11)
    let maps = (0..<600).map { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m\($0)}\n" }
    expectTooLarge(
      [
        "/app/kustomization.yaml": "resources: [x.yaml]\nnamePrefix: \(long)\n",
        "/app/x.yaml": maps.joined(separator: "---\n"),
      ],
      Self.tooMuchText, in: "/app/kustomization.yaml", from: 2, to: 2)
  }

  @Test func aliasesOfLongText() {
    let long = String(repeating: "x", count: 1 << 11)
    let aliases = Array(repeating: "*a", count: 600).joined(separator: ", ")
    expectTooLarge(
      [
        "/app/kustomization.yaml": "resources: [x.yaml]\n",
        "/app/x.yaml": Self.object + "spec:\n  a: &a \(long)\n  b: [\(aliases)]\n",
      ],
      Self.tooMuchOutput, in: "/app/x.yaml", from: 5, to: 6)
  }

  @Test func layersThatListEachOtherTwice() {
    var files: [String: String] = [:]
    for level in 0..<40 {
      for side in ["l", "r"] {
        files["/app/\(side)\(level)/kustomization.yaml"] =
          level == 39
          ? "namePrefix: x-\n" : "resources: [../l\(level + 1), ../r\(level + 1)]\n"
      }
    }
    files["/app/kustomization.yaml"] = "resources: [l0]\n"
    let failure = failure(files)
    #expect(failure?.code == "too-large")
    #expect(
      failure?.message
        == "more than 100000 ways lead from the root to layers, one of them here")
    #expect(failure?.file?.hasPrefix("/app/") == true)
  }

  @Test func definitionsThatReferToEachOtherTwice() {
    var crds = ""
    for type in 0..<40 {
      crds += """
        x.T\(type):
          Schema:
            properties:
              apiVersion: {}
              kind: {}
              metadata: {}
              a: {$ref: x.T\(type + 1)}
              b: {$ref: x.T\(type + 1)}

        """
    }
    expectTooLarge(
      [
        "/app/kustomization.yaml": "resources: [x.yaml]\ncrds: [c.yaml]\n",
        "/app/x.yaml": Self.object, "/app/c.yaml": crds,
      ],
      "a type of crds has more than 200,000 fields", in: "/app/c.yaml", from: 1, to: 320)
  }

  /// libyaml's work for each value grows with the brackets around it.
  @Test func manyValuesInDeepBrackets() {
    let list =
      String(repeating: "[", count: 9000) + String(repeating: "a,", count: 1 << 15) + "a"
      + String(repeating: "]", count: 9000)
    let failure = failure([
      "/app/kustomization.yaml": "resources: [x.yaml]\n",
      "/app/x.yaml": Self.object + "spec: \(list)\n",
    ])
    #expect(failure?.message == "malformed YAML: too many values are nested deeply in brackets")
  }

  /// The tree keeps to its budget where nothing throws, and says so afterwards.
  @Test func textWithoutRoomIsLeftOut() throws {
    var tree = Tree()
    tree.budget = TreeBudget(bytes: 8)
    let kept = tree.addScalar("12345678", tag: .string, at: .none)
    try tree.checkSize(at: .none)
    let lost = tree.addScalar("9", tag: .string, at: .none)
    #expect(tree.string(kept) == "12345678")
    #expect(tree.string(lost) == "")
    #expect(throws: Problem.self) { try tree.checkSize(at: .none) }
  }
}
