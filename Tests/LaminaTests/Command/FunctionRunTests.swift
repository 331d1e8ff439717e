import Foundation
import Testing

/// `fn run`: what functions change of a package's files. The values are those that kustomize v5.8.1 writes.
@Suite struct FunctionRunTests {
  private let directory: ScratchDirectory

  private static let deployment = """
    # the app

    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: app   # its name
    spec:
        replicas: 3 # three
        template:
            spec:
                containers:
                  # the only one
                  - name: web
                    image: "nginx:1"

    """
  private static let service = "apiVersion: v1\nkind: Service\nmetadata: {name: app}   # flow\n"

  init() throws {
    directory = try ScratchDirectory()
    try directory.write("package/app.yaml", Self.deployment + "---\n" + Self.service)
    try directory.write("package/sub/map.yaml", Self.map("one"))
    try directory.write("package/values.yaml", "replicas: [1, \"2\"]\n")
    try function("scale", "sed 's/replicas: 3/replicas: 4/'")
    try function("rename", "sed 's/name: one/name: two/'")
    try function("same", "cat")
  }

  private static func map(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\n"
  }

  private static func configuration(_ specification: String, name: String = "fn") -> String {
    """
    apiVersion: example.com/v1
    kind: Function
    metadata:
      name: \(name)
      annotations:
        config.kubernetes.io/function: |
          \(specification)

    """
  }

  private func function(_ name: String, _ script: String) throws {
    try directory.write(name, "#!/bin/sh\n\(script)\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: directory.path(name))
  }

  private func run(
    _ arguments: String..., input: String = "", status: Int32 = 0, errors: String = ""
  ) throws -> String {
    let outcome = try BuiltCommand.run(["fn", "run"] + arguments, in: directory.url, input: input)
    #expect(outcome.errors == errors)
    #expect(outcome.status == status)
    return outcome.output
  }

  private func run(_ name: String) throws -> String {
    try run("package", "--enable-exec", "--exec-path", "./\(name)")
  }

  private var app: String? { directory.read("package/app.yaml") }

  // MARK: - Changes

  @Test func changesTheValueAndNothingElse() throws {
    #expect(try run("scale") == "")
    #expect(
      app == Self.deployment.replacing("replicas: 3", with: "replicas: 4") + "---\n" + Self.service)
  }

  @Test func writesNothingThatStaysTheSame() throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)],
      ofItemAtPath: directory.path("package/app.yaml"))
    #expect(try run("same") == "")
    let attributes = try FileManager.default.attributesOfItem(
      atPath: directory.path("package/app.yaml"))
    #expect(attributes[.modificationDate] as? Date == Date(timeIntervalSince1970: 0))
  }

  @Test func keepsCommentsThatTheFunctionLoses() throws {
    try function("plain", "sed -e 's/ *#.*//' -e '/^ *$/d' -e 's/nginx:1/nginx:2/'")
    #expect(try run("plain") == "")
    #expect(
      app == Self.deployment.replacing("nginx:1", with: "nginx:2") + "---\n" + Self.service)
  }

  @Test func takesCommentsOfTheFunction() throws {
    try function(
      "note", "sed -e 's/# three/# {\"set\": \"n\"}/' -e 's/nginx:1\"/nginx:1\" # pinned/'")
    #expect(try run("note") == "")
    #expect(
      app == Self.deployment.replacing("# three", with: "# {\"set\": \"n\"}")
        .replacing("nginx:1\"", with: "nginx:1\" # pinned") + "---\n" + Self.service)
  }

  @Test func insertsAndRemovesItems() throws {
    try directory.write(
      "package/list.yaml",
      "apiVersion: v1\nkind: List1\nmetadata:\n  name: l\nitems:\n- name: a # one\n# two\n- name: b\n- c\nflow: [x, y]\n"
    )
    try function(
      "items",
      "sed -e 's/^\\( *\\)- name: b/\\1- name: new\\n&/' -e '/^ *- c$/d' -e 's/\\[x, y\\]/[x, z, y]/'"
    )
    #expect(try run("items") == "")
    #expect(
      directory.read("package/list.yaml")
        == "apiVersion: v1\nkind: List1\nmetadata:\n  name: l\nitems:\n- name: a # one\n- name: new\n# two\n- name: b\nflow: [x, z, y]\n"
    )
  }

  /// Line breaks, marks and tabs stay, and the function reads plain YAML.
  @Test(arguments: [
    ("a.yaml", "apiVersion: v1\r\nkind: A\r\nmetadata:\r\n  name: one # c\r\n"),
    ("a.yaml", "\u{FEFF}apiVersion: v1\nkind: A\nmetadata:\n  name: one\n"),
    ("a.yaml", "--- # start\napiVersion: v1\nkind: A\nmetadata:\n  name: one\n...\n"),
    ("a.yaml", "  apiVersion: v1\n  kind: A\n  metadata:\n    name: one\n"),
    ("a.yaml", "%YAML 1.1\n---\napiVersion: v1\nkind: A\nmetadata:\n  name: one\n"),
    (
      "a.json",
      "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"A\",\n\t\"metadata\": {\"name\":\"one\"}\n}\n"
    ),
  ])
  func keepsTheLayout(file: String, text: String) throws {
    try directory.write("odd/\(file)", text)
    try function("rename", "sed 's/name: one/name: two/' | tee list")
    #expect(try run("odd", "--enable-exec", "--exec-path", "./rename") == "")
    #expect(directory.read("odd/\(file)") == text.replacing("one", with: "two"))
    #expect(directory.read("list")?.contains("\t") == false)
  }

  @Test func keepsBlankLinesOfAText() throws {
    try directory.write(
      "package/text.yaml",
      Self.map("text") + "data:\n  a: |+\n    x\n\n---\n" + Self.map("one"))
    #expect(try run("rename") == "")
    #expect(
      directory.read("package/text.yaml")
        == Self.map("text") + "data:\n  a: |+\n    x\n\n---\n" + Self.map("two"))
  }

  // MARK: - Files

  @Test func writesNewObjectsToFilesOfTheirOwn() throws {
    try function(
      "make",
      "printf 'apiVersion: v1\\nkind: A\\nmetadata:\\n  name: x\\n---\\napiVersion: v1\\nkind: B\\nmetadata:\\n  name: y\\n  namespace: n\\n'"
    )
    #expect(try run("make") == "")
    #expect(
      directory.read("package/a_x.yaml") == "apiVersion: v1\nkind: A\nmetadata:\n  name: x\n")
    #expect(
      directory.read("package/n/b_y.yaml")
        == "apiVersion: v1\nkind: B\nmetadata:\n  name: y\n  namespace: n\n")
    // What a function does not print is gone, with its file.
    #expect(app == nil)
    #expect(directory.read("package/sub/map.yaml") == nil)
  }

  @Test func removesAnObjectFromItsFile() throws {
    try function("drop", "sed '/^- apiVersion: v1$/,/^  metadata: {name: app/{//!d;/^-/d;/meta/d}'")
    #expect(try run("drop") == "")
    #expect(app == Self.deployment)
  }

  @Test func leavesAllWhereAFunctionPrintsNothing() throws {
    try function("nothing", "cat >/dev/null")
    #expect(try run("nothing") == "")
    #expect(app == Self.deployment + "---\n" + Self.service)
  }

  @Test(arguments: [
    ("../out.yaml", "resource must be written under package package: ../out.yaml"),
    ("/tmp/out.yaml", "package paths may not be absolute paths: /tmp/out.yaml"),
    ("sub", "config.kubernetes.io/path cannot be a directory: sub"),
    (".git/config", "resource must be written under package package: .git/config"),
    (
      "README.md",
      "README.md is there, and none of the package's files: a function wants to write it"
    ),
  ])
  func refusesPaths(path: String, message: String) throws {
    try directory.write("package/README.md", "text\n")
    try function(
      "move",
      "printf 'apiVersion: v1\\nkind: A\\nmetadata:\\n  name: x\\n  annotations:\\n    config.kubernetes.io/path: \(path)\\n'"
    )
    let output = try run(
      "package", "--enable-exec", "--exec-path", "./move", status: 1, errors: "Error: \(message)\n")
    #expect(output == "")
    #expect(app == Self.deployment + "---\n" + Self.service)
    #expect(directory.read("package/README.md") == "text\n")
  }

  @Test func doesNotFollowLinksOut() throws {
    try directory.write("outside/there.yaml", "secret\n")
    try directory.link("package/link", to: directory.path("outside"))
    try function(
      "move",
      "printf 'apiVersion: v1\\nkind: A\\nmetadata:\\n  name: x\\n  annotations:\\n    config.kubernetes.io/path: link/new.yaml\\n'"
    )
    let outcome = try directory.render(
      "fn", "run", "package", "--enable-exec", "--exec-path", "./move")
    #expect(outcome.status == 1)
    #expect(try directory.names(in: "outside") == ["there.yaml"])
  }

  // MARK: - Functions of the package

  @Test func runsFunctionsOfTheFiles() throws {
    try directory.write(
      "package/sub/functions/fn.yaml", Self.configuration("exec: {path: ./rename}"))
    try directory.write("package/fn.yaml", Self.configuration("exec: {path: ./scale}"))
    // Deeper ones come first, and read what is below them.
    let output = try run(
      "package", "--enable-exec", "--log-steps", errors: "Running ./rename\nRunning ./scale\n")
    #expect(output == "")
    #expect(directory.read("package/sub/map.yaml") == Self.map("two"))
    #expect(app?.contains("replicas: 4 # three") == true)
  }

  @Test func keepsToItsDirectory() throws {
    try directory.write(
      "package/sub/functions/fn.yaml", Self.configuration("exec: {path: ./scale}"))
    #expect(try run("package", "--enable-exec") == "")
    #expect(app == Self.deployment + "---\n" + Self.service)
    #expect(try run("package", "--enable-exec", "--global-scope") == "")
    #expect(app?.contains("replicas: 4 # three") == true)
  }

  @Test func runsNoProgramUnlessAllowed() throws {
    try directory.write("package/fn.yaml", Self.configuration("exec: {path: ./scale}"))
    let outcome = try directory.render("fn", "run", "package")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.hasSuffix(
        "fn.yaml: ./scale is a program, and is not run without --enable-exec\n"))
    #expect(app == Self.deployment + "---\n" + Self.service)
  }

  @Test func readsFunctionsFromOtherDirectories() throws {
    try directory.write("one/fn.yaml", Self.configuration("exec: {path: ./scale}"))
    try directory.write("two/fn.yaml", Self.configuration("exec: {path: ./rename}"))
    #expect(try run("package", "--enable-exec", "--fn-path", "one,two") == "")
    #expect(directory.read("package/sub/map.yaml") == Self.map("two"))
    #expect(app?.contains("replicas: 4 # three") == true)
  }

  @Test func passesArgumentsAndVariables() throws {
    try directory.write(
      "package/fn.yaml",
      Self.configuration(
        "exec: {path: sh, args: [-c, 'sed \"s/name: one/name: $A$B/\"'], envs: [A=x, B=y]}"))
    #expect(try run("package", "--enable-exec", "-e", "B=z") == "")
    #expect(directory.read("package/sub/map.yaml") == Self.map("xz"))
  }

  /// The words for docker are those of kustomize.
  @Test func runsContainers() throws {
    try function("docker", "echo \"$@\" > call; sed 's/replicas: 3/replicas: 5/'")
    let outcome = try BuiltCommand.run(
      [
        "fn", "run", "package", "--image", "example.com/fn:v1", "--network", "-e", "K=v", "--mount",
        "type=bind,src=m,dst=/m",
      ],
      in: directory.url, environment: ["PATH": "\(directory.path(".")):/usr/bin:/bin"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      directory.read("call")
        == "run --rm -i -a STDIN -a STDOUT -a STDERR --network host --user nobody --security-opt=no-new-privileges --mount type=bind,source=\(directory.url.path)/m,target=/m,readonly -e K=v -e LOG_TO_STDERR=true -e STRUCTURED_RESULTS=true example.com/fn:v1\n"
    )
    #expect(app?.contains("replicas: 5 # three") == true)
  }

  // MARK: - What a function reads

  @Test func givesAResourceList() throws {
    try function("keep", "tee list")
    _ = try run(
      "package", "--enable-exec", "--exec-path", "./keep", "--", "Config", "a=", "count=3",
      "t=x: y", "u=# v")
    let list = try #require(directory.read("list"))
    #expect(
      list.hasPrefix(
        """
        apiVersion: config.kubernetes.io/v1
        kind: ResourceList
        items:
        - # the app

          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: app   # its name
            annotations:
              config.kubernetes.io/index: "0"
              config.kubernetes.io/path: app.yaml
              internal.config.kubernetes.io/index: "0"
              internal.config.kubernetes.io/path: app.yaml
              internal.config.kubernetes.io/annotations-migration-resource-id: "0"
              internal.config.kubernetes.io/id: "1"
              config.k8s.io/id: "1"
          spec:
              replicas: 3 # three

        """), "\(list)")
    #expect(
      list.hasSuffix(
        """
        functionConfig:
          metadata:
            name: function-input
            annotations:
              config.kubernetes.io/function: |
                exec:
                  path: ./keep
          data:
            a: ""
            count: 3
            t: 'x: y'
            u: '# v'
          kind: Config
          apiVersion: v1

        """), "\(list)")
  }

  @Test func passesOverIgnoredFiles() throws {
    try directory.write(
      "package/.krmignore", "# none of ours\nchart/\n/values.yaml\n*.tpl.yaml\n!keep.tpl.yaml\n")
    try directory.write("package/chart/template.yaml", "a: {{ .b }}\n")
    try directory.write("package/a.tpl.yaml", "a: {{ .b }}\n")
    try directory.write("package/keep.tpl.yaml", Self.map("one"))
    #expect(try run("rename") == "")
    #expect(directory.read("package/keep.tpl.yaml") == Self.map("two"))
    #expect(directory.read("package/a.tpl.yaml") == "a: {{ .b }}\n")
  }

  // MARK: - Outputs

  @Test func printsInsteadOfWriting() throws {
    let output = try run(
      "package/sub", "--enable-exec", "--exec-path", "./rename", "--dry-run")
    #expect(
      output == Self.map("two") + """
          annotations:
            config.kubernetes.io/path: map.yaml
            internal.config.kubernetes.io/path: map.yaml

        """)
    #expect(directory.read("package/sub/map.yaml") == Self.map("one"))
  }

  @Test func filtersStandardInput() throws {
    #expect(
      try run("--enable-exec", "--exec-path", "./rename", input: Self.map("one"))
        == Self.map("two") + """
            annotations:
              config.kubernetes.io/path: configmap_two.yaml
              internal.config.kubernetes.io/path: configmap_two.yaml

          """)
    // Items of a list have no places.
    #expect(
      try run(
        "--enable-exec", "--exec-path", "./rename",
        input:
          "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A, metadata: {name: one}} # c\n"
      )
        == "{apiVersion: v1, kind: A, metadata: {name: two}} # c\n")
  }

  @Test func writesResults() throws {
    try function(
      "check", "cat; printf 'results:\\n- message: bad # so\\n  severity: error\\n'; exit 3")
    _ = try run(
      "package", "--enable-exec", "--exec-path", "./check", "--results-dir", ".", status: 1,
      errors: "Error: ./check: exit status 3\n")
    #expect(directory.read("results-0.yaml") == "- message: bad # so\n  severity: error\n")
    #expect(app == Self.deployment + "---\n" + Self.service)
  }

  @Test func defersFailures() throws {
    try function("check", "sed 's/replicas: 3/replicas: 4/'; echo why >&2; exit 3")
    try directory.write(
      "package/fn.yaml", Self.configuration("{deferFailure: true, exec: {path: ./check}}"))
    _ = try run(
      "package", "--enable-exec", status: 1, errors: "why\nError: ./check: exit status 3\n")
    #expect(app?.contains("replicas: 4 # three") == true)
  }

  @Test(arguments: [
    (["package", "--exec-path", "./same"], "must specify --enable-exec with --exec-path"),
    (["package", "--", "a=b"], "must specify --image"),
    (
      ["package", "--image", "x", "--", "a=b", "c"],
      "args must have keys and values separated by ="
    ),
    (["package", "sub"], "0 or 1 arguments supported, function arguments go after '--'"),
    (
      ["package", "--function-timeout", "x"],
      "invalid argument \"x\" for \"--function-timeout\" flag"
    ),
    (["nosuch"], "nosuch: no such file or directory"),
    (
      ["package", "--enable-exec", "--exec-path", "./nosuch"],
      "./nosuch: there is no program \"./nosuch\""
    ),
  ])
  func refuses(arguments: [String], message: String) throws {
    let outcome = try BuiltCommand.run(["fn", "run"] + arguments, in: directory.url)
    #expect(outcome.errors.split(separator: "\n").first.map { String($0) } == "Error: \(message)")
    #expect(outcome.status == 1)
  }

  @Test func refusesNetworkThatIsNotAllowed() throws {
    try directory.write(
      "package/fn.yaml", Self.configuration("container: {image: x, network: true}"))
    _ = try run(
      "package", status: 1,
      errors: "Error: network required but not enabled with --network\n  x wants it\n")
  }
}
