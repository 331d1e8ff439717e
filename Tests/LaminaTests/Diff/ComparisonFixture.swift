import Lamina
import LaminaDiff

/// Compares two streams of YAML.
struct ComparisonFixture {
  var options = Comparison.Options()

  func diff(_ old: String, _ new: String) throws -> RootDiff {
    Comparison.diff("root", from: try side("old", old), to: try side("new", new), options)
  }

  private func side(_ label: String, _ yaml: String) throws -> Comparison.Side {
    let rendering = try Rendering(manifest: Array(yaml.utf8), displayPath: label)
    return Comparison.Side(label: label, content: .rendered(rendering))
  }

  /// A line for each resource, field and consequence that is reported.
  func lines(_ old: String, _ new: String) throws -> [String] {
    try diff(old, new).resources.flatMap { resource in
      [Self.title(resource)]
        + resource.changes.map { "  \($0.path)\(Self.words($0.kind))" }
        + resource.consequences.map { "  ! \($0.kind.rawValue): \($0.message)" }
    }
  }

  private static func title(_ resource: ResourceDiff) -> String {
    let sides = [resource.old, resource.new].map { side in
      side.map { "\($0.id)" } ?? "nothing"
    }
    let match = resource.match.map { " by \($0)" } ?? ""
    return sides[0] == sides[1] ? sides[0] : sides.joined(separator: " -> ") + match
  }

  private static func words(_ kind: FieldChange.Kind) -> String {
    switch kind {
    case .added(let value): " + \(words(value))"
    case .removed(let value): " - \(words(value))"
    case .changed(let old, let new): ": \(words(old)) -> \(words(new))"
    case .text: " text"
    case .reordered(let old, let new):
      ": \(old.joined(separator: " ")) => \(new.joined(separator: " "))"
    }
  }

  private static func words(_ value: ManifestValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let text): text
    case .string(let text): "'\(text)'"
    case .secret(let count): "secret of \(count)"
    case .list(let elements): "[\(elements.map { words($0) }.joined(separator: " "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key): \(words($0.value))" }.joined(separator: " "))}"
    }
  }

  // MARK: - Objects

  static func configMap(_ name: String, _ value: String, namespace: String = "shop") -> String {
    """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: \(name), namespace: \(namespace)}
    data: {key: \(value)}
    ---

    """
  }

  static func workload(
    _ kind: String, _ name: String, apiVersion: String = "apps/v1", configMap: String,
    image: String = "web:1"
  ) -> String {
    """
    apiVersion: \(apiVersion)
    kind: \(kind)
    metadata: {name: \(name), namespace: shop}
    spec:
      template:
        spec:
          containers:
          - name: web
            image: \(image)
            envFrom:
            - configMapRef: {name: \(configMap)}
    ---

    """
  }
}
