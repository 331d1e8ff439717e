import Lamina
import LaminaSchema

/// Violations as tests write them: `path: message -> suggestion (help)`.
enum CheckedObjects {
  /// The facts of all versions, read once for all tests.
  private static let allVersions = KubernetesFacts(version: nil)

  /// Checks the objects of a stream against each other's definitions and those of another stream.
  static func violations(
    _ yaml: String, version: String? = nil, definitions: String = ""
  ) throws -> [String] {
    let rendering = try Rendering(manifest: Array(yaml.utf8), displayPath: "objects.yaml")
    let facts = version.map { KubernetesFacts(version: KubernetesVersion($0)) } ?? allVersions
    var known = CustomDefinitions()
    if !definitions.isEmpty {
      let others = try Rendering(manifest: Array(definitions.utf8), displayPath: "definitions.yaml")
      for resource in others.resources { known.add(definition: resource.root, in: resource.tree) }
    }
    for resource in rendering.resources { known.add(definition: resource.root, in: resource.tree) }
    return rendering.resources.flatMap { resource in
      facts.check(resource.root, in: resource.tree, definitions: known).map(text)
    }
  }

  static func text(_ violation: SchemaViolation) -> String {
    let suggestion = violation.suggestion.map { " -> \($0)" } ?? ""
    let help = violation.help.map { " (\($0))" }.joined()
    return "\(violation.path): \(violation.message)\(suggestion)\(help)"
  }
}
