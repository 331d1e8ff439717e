import Lamina
import LaminaDiff
import Testing

/// The comparison as programs use it that embed the library.
@Suite struct ManifestDiffTests {
  private func files(image: String, key: String, replicas: Int) -> MemoryFileSystem {
    MemoryFileSystem([
      "/app/kustomization.yaml": """
      resources: [web.yaml]
      secretGenerator: [{name: key, literals: [key=\(key)]}]
      images: [{name: web, newTag: "\(image)"}]

      """,
      "/app/web.yaml": """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: \(replicas)
        template: {spec: {containers: [{name: web, image: web}, {name: log, image: log}]}}

      """,
    ])
  }

  private func rendering(_ files: MemoryFileSystem) throws -> Rendering {
    try Renderer(fileSystem: files).render("/app", displayPath: "app")
  }

  @Test func objectsAndFieldsAreValues() throws {
    let old = try rendering(files(image: "1", key: "secret-one", replicas: 1))
    let new = try rendering(files(image: "2", key: "secret-two", replicas: 3))
    let diff = try ManifestDiff(
      from: .rendering(old), to: .rendering(new), name: "overlays/prod")
    #expect(diff.outcome == .different)
    #expect(diff.roots.map(\.name) == ["overlays/prod"])
    let root = try #require(diff.roots.first)
    #expect(root.unchangedCount == 0 && !root.isReordered && root.newFailure == nil)
    #expect(root.objects.map(\.id.kind) == ["Secret", "Deployment"])
    let web = try #require(root.objects.last)
    #expect(web.kind == .changed && web.formerID == nil)
    #expect(
      web.fields.map { FieldStep.text(of: $0.path) } == [
        "spec.replicas", "spec.template.spec.containers[name=web].image",
      ])
    #expect(web.fields.map { $0.old?.description } == ["1", "web:1"])
    #expect(web.fields.map { $0.new?.description } == ["3", "web:2"])
    #expect(web.fields[0].newOrigin?.description == "app/web.yaml:5:13")
    #expect(web.consequences.map(\.kind) == [.scale, .rollout])
    #expect(diff.images.map(\.old) == ["web:1"] && diff.images.map(\.new) == ["web:2"])
    #expect(diff.images.map(\.roots) == [["overlays/prod"]])
    #expect(diff.dangers == [])
    // The hash in its name differs, and the value, which nobody is told.
    let key = try #require(root.objects.first)
    #expect(key.formerID?.name.hasPrefix("key-") == true)
    guard case .secret(let count)? = key.fields.first?.new else {
      Issue.record("the secret is not masked")
      return
    }
    #expect(count == 10)
    for format in ManifestDiff.Format.allCases {
      let text = String(decoding: diff.bytes(as: format), as: UTF8.self)
      // A page marks the words that differ.
      #expect(format == .html || text.contains("web:2"), "\(format)")
      #expect(!text.contains("c2VjcmV0") && !text.contains("secret-"), "\(format)")
    }
  }

  @Test func streamsAreCompared() throws {
    let old = Array("kind: A\nmetadata: {name: a}\nspec: {text: \"1\\n2\\n\", list: [b, a]}\n".utf8)
    let new = Array(
      "kind: A\nmetadata: {name: a}\nspec: {text: \"1\\n3\\n\", list: [b, a]}\n---\nkind: B\nmetadata: {name: b}\n"
        .utf8)
    let diff = try ManifestDiff(
      from: .manifests(old, name: "old.yaml"), to: .manifests(new, name: "new.yaml"))
    let objects = diff.roots.flatMap(\.objects)
    #expect(objects.map(\.kind) == [.changed, .added])
    let field = try #require(objects.first?.fields.first)
    // All of a text, and not only the lines that differ.
    guard case .string("1\n2\n")? = field.old, case .string("1\n3\n")? = field.new else {
      Issue.record("\(field)")
      return
    }
    #expect(field.kind == .changed)
    #expect(objects.last?.newYAML == Array("kind: B\nmetadata:\n  name: b\n".utf8))
    #expect(objects.last?.oldYAML == nil)
    #expect(
      String(decoding: diff.bytes(as: .unified), as: UTF8.self).hasPrefix(
        "--- a/manifests.yaml\n+++ b/manifests.yaml\n"))
    let same = try ManifestDiff(
      from: .manifests(old, name: "a"), to: .manifests(old, name: "b"))
    #expect(same.outcome == .same && same.roots.isEmpty)
  }

  @Test func failuresAreTold() throws {
    let good = try rendering(files(image: "1", key: "a", replicas: 1))
    var failure: Diagnostic?
    do { _ = try rendering(MemoryFileSystem()) } catch let error as Diagnostic { failure = error }
    let diff = try ManifestDiff([
      .init("a", from: .rendering(good), to: .failure(try #require(failure))),
      .init("b", from: .rendering(good), to: .absent),
      .init("c", from: .rendering(good), to: .rendering(good)),
    ])
    #expect(diff.outcome == .failed)
    #expect(diff.roots.map(\.name) == ["a", "b"])
    #expect(diff.roots.first?.newFailure?.id == "root-not-readable")
    #expect(diff.roots.last?.objects.map(\.kind) == [.removed, .removed])
    do {
      _ = try ManifestDiff(from: .manifests(Array("a: [".utf8), name: "a.yaml"), to: .absent)
      Issue.record("what is no stream was compared")
    } catch { #expect(error.location?.file == "a.yaml") }
  }

  @Test func rulesHideChanges() throws {
    let old = try rendering(files(image: "1", key: "a", replicas: 1))
    let new = try rendering(files(image: "1", key: "a", replicas: 3))
    var options = ManifestDiff.Options()
    options.ignored = [try IgnoreRule("Deployment:spec.replicas")]
    options.title = "Nothing"
    let diff = try ManifestDiff(from: .rendering(old), to: .rendering(new), options: options)
    #expect(diff.outcome == .same)
    #expect(diff.roots.map(\.ignoredCount) == [1])
    #expect(String(decoding: diff.bytes(as: .text), as: UTF8.self).hasPrefix("Nothing\n"))
    do {
      _ = try IgnoreRule("spec.[")
      Issue.record("a rule without an end was read")
    } catch { #expect(error.description.hasPrefix("column ")) }
  }
}
