import Foundation
import Testing

@Suite struct LocalizeTests {
  private let directory: ScratchDirectory

  private static let kustomization = """
    # the shop
    resources:
    - ../base # shared
    - cm.yaml
    configMapGenerator:
    - name: files
      files: [k=data/f.txt]
      envs:
      - a.env
    patches:
    - path: p.yaml
      target: {kind: ConfigMap, name: x}

    """

  init() throws {
    directory = try ScratchDirectory()
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x} # kept\n"
    try directory.write("top/over/kustomization.yaml", Self.kustomization)
    try directory.write("top/over/cm.yaml", map)
    try directory.write("top/over/data/f.txt", "text\n")
    try directory.write("top/over/a.env", "A=1\n")
    try directory.write("top/over/p.yaml", "- {op: add, path: /data, value: {a: b}}\n")
    try directory.write("top/over/unused.yaml", map)
    try directory.write("top/base/kustomization.yaml", "resources: [s.yaml]\n")
    try directory.write("top/base/s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n")
  }

  private func run(_ call: String) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(call.split(separator: " ").map { String($0) }, in: directory.url)
  }

  /// What a link leads to is not the command's: nothing there is written or removed.
  @Test(arguments: ["kept", "nowhere", "top/over/cm.yaml"])
  func aLinkIsNoNewDestination(target: String) throws {
    defer { directory.remove() }
    try directory.write("kept/p.txt", "precious\n")
    try directory.write("kept/cm.yaml", "mine\n")
    try directory.write("broken/kustomization.yaml", "resources: [missing.yaml]\n")
    try directory.link("copy", to: target)
    for call in ["localize top/over copy --scope top", "localize broken copy"] {
      let outcome = try run(call)
      #expect(outcome.errors == "Error: localize destination \"copy\" already exists\n")
      #expect(outcome.status == 1)
    }
    #expect(directory.isLink("copy"))
    #expect(directory.read("kept/p.txt") == "precious\n")
    #expect(directory.read("kept/cm.yaml") == "mine\n")
    #expect(try directory.names(in: "kept") == ["cm.yaml", "p.txt"])
  }

  @Test func aFailureLeavesNothingBehind() throws {
    defer { directory.remove() }
    try directory.write("broken/kustomization.yaml", "resources: [missing.yaml]\n")
    #expect(try run("localize broken copy").status == 1)
    #expect(directory.read("copy") == nil)
    #expect(try !directory.names(in: ".").contains("copy"))
  }

  @Test func copiesWhatIsReadAndNothingElse() throws {
    let outcome = try run("localize top/over copy --scope top")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("VERIFICATION SUCCESS: "))
    #expect(directory.read("copy/over/kustomization.yaml") == Self.kustomization)
    #expect(directory.read("copy/over/cm.yaml")?.hasSuffix("# kept\n") == true)
    #expect(
      try directory.names(in: "copy/over") == [
        "a.env", "cm.yaml", "data", "kustomization.yaml", "p.yaml",
      ])
    #expect(try directory.names(in: "copy/base") == ["kustomization.yaml", "s.yaml"])
  }

  @Test func leavesNothingBehindWhereItFails() throws {
    let outcome = try run("localize top/over copy")
    #expect(
      outcome.errors
        == "Error: root \"\(directory.path("top/base"))\" outside localize scope \"\(directory.path("top/over"))\"\n"
    )
    #expect(outcome.status == 1)
    #expect(try directory.names(in: ".") == ["top"])
    #expect(
      try run("localize top/over top --scope top").errors
        == "Error: localize destination \"top\" already exists\n")
    #expect(try run("localize top/over none/copy --scope top").status == 1)
  }

  @Test func fetchesRepositories() throws {
    let made = try directory.shell(
      """
      set -e
      mkdir repo && cp -r top/base repo/base && cd repo && git init -q && git add . \
        && git -c user.name=a -c user.email=b commit -qm one && git tag v1
      """)
    #expect(made.status == 0, "\(made.errors)")
    let address = "file://\(directory.path("repo"))//base?ref=v1"
    try directory.write("remote/kustomization.yaml", "resources:\n# far\n- \(address) # here\n")
    let outcome = try BuiltCommand.run(
      ["localize", "remote"], in: directory.url,
      environment: ["XDG_CACHE_HOME": directory.path("cache")])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let copy = "localized-files/file-schemed\(directory.path("repo"))/v1/base"
    #expect(
      directory.read("localized-remote/kustomization.yaml")
        == "resources:\n# far\n- \(copy) # here\n")
    #expect(directory.read("localized-remote/\(copy)/s.yaml") == directory.read("top/base/s.yaml"))
  }

  /// What configurations name is copied and fetched, and they say then where it is
  /// (api/internal/localizer/builtinplugins.go).
  @Test func localizesConfigurations() throws {
    let far =
      "apiVersion: builtin\nkind: PatchTransformer\nmetadata:\n  name: far\npath: near.yaml\ntarget: {kind: Secret}\n"
    let server = try LoopbackServer({ request in
      switch request.path {
      case "/far.yaml": .text(far)
      case "/far.env": .text("A=1\n")
      default: .notFound
      }
    })
    defer { server.stop() }
    let url = "http://127.0.0.1:\(server.port)"
    let patch = "- {op: add, path: /metadata/labels, value: {a: b}}\n"
    try directory.write(
      "shop/kustomization.yaml",
      """
      resources: [s.yaml]
      generators:
      - gen.yaml # of a file
      - |- # inline
        apiVersion: builtin
        kind: SecretGenerator
        metadata:
          name: inline
        envs:
        - \(url)/far.env # fetched
      transformers:
      - \(url)/far.yaml

      """)
    try directory.write("shop/s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n")
    try directory.write(
      "shop/gen.yaml",
      """
      # two of them
      apiVersion: builtin
      kind: ConfigMapGenerator
      metadata:
        name: one
      files:
      - k=\(url)/far.env # far
      ---
      apiVersion: builtin
      kind: ConfigMapGenerator
      metadata:
        name: two
      envs: [data/near.env]

      """)
    try directory.write("shop/data/near.env", "B=2\n")
    try directory.write("shop/near.yaml", patch)
    let outcome = try BuiltCommand.run(
      ["localize", "shop", "copy"], in: directory.url,
      environment: ["XDG_CACHE_HOME": directory.path("cache")])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("VERIFICATION SUCCESS: "))
    let host = "localized-files/127.0.0.1"
    #expect(
      directory.read("copy/kustomization.yaml") == """
        resources: [s.yaml]
        generators:
        - gen.yaml # of a file
        - |- # inline
          apiVersion: builtin
          kind: SecretGenerator
          metadata:
            name: inline
          envs:
          - \(host)/far.env # fetched
        transformers:
        - \(host)/far.yaml

        """)
    #expect(
      directory.read("copy/gen.yaml")
        == directory.read("shop/gen.yaml")?.replacing("\(url)", with: host))
    #expect(directory.read("copy/\(host)/far.env") == "A=1\n")
    #expect(directory.read("copy/data/near.env") == "B=2\n")
    #expect(directory.read("copy/near.yaml") == patch)
  }
}
