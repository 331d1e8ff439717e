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
    #expect(try run("count dir") == "dir/\nConfigMap: 2\nDeployment: 1\n")
    #expect(try run("count dir -R=false") == "dir/\nConfigMap: 2\nDeployment: 1\n")
    #expect(try run("count dir --kind=false") == "dir/\n3\n")
    #expect(
      try run("count", input: Self.map + "---\n# nothing\n---\n" + Self.map) == "ConfigMap: 2\n")
  }

  /// A directory with a `Krmfile` is a package of its own, with paths of its own.
  @Test func countsPackages() throws {
    try directory.write("dir/sub/Krmfile", "")
    #expect(
      try run("count dir") == "dir/\nConfigMap: 1\nDeployment: 1\n\ndir/sub/\nConfigMap: 1\n")
    #expect(try run("count dir -R=false") == "dir/\nConfigMap: 1\nDeployment: 1\n")
    #expect(try run("grep metadata.name=other dir").contains("config.kubernetes.io/path: b.yml\n"))
    #expect(
      try run("tree dir") == """
        dir
        ├── [a.yaml]  Deployment app
        ├── [a.yaml]  ConfigMap ns/cm
        └── Pkg: sub
            └── [b.yml]  ConfigMap ns/other

        """)
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
            config.kubernetes.io/path: a.yaml
            internal.config.kubernetes.io/index: "1"
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

  private static let owned = """
    apiVersion: v1
    kind: List
    items:
    - apiVersion: v1
      kind: Pod
      metadata:
        name: pod
        namespace: ns
        ownerReferences: [{kind: ReplicaSet, name: set}]
      spec:
        containers:
        - name: b
          image: "x:1"
          command: [sh, '-c', "a: b", plain, "1.0", null]
          ports: [{containerPort: 80}]
        - {name: a, image: y}
    - apiVersion: apps/v1
      kind: ReplicaSet
      metadata: {name: set, namespace: ns}
      spec: {replicas: 1}
    - apiVersion: v1
      kind: Secret
      metadata: {name: alone, annotations: {note: "True", text: "one\\ntwo"}}

    """

  /// All of this is what v5.8.1 prints, to the byte.
  @Test func drawsOwners() throws {
    #expect(
      try run(
        "tree - --all --field metadata.annotations.note,metadata.annotations.text",
        input: Self.owned) == """
          .
          ├── [Resource]  Secret alone
          │   ├── metadata.annotations.note: "True"
          │   └── metadata.annotations.text: |-
          │         one
          │         two
          └── [Resource]  ReplicaSet ns/set
              ├── spec.replicas: 1
              └── [Resource]  Pod ns/pod
                  └── spec.containers
                      ├── 0
                      │   ├── name: a
                      │   └── image: y
                      └── 1
                          ├── name: b
                          ├── image: x:1
                          ├── command: [sh, '-c', "a: b", plain, "1.0", null]
                          └── ports: [{containerPort: 80}]

          """)
    #expect(
      try run("tree - --graph-structure directory --name=false --image", input: Self.owned) == """
        .
        ├── [.]  Secret alone
        ├── [.]  Pod ns/pod
        │   └── spec.containers
        │       ├── 0
        │       │   └── image: y
        │       └── 1
        │           └── image: x:1
        └── [.]  ReplicaSet ns/set

        """)
    let orphan = Self.owned.replacing("kind: ReplicaSet\n", with: "kind: Other\n")
    let outcome = try BuiltCommand.run(["cfg", "tree", "-"], in: directory.url, input: orphan)
    #expect(
      outcome.errors
        == "Error: owner 'ReplicaSet ns/set' not found in input, but found as an owner of input objects\n"
    )
    #expect(outcome.status == 1)
  }

  @Test func printsListsAndStyles() throws {
    try directory.write("fn.yaml", "kind: F\nmetadata: {name: f}\n")
    #expect(
      try run("cat dir/sub --wrap-kind ResourceList --wrap-version v1 --function-config fn.yaml")
        == """
        apiVersion: v1
        kind: ResourceList
        items:
        - apiVersion: v1
          kind: ConfigMap
          metadata:
            name: other
            namespace: ns
        functionConfig:
          kind: F
          metadata: {name: f}

        """)
    #expect(
      try run("cat dir/sub --style FlowStyle,TaggedStyle")
        == "!!map {apiVersion: v1, kind: ConfigMap, metadata: {name: other, namespace: ns}}\n")
    #expect(
      try run("cat dir/sub --wrap-kind List --style FlowStyle")
        == "{apiVersion: '', kind: List, items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: other, namespace: ns}}]}\n"
    )
  }

  @Test func leavesOutObjectsForLocalUse() throws {
    try directory.write(
      "dir/local.yaml",
      Self.map.replacing(
        "  namespace: ns\n",
        with: "  annotations:\n    config.kubernetes.io/local-config: \"true\"\n"))
    func count(_ flags: String) throws -> Int {
      try run("cat dir \(flags)").split(separator: "\n").count { $0.hasPrefix("kind: ") }
    }
    #expect(try count("") == 3)
    #expect(try count("--include-local") == 4)
    #expect(try count("--include-local --exclude-non-local") == 1)
    #expect(try count("--exclude-non-local") == 0)
    #expect(try run("tree dir --exclude-non-local") == "")
  }

  @Test func refusesBadQueries() throws {
    for query in ["kind=a=b", "spec[a[b=c", "x=("] {
      let outcome = try BuiltCommand.run(["cfg", "grep", query, "dir"], in: directory.url)
      #expect(outcome.errors.hasPrefix("Error: "))
      #expect(outcome.status == 1)
    }
  }
}
