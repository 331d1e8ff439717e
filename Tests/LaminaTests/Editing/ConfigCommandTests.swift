import Foundation
import Testing

@Suite struct ConfigCommandTests {
  private let directory: ScratchDirectory

  private static let deployment = """
    # the app
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: app # its name
    spec:
      replicas: 3
      template:
        spec:
          containers:
          - name: web
            image: "nginx:1"
            resources: {limits: {memory: 2Gi}}

    """
  private static let map =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cm\n  namespace: ns\n"

  init() throws {
    directory = try ScratchDirectory()
    try directory.write("dir/a.yaml", Self.deployment + "---\n" + Self.map)
    try directory.write("dir/sub/b.yml", "---\n\n" + Self.map.replacing("cm", with: "other"))
    try directory.write("dir/notes.txt", "text\n")
  }

  private func run(_ call: String, input: String = "") throws -> String {
    let words = call.split(separator: " ").map { String($0) }
    let outcome = try BuiltCommand.run(["cfg"] + words, in: directory.url, input: input)
    #expect(outcome.errors == "")
    return outcome.output
  }

  @Test func countsKinds() throws {
    #expect(try run("count dir") == "ConfigMap: 2\nDeployment: 1\n")
    #expect(try run("count dir -R=false") == "ConfigMap: 1\nDeployment: 1\n")
    #expect(try run("count dir --kind=false") == "3\n")
    #expect(
      try run("count", input: Self.map + "---\n# nothing\n---\n" + Self.map) == "ConfigMap: 2\n")
  }

  @Test(arguments: [
    ("kind=Deployment", 1), ("kind=.*", 3), ("metadata.name=^cm$", 1), ("spec.replicas>2", 1),
    ("spec.replicas>=4", 0), ("spec.replicas<=3", 1),
    ("spec.template.spec.containers[name=web].image=nginx:1", 1),
    ("spec.template.spec.containers[name=w.b].image=^nginx.1$", 1),
    ("spec.template.spec.containers[name=web].resources.limits.memory>1000Mi", 1),
    ("spec.template.spec.containers[name=db].image=nginx", 0), ("kind=Pod", 0),
  ])
  func findsObjects(query: String, expected: Int) throws {
    func count(_ flags: String) throws -> Int {
      try run("grep \(query) dir --annotate=false \(flags)").split(separator: "\n")
        .count { $0.hasPrefix("kind: ") }
    }
    #expect(try count("") == expected)
    #expect(try count("--invert-match") == 3 - expected)
  }

  @Test func keepsComments() throws {
    #expect(try run("grep metadata.name=app dir --annotate=false") == Self.deployment)
    #expect(try run("cat dir/a.yaml") == Self.deployment + "---\n" + Self.map)
    #expect(
      try run(
        "grep metadata.name=app --annotate=false",
        input: "apiVersion: v1\nkind: List\nitems:\n" + indented(Self.deployment))
        == Self.deployment)
    #expect(
      try run("cat dir/a.yaml --strip-comments")
        == Self.deployment.replacing("# the app\n", with: "").replacing(" # its name", with: "")
        + "---\n" + Self.map)
  }

  private func indented(_ text: String) -> String {
    let lines = text.split(separator: "\n").map { String($0) }
    return "- " + lines.joined(separator: "\n  ") + "\n"
  }

  @Test func saysWhereObjectsComeFrom() throws {
    #expect(
      try run("grep metadata.name=cm dir") == Self.map + """
          annotations:
            config.kubernetes.io/index: "1"
            internal.config.kubernetes.io/index: "1"
            config.kubernetes.io/path: a.yaml
            internal.config.kubernetes.io/path: a.yaml

        """)
  }

  @Test func drawsATree() throws {
    #expect(
      try run("tree dir --image --replicas") == """
        dir
        ├── [a.yaml]  Deployment app
        │   ├── spec.replicas: 3
        │   └── spec.template.spec.containers
        │       └── 0
        │           └── image: nginx:1
        ├── [a.yaml]  ConfigMap ns/cm
        └── sub
            └── [b.yml]  ConfigMap ns/other

        """)
  }

  @Test func refusesBadQueries() throws {
    for query in ["kind=a=b", "spec[a[b=c", "x=("] {
      let outcome = try BuiltCommand.run(["cfg", "grep", query, "dir"], in: directory.url)
      #expect(outcome.errors.hasPrefix("Error: "))
      #expect(outcome.status == 1)
    }
  }
}
