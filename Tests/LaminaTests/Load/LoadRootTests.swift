import Lamina
import Testing

/// A load root judges paths as they are written, and lets links lead anywhere.
@Suite struct LoadRootTests {
  private static let object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"

  /// A sandbox as Bazel makes it: directories of links to files outside, and a directory that is a link.
  private static func sandbox(_ overlay: String) -> MemoryFileSystem {
    var files = MemoryFileSystem([
      "/cache/1": "resources: [cm.yaml]\n", "/cache/2": object, "/cache/3": overlay,
      "/cache/part/kustomization.yaml":
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -z\n",
      "/secret/cm.yaml": object, "/secret/kustomization.yaml": "resources: [cm.yaml]\n",
      "/box2/cm.yaml": object,
    ])
    files.link("/box/base/kustomization.yaml", to: "/cache/1")
    files.link("/box/base/cm.yaml", to: "/cache/2")
    files.link("/box/overlay/kustomization.yaml", to: "/cache/3")
    files.link("/box/part", to: "../cache/part")
    files.link("/name", to: "/box")
    return files
  }

  private static func render(
    _ overlay: String, _ root: String = "/box/overlay", loadRoot: String? = "/box",
    restriction: LoadRestriction = .rootOnly
  ) throws -> String {
    var options = RenderOptions(loadRestriction: restriction)
    options.loadRoot = loadRoot
    let renderer = Renderer(fileSystem: sandbox(overlay), options: options)
    do { return String(decoding: try renderer.render(root).bytes, as: UTF8.self) } catch {
      return "\(error.id): \(error.message)"
    }
  }

  private static func stream(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\n"
  }

  @Test func linksOutOfTheSandboxAreFollowed() throws {
    let overlay = "resources: [../base]\ncomponents: [../part]\nnamePrefix: a-\n"
    #expect(try Self.render(overlay) == Self.stream("a-x-z"))
    // Both names of the load root stand for it, and both names of the root.
    #expect(try Self.render(overlay, "/name/overlay") == Self.stream("a-x-z"))
    #expect(try Self.render(overlay, loadRoot: "/name") == Self.stream("a-x-z"))
    #expect(try Self.render(overlay, "/name/overlay", loadRoot: "/name") == Self.stream("a-x-z"))
    #expect(try Self.render(overlay, loadRoot: "/box/./overlay/..") == Self.stream("a-x-z"))
    #expect(try Self.render(overlay, loadRoot: nil).hasPrefix("file-outside-root: "))
  }

  @Test func filesBesideTheKustomizationAreRead() throws {
    #expect(try Self.render("resources: [../base/cm.yaml]\n") == Self.stream("x"))
    #expect(try Self.render("resources: [/box/base/cm.yaml]\n") == Self.stream("x"))
  }

  @Test(arguments: [
    "../../secret/cm.yaml", "../../secret", "/secret/cm.yaml", "../base/../../secret/cm.yaml",
    "../part/../../secret", "../../box2/cm.yaml", "..//../secret",
  ])
  func pathsThatLeadOutAreRefused(path: String) throws {
    let message = try Self.render("resources: [\(path)]\n")
    #expect(
      message == """
        outside-load-root: resource "\(path)" is not in or below the load root /box, and so may not be read
        """)
    // It restricts also where all files may be read.
    #expect(try Self.render("resources: [\(path)]\n", restriction: .none) == message)
  }

  @Test func otherFieldsAreRestrictedAlike() throws {
    for field in [
      "patches: [{path: ../../secret/cm.yaml}]", "components: [../../secret]",
      "configMapGenerator: [{name: a, files: [../../secret/cm.yaml]}]",
      "openapi: {path: ../../secret/cm.yaml}", "crds: [../../secret/cm.yaml]",
      "configurations: [../../secret/cm.yaml]", "replacements: [{path: ../../secret/cm.yaml}]",
      "transformers: [../../secret/cm.yaml]", "transformers: [../../secret]",
    ] {
      let message = try Self.render("\(field)\n")
      #expect(message.hasPrefix("outside-load-root: "), "\(field): \(message)")
    }
  }

  @Test func theRootItselfIsBelowIt() throws {
    #expect(
      try Self.render("", "/secret") == """
        outside-load-root: directory "/secret" is not in or below the load root /box, and so may not be read
        """)
    #expect(
      try Self.render("", loadRoot: "/none") == """
        outside-load-root: cannot use the load root "/none": no such file or directory
        """)
    #expect(
      try Self.render("", loadRoot: "/cache/1") == """
        outside-load-root: cannot use the load root "/cache/1": not a directory
        """)
  }

  /// The directory is known by where it lies, so that a link to itself ends a build.
  @Test func linksMakeNoCycles() throws {
    var files = MemoryFileSystem([
      "/box/a/kustomization.yaml": "resources: [again, ../b]\n",
      "/box/b/kustomization.yaml": "resources: [../a/again]\n",
    ])
    files.link("/box/a/again", to: ".")
    var options = RenderOptions()
    options.loadRoot = "/box"
    let renderer = Renderer(fileSystem: files, options: options)
    let diagnostic = #expect(throws: Diagnostic.self) { try renderer.render("/box/a") }
    #expect(diagnostic?.id == "cycle")
  }
}
