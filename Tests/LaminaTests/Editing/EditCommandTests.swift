import Foundation
import Testing

/// `render edit …` and `render create …` as programs call them.
@Suite struct EditCommandTests {
  private let directory: ScratchDirectory

  init() throws {
    directory = try ScratchDirectory()
    try directory.write("cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
  }

  private static let text = """
    # who
    namespace: dev # ours
    resources: [cm.yaml]   # all
    images:
      - name: app
        newTag: "1.0" # {"$imagepolicy": "flux-system:app:tag"}

    """

  private func write(_ text: String = text) throws {
    try directory.write("kustomization.yaml", text)
  }

  private func run(_ call: String) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(call.split(separator: " ").map { String($0) }, in: directory.url)
  }

  private var kustomization: String? { directory.read("kustomization.yaml") }

  @Test func changesOnlyItsBytesAndSaysNothing() throws {
    try write()
    let outcome = try run("edit set image app=*:2.0 web:v1")
    #expect(outcome.status == 0)
    #expect(outcome.output + outcome.errors == "")
    #expect(
      kustomization
        == Self.text.replacing("\"1.0\"", with: "\"2.0\"") + "  - name: web\n    newTag: v1\n")
  }

  /// Lines that end with a lone carriage return are edited or refused, and never end the program.
  @Test(arguments: [
    ("resources:\r- a\r- b\r", "edit remove resource a"),
    ("resources:\r- a\r- b\n", "edit remove resource a"),
    ("components:\r- a\r- b\r", "edit remove component a"),
    ("commonLabels:\r  a: b\r  c: d\r", "edit remove label a"),
    (
      "buildMetadata:\r- managedByLabel\r- originAnnotations\r",
      "edit remove buildmetadata managedByLabel"
    ),
    ("configMapGenerator:\r- name: a\r- name: b\r", "edit remove configmap a"),
  ])
  func carriageReturnsDoNotEndTheProgram(text: String, call: String) throws {
    defer { directory.remove() }
    try write(text)
    let outcome = try run(call)
    #expect(outcome.endedByItself)
    if outcome.status == 0 {
      #expect(kustomization?.contains("b") == true || kustomization?.contains("origin") == true)
      #expect(kustomization != text)
    } else {
      #expect(outcome.errors.hasPrefix("Error: "))
      #expect(kustomization == text)
    }
  }

  @Test func writesNothingWhereNothingChanges() throws {
    try write()
    let path = directory.path("kustomization.yaml")
    let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber]
    #expect(try run("edit set namespace dev").status == 0)
    let after = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber]
    #expect(before as? Int == after as? Int)
  }

  @Test func keepsModeAndFollowsLinks() throws {
    try directory.write("real/k.yaml", Self.text)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: directory.path("real/k.yaml"))
    try directory.link("kustomization.yaml", to: "real/k.yaml")
    #expect(try run("edit set namespace prod").status == 0)
    #expect(directory.isLink("kustomization.yaml"))
    #expect(directory.read("real/k.yaml") == Self.text.replacing("dev", with: "prod"))
    #expect(try directory.mode("real/k.yaml") == 0o640)
    #expect(try directory.names(in: "real") == ["k.yaml"])
  }

  @Test func printsThePatchOfADryRun() throws {
    try write()
    let outcome = try run("edit set namespace prod --dry-run")
    #expect(
      outcome.output == """
        --- a/kustomization.yaml
        +++ b/kustomization.yaml
        @@ -1,5 +1,5 @@
         # who
        -namespace: dev # ours
        +namespace: prod # ours
         resources: [cm.yaml]   # all
         images:
           - name: app

        """)
    #expect(kustomization == Self.text)
  }

  @Test(arguments: ["-C sub", "-Csub", "--directory=sub", "--file sub/kustomization.yml"])
  func editsAnotherFile(flags: String) throws {
    try write()
    try directory.write("sub/kustomization.yml", "resources:\n- ../a.yaml\n")
    try directory.write("sub/b.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n")
    #expect(try run("edit add resource [ab].yaml \(flags)").status == 0)
    #expect(directory.read("sub/kustomization.yml") == "resources:\n- ../a.yaml\n- b.yaml\n")
    #expect(kustomization == Self.text)
  }

  @Test(arguments: [
    ("edit set image", "Error: no image specified"),
    ("edit set image app", "Error: invalid format of image, use one of the following options:"),
    ("edit set namespace a b", "Error: must specify exactly one namespace value"),
    (
      "edit set replicas a=b",
      "Error: invalid format of replica, use the following format: <name>=<count>"
    ),
    ("edit set label :v", "Error: invalid label: ':v' (need k:v pair where v may be quoted)"),
    ("edit add resource none.yaml", "Error: none.yaml has no match: no such file or directory"),
    ("edit add base none", "Error: none does not exist"),
    ("edit add patch --path a --patch b", "Error: patch and path can't be set at the same time"),
    (
      "edit add configmap c",
      "Error: failed to validate flags: at least from-env-file, or from-file or from-literal must be set"
    ),
    ("edit add buildmetadata x", "Error: invalid buildMetadata option: x"),
    ("edit remove label x", "Error: commonLabels is not defined in kustomization file"),
    (
      "edit remove configmap x",
      "Error: no specified configmap(s) were found in the kustomization.yaml file"
    ),
    (
      "edit set configmap x --from-literal=a=b",
      "Error: failed to create configmap: unable to find ConfigMap with name \"x\""
    ),
    ("edit set nosuch x", "Error: unknown command \"nosuch\" for \"render edit set\""),
    ("edit nosuch", "Error: unknown command \"nosuch\" for \"render edit\""),
    ("edit set image app:1 --nosuch", "Error: unknown flag: --nosuch"),
    ("edit set image app:1 -x", "Error: unknown shorthand flag: 'x' in -x"),
    (
      "edit -C none set namespace a",
      "Error: Missing kustomization file 'kustomization.yaml' in none."
    ),
    ("edit --nosuch x set namespace a", "Error: unknown flag: --nosuch"),
    ("edit -C . nosuch", "Error: unknown command \"nosuch\" for \"render edit\""),
    ("edit set image app:1 --file", "Error: flag needs an argument: --file"),
    (
      "edit set namespace a -C none",
      "Error: Missing kustomization file 'kustomization.yaml' in none."
    ),
    ("create", "Error: kustomization file already exists"),
  ])
  func refusesInKustomizesWords(call: String, words: String) throws {
    try write()
    let outcome = try run(call)
    #expect(outcome.errors.split(separator: "\n").first.map { String($0) } == words)
    #expect(outcome.output == "")
    #expect(outcome.status == 1)
    #expect(kustomization == Self.text)
  }

  /// An empty path, as a script passes it where a variable is unset, is no file and is not listed.
  @Test(arguments: [
    ("resource", 1, "Error:  has no match: no such file or directory\n"),
    ("component", 1, "Error:  has no match: no such file or directory\n"),
    ("base", 1, "Error:  does not exist\n"),
    ("generator", 0, " has no match\n"),
    ("transformer", 0, " has no match\n"),
    ("configuration", 0, " has no match\n"),
  ])
  func addsNothingForAnEmptyPath(word: String, status: Int32, message: String) throws {
    try write()
    let outcome = try BuiltCommand.run(["edit", "add", word, ""], in: directory.url)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message))
    #expect(kustomization == Self.text)
  }

  @Test func showsWhereAFileIsWrong() throws {
    try write("namespce: dev\n")
    let outcome = try run("edit set namespace prod")
    #expect(
      outcome.errors == """
        Error: invalid Kustomization: unknown field "namespce" in kustomization
        kustomization.yaml:1:1: error: unknown field "namespce" in kustomization
            1 │ namespce: dev
              │ ^ did you mean "namespace"?

        """)
    #expect(outcome.status == 1)
  }

  @Test func saysWhatIsThereAlready() throws {
    try write()
    let outcome = try run("edit add resource cm.yaml")
    #expect(outcome.errors.hasSuffix(" resource cm.yaml already in kustomization file\n"))
    #expect(outcome.errors.wholeMatch(of: /\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d [^\n]*\n/) != nil)
    #expect(outcome.status == 0)
    #expect(kustomization == Self.text)
  }

  @Test func refusesAKeyThatComesTwice() throws {
    try write("configMapGenerator:\n- name: cm\n  literals: [a=1]\n")
    let outcome = try run("edit add configmap cm --from-literal=a=2")
    #expect(outcome.errors.hasPrefix("Error: failed to create configmap: "))
    #expect(outcome.status == 1)
  }

  // MARK: - fix

  @Test func fixKeepsWhatIsRendered() throws {
    try write(
      """
      bases: # old
      # the base
      - base
      resources:
      - cm.yaml
      patchesJson6902:
      # one
      - path: j.yaml # two
        target: {version: v1, kind: ConfigMap, name: x}
      patchesStrategicMerge:
      - |-
        # inline
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: x}
        data:
          a: b
      commonLabels: # l
        app: shop # z

      """)
    try directory.write("base/kustomization.yaml", "resources: [s.yaml]\n")
    try directory.write("base/s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n")
    try directory.write("j.yaml", "- {op: replace, path: /data/a, value: c}\n")
    let before = try run("build .").output
    let outcome = try run("edit fix")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output == """

        Fixed fields:
          bases -> resources
          patchesStrategicMerge -> patches
          patchesJson6902 -> patches
          commonLabels -> labels
          apiVersion added
          kind added

        """)
    #expect(
      kustomization == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - cm.yaml
        # old
        # the base
        - base
        patches:
        - patch: |-
            # inline
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: x}
            data:
              a: b
        # one
        - path: j.yaml # two
          target: {version: v1, kind: ConfigMap, name: x}
        labels: # l
        - includeSelectors: true
          pairs:
            app: shop # z

        """)
    let after = try run("build .")
    #expect(after.output == before)
    #expect(after.errors == "")
  }

  /// Patches run before labels, and JSON patches of their own field behind them.
  @Test func fixRefusesWhatChangesTheResult() throws {
    try write(
      """
      resources: [cm.yaml]
      commonLabels: {app: shop}
      patchesJson6902:
      - patch: '[{"op": "replace", "path": "/metadata/labels/app", "value": "z"}]'
        target: {version: v1, kind: ConfigMap, name: x}

      """)
    let text = kustomization
    let outcome = try run("edit fix")
    #expect(outcome.errors.hasPrefix("Error: the fixed kustomization cannot be rendered\n"))
    #expect(
      outcome.errors.hasSuffix("Nothing was written. Use --force to write it all the same.\n"))
    #expect(outcome.status == 1)
    #expect(kustomization == text)
    #expect(try run("edit fix --force").status == 0)
    #expect(kustomization != text)
  }

  @Test func fixSaysWhereItIsNotProved() throws {
    try write(
      """
      helmChartInflationGenerator:
      - chartName: c # name
        chartVersion: 1.2.3
        chartHome: home
      - values: v.yaml
        releaseName: r

      """)
    let outcome = try run("edit fix")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains(" the fix could not be proved: "))
    #expect(
      kustomization == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        helmCharts:
        - name: c # name
          version: 1.2.3
        - valuesFile: v.yaml
          releaseName: r
        helmGlobals:
          chartHome: home

        """)
  }

  /// Of several charts, the last one that says something of helm counts; what `helmGlobals` says stays alone.
  @Test func fixTakesTheLastHomeOfCharts() throws {
    let charts = """
      helmChartInflationGenerator:
      - {chartName: c, chartHome: one, helmHome: h1}
      - {chartName: d, chartHome: two}
      - {chartName: e, chartHome: ""}

      """
    try write(charts)
    #expect(try run("edit fix").status == 0)
    #expect(kustomization?.hasSuffix("helmGlobals:\n  chartHome: two\n  configHome: h1\n") == true)
    try write("helmGlobals: {configHome: x}\n" + charts)
    #expect(try run("edit fix --force").status == 0)
    #expect(kustomization?.contains("helmGlobals: {configHome: x}\n") == true)
    #expect(kustomization?.contains("chartHome") == false)
  }

  @Test func fixNamesTheFieldThatWouldChange() throws {
    try write(
      """
      resources: [cm.yaml]
      commonLabels: {app: shop}
      patchesJson6902:
      - patch: '[{"op": "add", "path": "/metadata/labels", "value": {"only": "this"}}]'
        target: {version: v1, kind: ConfigMap, name: x}

      """)
    let outcome = try run("edit fix")
    #expect(
      outcome.errors.hasPrefix("Error: the fixed kustomization would render something else\n"))
    #expect(outcome.errors.contains("metadata.labels"))
    #expect(outcome.errors.contains("ConfigMap x"))
    #expect(outcome.status == 1)
  }

  @Test func fixConvertsAllVariablesOrNone() throws {
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: p}
      spec:
        containers:
        - name: c # here
          args: [$(V), a-$(V)-b]

      """
    try directory.write("pod.yaml", pod)
    let vars = """
      resources: [cm.yaml, pod.yaml]
      namePrefix: a-
      vars:
      - name: V
        objref: {apiVersion: v1, kind: ConfigMap, name: x}

      """
    try write(vars)
    let before = try run("build .").output
    #expect(try run("edit fix --vars").status == 0)
    #expect(try run("build .").output == before)
    #expect(directory.read("pod.yaml") == pod.replacing("$(V)", with: "V_PLACEHOLDER"))

    try directory.write("pod.yaml", pod.replacing("a-$(V)-b", with: "a-$(V)b"))
    try write(vars)
    let outcome = try run("edit fix --vars")
    #expect(
      outcome.errors == "Error: cannot convert all vars to replacements; $(V) is not delimited\n")
    #expect(outcome.status == 1)
    #expect(kustomization == vars)
    #expect(directory.read("pod.yaml")?.contains("$(V)b") == true)
  }

  // MARK: - create

  @Test func createFindsResourcesAndNothingElse() throws {
    for name in [".hidden.yaml", "sub/.git/x.yaml"] {
      try directory.write(name, "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n")
    }
    try directory.write("empty.yaml", "# nothing\n")
    try directory.write("zero.yaml", "")
    try directory.write("notes.txt", "just: text\n")
    try directory.write(
      "sub/deep.json", "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"}}")
    try directory.link("loop", to: ".")
    #expect(try run("create --autodetect --recursive").status == 0)
    #expect(
      kustomization == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - cm.yaml
        - sub/deep.json

        """)
  }

  @Test func createLeavesNothingBehind() throws {
    #expect(try run("create --labels a:b,:c").status == 1)
    #expect(kustomization == nil)
    #expect(try run("create --resources cm.yaml --dry-run").output.hasPrefix("--- /dev/null\n"))
    #expect(kustomization == nil)
  }
}
