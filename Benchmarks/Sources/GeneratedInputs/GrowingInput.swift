/// Inputs of which one thing grows: what a build costs must grow in a straight line with it.
public enum GrowingInput: String, CaseIterable, Sendable {
  case resources
  case files
  case layers
  case overlays
  case strategicPatches
  case legacyPatches
  case jsonPatches
  case legacyJSONPatches
  case replicas
  case images
  case references
  case sameNames
  case bindings
  case replacements
  case replacementsToOne
  case vars
  case generators
  case literals
  case labels
  case annotations
  case elements
  case operations
  case aliases
  case fields
  case patchesOfOne
  case elementsOfOne
  case jsonPatchesOfOne
  case chain
  case kinds
  case kindsOnOnePath
  case replacementPairs
  case patchPairs
  case jsonPatchPairs

  /// Everything is done with everything: what has to be done grows with the square of the count.
  public var growsInPairs: Bool {
    switch self {
    case .kindsOnOnePath, .replacementPairs, .patchPairs, .jsonPatchPairs: true
    default: false
    }
  }

  /// The input with `count` of the thing that grows.
  public func make(_ count: Int) -> GeneratedInput {
    let numbers = 0..<count
    switch self {
    case .resources: return Inputs.shop(resources: count * 4)
    case .files:
      return manyFiles(numbers.map { Objects.configMap("config-\($0)") })
    case .layers: return layers(numbers)
    case .overlays: return overlays(numbers)
    case .strategicPatches:
      return patched(numbers, "patches:\n") { "- patch: |-\n    \(replicas($0, indent: 4))\n" }
    case .legacyPatches:
      return patched(numbers, "patchesStrategicMerge:\n") { "- |-\n  \(replicas($0, indent: 2))\n" }
    case .jsonPatches: return patched(numbers, "patches:\n", jsonPatch)
    case .legacyJSONPatches: return patched(numbers, "patchesJson6902:\n", jsonPatch)
    case .replicas:
      return patched(numbers, "replicas:\n") { "- name: app-\($0)\n  count: 5\n" }
    case .images:
      return patched(numbers, "images:\n") {
        "- name: example.com/shop/app-\($0)\n  newTag: 2.0.0\n"
      }
    case .references:
      let objects = numbers.map {
        Objects.configMap("config-\($0)") + "---\n"
          + Objects.deployment("app-\($0)", configMap: "config-\($0)")
      }
      return oneFile(objects, "namePrefix: a-\n")
    case .sameNames:
      let objects = numbers.map {
        Objects.configMap("config", namespace: "space-\($0)") + "---\n"
          + Objects.pod("app", namespace: "space-\($0)", configMap: "config")
      }
      return oneFile(objects, "nameSuffix: -a\n")
    case .bindings:
      let objects = numbers.map {
        Objects.serviceAccount("default", namespace: "space-\($0)") + "---\n"
          + Objects.clusterRoleBinding(
            "binding-\($0)", account: "default", namespace: "space-\($0)")
      }
      return oneFile(objects, "namePrefix: a-\n")
    case .replacements: return patched(numbers, "replacements:\n", replacement)
    case .replacementsToOne: return replacementsToOne(numbers)
    case .vars: return vars(numbers)
    case .generators:
      let list = numbers.map { "- name: config-\($0)\n  literals: [a=\($0)]\n" }
      return oneFile(
        numbers.map { Objects.deployment("app-\($0)", configMap: "config-\($0)") },
        "configMapGenerator:\n" + list.joined())
    case .literals:
      let list = numbers.map { "  - key-\($0)=\($0)\n" }
      return oneFile([], "configMapGenerator:\n- name: config\n  literals:\n" + list.joined())
    case .labels:
      let list = numbers.map { "    label-\($0): a\n" }
      return oneFile(
        [Objects.deployment("app")], "labels:\n- includeSelectors: true\n  pairs:\n" + list.joined()
      )
    case .annotations:
      let list = numbers.map { "  note-\($0): a\n" }
      return oneFile([Objects.deployment("app")], "commonAnnotations:\n" + list.joined())
    case .elements: return elements(numbers)
    case .operations: return operations(numbers)
    case .aliases:
      let list = numbers.map { "  a\($0): *x\n" }
      return oneFile(["\(Objects.configMap("a"))  x: &x text\n" + list.joined()])
    case .fields:
      let list = numbers.map { "  \(($0 &* 7919) % 1_000_003): text\n  b\($0): 'x'\n" }
      return oneFile([Objects.configMap("a") + list.joined().quotedKeys])
    case .patchesOfOne:
      return patchesOfOne(numbers) { "metadata:\n  name: app\n  annotations:\n    note-\($0): a\n" }
    case .elementsOfOne:
      return patchesOfOne(numbers) {
        """
        metadata:
          name: app
        spec:
          template:
            spec:
              containers:
              - name: main
                env:
                - name: E\($0)
                  value: a

        """
      }
    case .jsonPatchesOfOne:
      let list = numbers.map {
        jsonPatch("- {op: add, path: /metadata/labels/note-\($0), value: a}")
      }
      return oneFile([Objects.deployment("app")], "patches:\n" + list.joined())
    case .chain: return chain(numbers)
    case .kinds: return kinds(numbers, user: { "User\($0)" }, field: { "ref\($0)" })
    case .kindsOnOnePath: return kinds(numbers, user: { _ in "User" }, field: { _ in "ref" })
    case .replacementPairs:
      let list = numbers.map {
        """
        - source: {kind: ConfigMap, name: config-\($0), fieldPath: data.region}
          targets:
          - select: {kind: Deployment}
            fieldPaths:
            - spec.template.spec.containers.[name=main].env.[name=LOG_FORMAT].value

        """
      }
      let objects = numbers.map {
        Objects.configMap("config-\($0)") + "---\n" + Objects.deployment("app-\($0)")
      }
      return oneFile(objects, "replacements:\n" + list.joined())
    case .patchPairs:
      return patched(numbers, "patches:\n") {
        """
        - target: {kind: Deployment}
          patch: |-
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: any
              annotations:
                note: a\($0)
            spec:
              template:
                spec:
                  containers:
                  - name: main
                    env:
                    - name: LOG_FORMAT
                      value: a\($0)

        """
      }
    case .jsonPatchPairs:
      return patched(numbers, "patches:\n") {
        jsonPatch("- {op: add, path: /spec/replicas, value: \($0)}")
      }
    }
  }

  // MARK: - Shapes

  private func oneFile(_ objects: [String], _ fields: String = "") -> GeneratedInput {
    var input = GeneratedInput(root: "all")
    let files = objects.isEmpty ? [] : ["objects.yaml"]
    for file in files { input.add("all/\(file)", objects.joined(separator: "---\n")) }
    input.addKustomization(in: "all", resources: files, fields)
    return input
  }

  private func manyFiles(_ objects: [String]) -> GeneratedInput {
    var input = GeneratedInput(root: "all")
    for (number, object) in objects.enumerated() { input.add("all/\(number).yaml", object) }
    input.addKustomization(in: "all", resources: objects.indices.map { "\($0).yaml" })
    return input
  }

  /// Deployments, and a kustomization with an entry for each of them.
  private func patched(
    _ numbers: Range<Int>, _ field: String, _ entry: (Int) -> String
  ) -> GeneratedInput {
    oneFile(
      numbers.map { Objects.deployment("app-\($0)") }, field + numbers.map(entry).joined())
  }

  /// Bases side by side, each with a prefix of its own, under one root.
  private func layers(_ numbers: Range<Int>) -> GeneratedInput {
    var input = GeneratedInput(root: "all")
    for number in numbers {
      input.add("base-\(number)/config.yaml", Objects.configMap("config"))
      input.addKustomization(
        in: "base-\(number)", resources: ["config.yaml"], "namePrefix: p\(number)-\n")
    }
    input.addKustomization(in: "all", resources: numbers.map { "../base-\($0)" })
    return input
  }

  /// Overlays of one base under one root.
  private func overlays(_ numbers: Range<Int>) -> GeneratedInput {
    var input = GeneratedInput(root: "all")
    input.add("base/app.yaml", Objects.deployment("app"))
    input.addKustomization(
      in: "base", resources: ["app.yaml"],
      "configMapGenerator:\n- name: app\n  literals: [region=a]\n")
    for number in numbers {
      input.addKustomization(
        in: "overlay-\(number)", resources: ["../base"], "nameSuffix: -v\(number)\n")
    }
    input.addKustomization(in: "all", resources: numbers.map { "../overlay-\($0)" })
    return input
  }

  /// Layers one above the other, each with something to say of a few objects.
  private func chain(_ numbers: Range<Int>) -> GeneratedInput {
    var input = GeneratedInput(root: "layer-\(numbers.upperBound)")
    input.add(
      "layer-0/apps.yaml",
      (0..<20).map { Objects.deployment("app-\($0)") }.joined(separator: "---\n"))
    input.addKustomization(in: "layer-0", resources: ["apps.yaml"])
    for number in numbers {
      input.addKustomization(
        in: "layer-\(number + 1)", resources: ["../layer-\(number)"],
        "namePrefix: a-\nlabels:\n- includeSelectors: true\n  pairs: {layer-\(number % 5): x\(number)}\n"
      )
    }
    return input
  }

  /// Patches of one object, each with the fields that come behind its type.
  private func patchesOfOne(_ numbers: Range<Int>, _ fields: (Int) -> String) -> GeneratedInput {
    let list = numbers.map { number in
      let text = "apiVersion: apps/v1\nkind: Deployment\n" + fields(number)
      return "- patch: |-\n" + text.split(separator: "\n").map { "    \($0)\n" }.joined()
    }
    return oneFile([Objects.deployment("app")], "patches:\n" + list.joined())
  }

  /// An object of each kind, and one that names it.
  private func kinds(
    _ numbers: Range<Int>, user: (Int) -> String, field: (Int) -> String
  ) -> GeneratedInput {
    func object(_ kind: String, _ name: String) -> String {
      "apiVersion: example.com/v1\nkind: \(kind)\nmetadata:\n  name: \(name)\n"
    }
    let objects = numbers.map {
      object("Kind\($0)", "kind-\($0)") + "---\n" + object(user($0), "user-\($0)")
        + "spec:\n  \(field($0)): kind-\($0)\n"
    }
    let references = numbers.map {
      "- kind: Kind\($0)\n  fieldSpecs:\n  - path: spec/\(field($0))\n    kind: \(user($0))\n"
    }
    var input = oneFile(objects, "namePrefix: a-\nconfigurations: [references.yaml]\n")
    input.add("all/references.yaml", "nameReference:\n" + references.joined())
    return input
  }

  // MARK: - Entries

  /// A JSON patch of all deployments, with one operation.
  private func jsonPatch(_ operation: String) -> String {
    "- target: {kind: Deployment}\n  patch: |-\n    \(operation)\n"
  }

  private func replicas(_ number: Int, indent: Int) -> String {
    let lines = [
      "apiVersion: apps/v1", "kind: Deployment", "metadata:", "  name: app-\(number)", "spec:",
      "  replicas: 5",
    ]
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  private func jsonPatch(_ number: Int) -> String {
    """
    - target:
        group: apps
        version: v1
        kind: Deployment
        name: app-\(number)
      patch: |-
        - op: replace
          path: /spec/replicas
          value: 5

    """
  }

  private func replacement(_ number: Int) -> String {
    """
    - source:
        kind: Deployment
        name: app-\(number)
        fieldPath: metadata.name
      targets:
      - select:
          kind: Deployment
          name: app-\(number)
        fieldPaths:
        - spec.template.metadata.labels.copy
        options:
          create: true

    """
  }

  /// Many targets of one replacement, by name.
  private func replacementsToOne(_ numbers: Range<Int>) -> GeneratedInput {
    let targets = numbers.map {
      "  - select: {kind: Deployment, name: app-\($0)}\n    fieldPaths: [spec.replicas]\n"
    }
    return oneFile(
      numbers.map { Objects.deployment("app-\($0)") },
      "replacements:\n- sourceValue: \"7\"\n  targets:\n" + targets.joined())
  }

  private func vars(_ numbers: Range<Int>) -> GeneratedInput {
    let objects = numbers.map { number in
      Objects.service("app-\(number)") + "---\n"
        + Objects.deployment("app-\(number)").replacing("value: json", "value: $(NAME_\(number))")
    }
    let vars = numbers.map {
      "- name: NAME_\($0)\n  objref: {apiVersion: v1, kind: Service, name: app-\($0)}\n"
    }
    return oneFile(objects, "namePrefix: a-\nvars:\n" + vars.joined())
  }

  /// A list that is merged by its keys: the object and the patch both have many elements.
  private func elements(_ numbers: Range<Int>) -> GeneratedInput {
    func pod(_ value: String) -> String {
      let list = numbers.map { "    - name: E\($0)\n      value: \(value)\n" }
      return """
        apiVersion: v1
        kind: Pod
        metadata:
          name: app
        spec:
          containers:
          - name: main
            image: a
            env:

        """ + list.joined()
    }
    var input = GeneratedInput(root: "all")
    input.add("all/pod.yaml", pod("a"))
    input.add("all/patch.yaml", pod("b"))
    input.addKustomization(
      in: "all", resources: ["pod.yaml"], "patches:\n- path: patch.yaml\n")
    return input
  }

  /// One JSON patch of many operations that append to a list and add to a mapping.
  private func operations(_ numbers: Range<Int>) -> GeneratedInput {
    let list = numbers.map {
      """
          - {op: add, path: /data/key-\($0), value: a}
          - {op: add, path: /list/-, value: a}

      """
    }
    return oneFile(
      [Objects.configMap("a") + "list: []\n"],
      "patches:\n- target: {kind: ConfigMap}\n  patch: |-\n" + list.joined())
  }
}

extension String {
  /// The text with every occurrence of a part replaced.
  fileprivate func replacing(_ part: String, _ other: String) -> String {
    components(separatedBy: part).joined(separator: other)
  }

  private func components(separatedBy part: String) -> [String] {
    var result: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      result.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return result + [String(rest)]
  }

  /// Numbers as keys in quotes, as a config map has to have them.
  fileprivate var quotedKeys: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        guard let colon = line.firstIndex(of: ":"), line.dropFirst(2).first?.isNumber == true
        else { return String(line) }
        return "  \"\(line[..<colon].dropFirst(2))\"\(line[colon...])"
      }
      .joined(separator: "\n")
  }
}
