import Lamina
import Testing

@testable import Lamina

/// From some length on, lists and mappings are gone through with tables and indices. What is added to make an input
/// long changes nothing of what the rest becomes.
@Suite struct LongInputTests {
  private static let keys = (0..<12).map { "k\($0)" }

  private static func fields(_ random: inout SeededGenerator) -> [String] {
    keys.shuffled(using: &random).prefix(Int.random(in: 1...10, using: &random))
      .map { "\($0): v\(Int.random(in: 0...2, using: &random))" }
  }

  /// Fields that no other mapping has, sorted behind those that it may have.
  private static let others = (10..<50).map { "z\($0): x" }

  private static func mapping(_ fields: [String]) -> String {
    "{" + fields.joined(separator: ", ") + "}"
  }

  // MARK: - Mappings

  /// `Settling` inserts the fields of short mappings in their places, and sorts long ones.
  @Test func fieldsOfLongMappingsAreInTheSameOrder() throws {
    var random = SeededGenerator(seed: 1)
    let signs = ["a", "b", "B", "1", "2", "10", "-", "_", "."]
    for _ in 0..<300 {
      var keys = (0..<60).map { _ in
        "k" + (0..<3).map { _ in signs.randomElement(using: &random) ?? "" }.joined()
      }
      keys = Array(Set(keys)).sorted().shuffled(using: &random)
      let short = Array(keys.prefix(20))
      let order = try Self.printedKeys(keys)
      #expect(order.count > 32)
      #expect(try Self.printedKeys(short) == order.filter { short.contains($0) })
    }
  }

  private static func printedKeys(_ keys: [String]) throws -> [String] {
    var fixture = PatchFixture()
    let root = try fixture.object(keys.map { "\($0): x\n" }.joined())
    return try fixture.printed(root).split(separator: "\n").map { String($0.dropLast(3)) }
  }

  /// `JSONTrip` looks keys up in short mappings, and notes those of long ones in a table.
  @Test func repeatedKeysAreFoundInLongMappings() {
    var random = SeededGenerator(seed: 2)
    var repeated = 0
    for _ in 0..<500 {
      var lines = Self.fields(&random)
      if Bool.random(using: &random), let again = lines.randomElement(using: &random) {
        lines.append(again)
      }
      let short = PatchFixture.outcome(of: "[]", on: lines.joined(separator: "\n"))
      let long = PatchFixture.outcome(
        of: "[]", on: (lines + Self.others).joined(separator: "\n"))
      if short.contains("already defined") {
        repeated += 1
        #expect(long == short)
      } else {
        #expect(long == short + Self.others.map { "\($0)\n" }.joined())
      }
    }
    #expect(repeated > 100)
  }

  /// `JSONEquality` does the same for the operation `test`.
  @Test func longMappingsAreEqualIfTheirFieldsAre() throws {
    var random = SeededGenerator(seed: 3)
    var equal = 0
    for _ in 0..<500 {
      let one = Self.fields(&random)
      let other = Bool.random(using: &random) ? one.shuffled(using: &random) : Self.fields(&random)
      let isEqual = try Self.passesTest(one, other)
      let isEqualWhenLong = try Self.passesTest(
        one + Self.others, (other + Self.others).shuffled(using: &random))
      #expect(isEqualWhenLong == isEqual)
      #expect(isEqual == (Set(one) == Set(other)))
      if isEqual { equal += 1 }
    }
    #expect((200..<400).contains(equal))
  }

  private static func passesTest(_ object: [String], _ value: [String]) throws -> Bool {
    var fixture = PatchFixture()
    let root = try fixture.object("v: \(mapping(object))")
    let patch = "- {op: test, path: /v, value: \(mapping(value))}"
    return (try? fixture.apply(patch, to: root)) != nil
  }

  /// `MergedFields` compares the keys of short patches with each other, and has an index of those of long ones.
  @Test func longPatchesMergeTheSameFields() throws {
    var random = SeededGenerator(seed: 4)
    func text(_ fields: [String]) -> String {
      "apiVersion: v1\nkind: Own\nmetadata: {name: a}\nspec:\n"
        + fields.map { "  \($0)\n" }.joined()
    }
    for _ in 0..<300 {
      let object = Self.fields(&random)
      var patch = Self.fields(&random)
      if Bool.random(using: &random), let left = patch.popLast() {
        patch.append(left.prefix(while: { $0 != ":" }) + ": null")
      }
      let short = try MergeFixture.merged(text(object), with: text(patch))
      let long = try MergeFixture.merged(
        text(object), with: text((patch + Self.others).shuffled(using: &random)))
      #expect(long == short + Self.others.map { "  \($0)\n" }.joined())
    }
  }

  // MARK: - Builds

  private static func rendered(_ files: [String: String]) throws -> String {
    var texts: [String: String] = [:]
    for (path, text) in files { texts["/r/" + path] = text }
    do throws(Diagnostic) {
      return String(
        decoding: try Renderer(fileSystem: MemoryFileSystem(texts))
          .render("/r/root", displayPath: "root").bytes, as: UTF8.self)
    } catch { return error.description }
  }

  /// From 16 types on, `NameReferences` has an index of its table.
  @Test func referencesOfManyTypesAreTheSame() throws {
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: a}
      spec:
        serviceAccountName: s
        volumes: [{name: v, configMap: {name: c}}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: c}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: s}

      """
    let others = (10..<40).map { "---\napiVersion: z/v1\nkind: Own\($0)\nmetadata: {name: o}\n" }
    func output(_ manifests: String) throws -> String {
      try Self.rendered([
        "root/kustomization.yaml":
          "namePrefix: p-\nresources: [m.yaml]\nsortOptions: {order: fifo}\n",
        "root/m.yaml": manifests,
      ])
    }
    let short = try output(pod)
    #expect(short.contains("serviceAccountName: p-s") && short.contains("name: p-c\n    name: v"))
    #expect(try output(others.joined().dropFirst(4) + "---\n" + pod).hasSuffix(short))
    #expect(try output(pod + others.joined()).hasPrefix(short))
  }

  /// From 16 objects on that have had one name, `ReferenceTargets` looks them up by namespace.
  @Test(arguments: [2, 15, 16, 17, 40])
  func referencesAreFollowedAmongManyOfAName(count: Int) throws {
    var manifests = ""
    for number in 0..<count {
      manifests += """
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c, namespace: n\(number)}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: n\(number)}
        spec: {volumes: [{name: v, configMap: {name: c}}]}

        """
    }
    let patches = (0..<count).map { number in
      let target = "{kind: ConfigMap, namespace: n\(number)}"
      let value = "- {op: replace, path: /metadata/name, value: c\(number)}"
      return "- {target: \(target), patch: '\(value)', options: {allowNameChange: true}}\n"
    }
    let output = try Self.rendered([
      "root/kustomization.yaml": "resources: [m.yaml]\npatches:\n\(patches.joined())",
      "root/m.yaml": manifests,
    ])
    for number in 0..<count {
      let pod =
        "  namespace: n\(number)\nspec:\n  volumes:\n  - configMap:\n      name: c\(number)\n"
      #expect(output.contains(pod))
    }
  }

  /// From 64 layers on, `LayerChain` has a table of their directories.
  @Test(arguments: [2, 62, 63, 64, 65, 66, 130])
  func cyclesAreFoundInLongChains(count: Int) throws {
    for target in [0, count / 2, count - 1] {
      var files: [String: String] = [:]
      for number in 0..<count {
        let directory = number == 0 ? "root" : "l\(number)"
        let next = number + 1 < count ? number + 1 : target
        let entry = next == 0 ? "../root" : "../l\(next)"
        files["\(directory)/kustomization.yaml"] = "resources: [\(entry)]\n"
      }
      let visited = target == 0 ? "root" : "l\(target)"
      let output = try Self.rendered(files)
      #expect(output.contains("cycle detected: \"../\(visited)\" leads to"), "\(output)")
    }
  }
}
