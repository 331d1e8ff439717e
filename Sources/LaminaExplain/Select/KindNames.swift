package import Lamina

/// The words that stand for a kind: `Deployment`, `deployment`, `deployments`, `deploy`.
package struct KindNames: Sendable {
  private var kinds: [ByteText: String] = [:]

  /// - Parameters:
  ///   - resources: definitions among them say what their kinds are called.
  ///   - identities: what they are called in messages.
  package init(_ resources: [RenderedResource], _ identities: [RenderedResource.Identity]? = nil) {
    for id in identities ?? resources.map(\.id) { add(id.kind) }
    for resource in resources where resource.id.kind == "CustomResourceDefinition" {
      let content = resource.content
      guard let kind = content.value(at: "spec", "names", "kind")?.text else { continue }
      add(kind)
      for field in ["plural", "singular"] {
        let name = content.value(at: "spec", "names", .key(field))?.text
        if let name { kinds[name] = kinds[name] ?? kind }
      }
      let count = content.value(at: "spec", "names", "shortNames")?.count ?? 0
      for index in 0..<count {
        let name = content.value(at: "spec", "names", "shortNames", .index(index))?.text
        if let name { kinds[name] = kinds[name] ?? kind }
      }
    }
    for (name, kind) in Self.shortNames { kinds[name] = kinds[name] ?? kind }
  }

  private mutating func add(_ kind: String) {
    let word = kind.lowercased()
    for name in [word, Self.plural(of: word)] where kinds[name] == nil { kinds[name] = kind }
  }

  /// The kind that a word stands for, in any case of its letters; nil for a word that stands for none.
  package func kind(_ word: String) -> String? { kinds[word.lowercased()] }

  /// All words, for suggestions.
  package var words: [String] { kinds.keys.sortedTexts }

  /// As the API server makes plurals.
  private static func plural(of word: String) -> String {
    if word == "endpoints" { return word }
    if ["s", "x", "ch", "sh"].contains(where: { word.ends(with: $0) }) { return word + "es" }
    if word.ends(with: "y"), !["ay", "ey", "oy", "uy"].contains(where: { word.ends(with: $0) }) {
      return word.dropLast() + "ies"
    }
    return word + "s"
  }

  /// What `kubectl api-resources` lists for the kinds of Kubernetes.
  private static let shortNames = [
    "cj": "CronJob", "cm": "ConfigMap", "crd": "CustomResourceDefinition",
    "crds": "CustomResourceDefinition", "cs": "ComponentStatus",
    "csr": "CertificateSigningRequest", "deploy": "Deployment", "ds": "DaemonSet",
    "ep": "Endpoints", "ev": "Event", "hpa": "HorizontalPodAutoscaler", "ing": "Ingress",
    "limits": "LimitRange", "netpol": "NetworkPolicy", "no": "Node", "ns": "Namespace",
    "pc": "PriorityClass", "pdb": "PodDisruptionBudget", "po": "Pod", "pv": "PersistentVolume",
    "pvc": "PersistentVolumeClaim", "quota": "ResourceQuota", "rc": "ReplicationController",
    "rs": "ReplicaSet", "sa": "ServiceAccount", "sc": "StorageClass", "sts": "StatefulSet",
    "svc": "Service",
  ]
}
