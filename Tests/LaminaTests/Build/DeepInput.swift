import Lamina

/// Kustomizations that go as deep as they are told to, each in another way.
enum DeepInput: CaseIterable {
  case bases, components, transformers
  case lists, mappings, dashes, listItems
  case strategicMerge, newInMerge, jsonPatch, jsonCopy, jsonTest, jsonText
  case replacement, replacedPath, labelledPath, embeddedList, embeddedValue
  case images, namespace, aliases, mergeKeys, validated, hashed

  /// The files of a kustomization in `/app`.
  func files(depth: Int) -> [String: String] {
    let list = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let mapping =
      String(repeating: "{a: ", count: depth) + "b" + String(repeating: "}", count: depth)
    func object(_ spec: String, _ steps: String = "") -> [String: String] {
      [
        "/app/kustomization.yaml": "resources: [x.yaml]\n\(steps)",
        "/app/x.yaml": "\(Self.header)spec: \(spec)\n",
      ]
    }
    func patch(_ operation: String) -> String {
      "patches:\n- target: {kind: X}\n  patch: |\n    - \(operation)\n"
    }
    func replacement(of source: String, to path: String, create: Bool = true) -> String {
      """
      replacements:
      - \(source)
        targets: [{select: {kind: X}, fieldPaths: ["\(path)"], options: {create: \(create)}}]

      """
    }
    switch self {
    case .bases: return Self.layers(depth) { "resources: [../l\($0 + 1)]\n" }
    case .components:
      let kind = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
      return Self.layers(depth) { ($0 == 0 ? "" : kind) + "components: [../l\($0 + 1)]\n" }
        .merging(["/app/l\(depth)/kustomization.yaml": kind + "namePrefix: p-\n"]) { $1 }
    case .transformers:
      let prefix = """
        apiVersion: builtin
        kind: PrefixTransformer
        metadata: {name: p}
        prefix: p-
        fieldSpecs: [{path: metadata/name}]

        """
      var files = Self.layers(depth) { "resources: [x.yaml]\ntransformers: [../l\($0 + 1)]\n" }
      for layer in 1...depth { files["/app/l\(layer)/x.yaml"] = prefix }
      files["/app/x.yaml"] = "\(Self.header)spec: {}\n"
      return files
    case .lists: return object(list)
    case .mappings: return object(mapping)
    case .dashes: return object("\n" + String(repeating: "- ", count: depth) + "x")
    case .listItems:
      return [
        "/app/kustomization.yaml": "resources: [x.yaml]\n",
        "/app/x.yaml": """
        apiVersion: example.com/v1
        kind: XList
        items: [{apiVersion: example.com/v1, kind: X, metadata: {name: x}, spec: \(list)}]

        """,
      ]
    case .strategicMerge:
      let patch = "{apiVersion: example.com/v1, kind: X, metadata: {name: x}, spec: \(mapping)}"
      return object(mapping, "patches: [{patch: '\(patch)'}]\n")
    case .newInMerge:
      let patch = "{apiVersion: example.com/v1, kind: X, metadata: {name: x}, other: \(mapping)}"
      return object("{}", "patches: [{patch: '\(patch)'}]\n")
    case .jsonPatch: return object("{}", patch("{op: add, path: /spec/a, value: \(list)}"))
    case .jsonCopy: return object(list, patch("{op: copy, from: /spec, path: /other}"))
    case .jsonTest: return object(list, patch("{op: test, path: /spec, value: \(list)}"))
    case .jsonText:
      let text = "[{\"op\": \"add\", \"path\": \"/other\", \"value\": \(list)}]"
      return object("{}", "patches: [{target: {kind: X}, patch: '\(text)'}]\n")
    case .replacement:
      return object(list, replacement(of: "source: {kind: X, fieldPath: spec}", to: "other.a"))
    case .replacedPath:
      let path = "spec" + String(repeating: ".b", count: depth)
      return object("{a: b}", replacement(of: "sourceValue: v", to: path))
    case .labelledPath:
      let path = "spec" + String(repeating: "/b", count: depth)
      return object(
        "{a: b}", "labels: [{pairs: {a: b}, fields: [{path: \(path), create: true}]}]\n")
    case .embeddedList:
      return object(
        "{text: \"{a: b, c: \(list)}\"}",
        replacement(of: "sourceValue: v", to: "spec.text.a", create: false))
    case .embeddedValue:
      return object(
        "{text: 'a: b', list: \(list)}",
        replacement(of: "source: {kind: X, fieldPath: spec.list}", to: "spec.text.a", create: false)
      )
    case .images: return object(list, "images: [{name: a, newTag: b}]\n")
    case .namespace: return object(list, "namespace: apps\nlabels: [{pairs: {a: b}}]\n")
    case .aliases: return object("{a: &a \(list), b: \(list.prefix(depth))*a\(list.suffix(depth))}")
    case .mergeKeys:
      return object("{}", patch("{op: add, path: /spec/a, value: {<<: {c: \(list)}, d: e}}"))
    case .validated:
      let validator = """
        validators:
        - |-
          apiVersion: builtin
          kind: LabelTransformer
          metadata: {name: v}
          labels: {validated-by: me}
          fieldSpecs: [{path: metadata/labels, create: true}]

        """
      return object(list, validator)
    case .hashed:
      return [
        "/app/kustomization.yaml": "resources: [x.yaml]\n",
        "/app/x.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: x, annotations: {kustomize.config.k8s.io/needs-hash: "true"}}
        data: {a: \(list)}

        """,
      ]
    }
  }

  private static let header = "apiVersion: example.com/v1\nkind: X\nmetadata: {name: x}\n"

  /// Layers one upon the other, the first in `/app` itself.
  private static func layers(_ depth: Int, _ text: (Int) -> String) -> [String: String] {
    var files: [String: String] = [:]
    for layer in 0..<depth {
      let text = text(layer)
      files[layer == 0 ? "/app/kustomization.yaml" : "/app/l\(layer)/kustomization.yaml"] =
        layer == 0 ? text.replacing("../", with: "") : text
    }
    files["/app/l\(depth)/kustomization.yaml"] = "resources: [x.yaml]\n"
    files["/app/l\(depth)/x.yaml"] = header
    return files
  }
}
