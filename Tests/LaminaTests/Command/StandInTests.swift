import Foundation
import Testing

/// What tools that expect kustomize ask of the command: its version, and flags as Go's parser takes them.
@Suite struct StandInTests {
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "render-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(
      at: directory.appending(path: "version"), withIntermediateDirectories: true)
    try write("cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    try write("kustomization.yaml", "resources: [cm.yaml]\n")
    try write("version/kustomization.yaml", "resources: [../cm.yaml]\n")
  }

  private static let expected = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"

  private func write(_ path: String, _ text: String) throws {
    try Data(text.utf8).write(to: directory.appending(path: path))
  }

  private func run(_ arguments: String) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(arguments.split(separator: " ").map { String($0) }, in: directory)
  }

  @Test(arguments: ["version", "version --short"])
  func isTakenForKustomize(call: String) throws {
    let outcome = try run(call)
    #expect(outcome.output == "v5.8.1\n")
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test func saysWhatItIsWhereThereIsRoom() throws {
    let own = try #require(try run("--version").output.split(separator: " ").dropFirst().first)
    let yaml = try run("version -o yaml").output
    #expect(yaml.hasPrefix("version: v5.8.1\n") && yaml.contains("\nrenderer: lamina \(own)\n"))
    let json = Data(try run("version --output=json").output.utf8)
    let fields = try JSONDecoder().decode([String: String].self, from: json)
    #expect(fields["version"] == "v5.8.1")
    #expect(fields["renderer"] == "lamina \(own)")
    #expect(
      fields.keys.sorted() == [
        "buildDate", "gitCommit", "goArch", "goOs", "goVersion", "renderer", "version",
      ])
    #expect(try run("version --short -o json").status != 0)
    #expect(try run("version -o xml").status != 0)
  }

  @Test(arguments: ["build version", "./version"])
  func aDirectoryMayBeCalledVersion(call: String) throws {
    #expect(
      try run("\(call) --load-restrictor LoadRestrictionsNone").output == Self.expected)
  }

  @Test(arguments: [
    "build --load-restrictor=LoadRestrictionsNone version",
    "build version --load-restrictor=LoadRestrictionsNone --enable-helm=true",
    "build --enable-alpha-plugins=true --load-restrictor=LoadRestrictionsNone version",
    "build version --enable-exec=false --network=f --load-restrictor LoadRestrictionsNone",
    "build . --stack-trace=true --enable-managedby-label=false --as-current-user=0",
    "build . --enable-helm --helm-command=/opt/helm --helm-kube-version=1.30 --helm-debug=true",
    "build --helm-api-versions a/v1 --helm-api-versions=b/v1 --helm-kube-version 1.30 .",
    "build . -o=/dev/stdout",
    "build -o/dev/stdout --enable-helm=1 .",
    "build . --output=/dev/stdout",
    "build --network-name=host --mount=type=bind,src=/a,dst=/b -eA=b --env=C=d -e E=f .",
    "build --offline=true --no-cache=false --jobs=2 -j2 .",
  ])
  func takesFlagsInEverySpelling(call: String) throws {
    let outcome = try run(call)
    #expect(outcome.output == Self.expected)
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test func aDirectoryMayBeCalledEdit() throws {
    try FileManager.default.createDirectory(
      at: directory.appending(path: "edit"), withIntermediateDirectories: true)
    try write("edit/kustomization.yaml", "resources: [../cm.yaml]\n")
    #expect(try run("edit --load-restrictor=LoadRestrictionsNone").output == Self.expected)
  }

  @Test func warnsOnceOfDeprecatedFlags() throws {
    let outcome = try run("build --reorder=legacy --enable-managedby-label=true .")
    #expect(outcome.output.contains("    app.kubernetes.io/managed-by: kustomize-v5.8.1\n"))
    #expect(
      outcome.errors == """
        warning: --reorder is deprecated; use sortOptions in the kustomization
        warning: --enable-managedby-label is deprecated; use the option managedByLabel of \
        buildMetadata in the kustomization

        """)
  }

  @Test(arguments: ["--jobs=0", "--load-restrictor=None", "--enable-helm=maybe", "--output"])
  func refusesValuesThatMakeNoSense(flag: String) throws {
    let outcome = try run("build . \(flag)")
    #expect(outcome.status != 0)
    #expect(outcome.output == "")
    #expect(outcome.errors != "")
  }
}
