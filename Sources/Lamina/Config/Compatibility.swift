/// Which kustomize a build equals, where upstream has changed what an input renders since v5.8.1.
///
/// `Docs/COMPATIBILITY.md` lists the changes.
public enum Compatibility: String, Sendable, CaseIterable {
  /// kustomize v5.8.1, which Argo CD, Flux and kubectl contain.
  case stable = "v5.8.1"
  /// Upstream's main branch: v5.8.1 and the changes made since.
  case next
}

/// A change on upstream's main branch, after v5.8.1, to what an input renders.
///
/// A build of `stable` that meets one of these warns, once for each change; a build of `next` does
/// what upstream does.
enum UpstreamChange: Int, Sendable, CaseIterable {
  /// `ValidatingAdmissionPolicy` and its binding are cluster-scoped (upstream commit fcef996b1).
  case admissionPolicyScope
  /// `images` matches digests of every algorithm, not only SHA-256 (upstream commit 9f89960cf).
  case imageDigestAlgorithms
  /// `options.delimiter` applies to YAML and JSON held in text as well (upstream commit 194aac685).
  case delimiterInEmbeddedText
  /// `includeTemplates` alone no longer labels volume claim templates (upstream commit 80f63ae0c).
  case volumeClaimTemplateLabels
  /// A part of a directory's path that contains `..` is refused (upstream commit 29bf16c67).
  case dotsInsidePathPart

  /// What v5.8.1 does, and what main does instead.
  ///
  /// The subject of both is the version of kustomize (`Problem.differs`).
  fileprivate var words: (stable: String, next: String) {
    switch self {
    case .admissionPolicyScope:
      ("gives this cluster-scoped object a namespace", "gives it none")
    case .imageDigestAlgorithms:
      ("leaves this image alone, because its digest is not sha256", "changes it")
    case .delimiterInEmbeddedText:
      (
        "ignores options.delimiter in YAML or JSON held in text and replaces the whole value",
        "replaces one part of it"
      )
    case .volumeClaimTemplateLabels:
      (
        "adds the labels of includeTemplates to volumeClaimTemplates",
        "adds them with includeVolumeClaimTemplates only"
      )
    case .dotsInsidePathPart:
      ("accepts a path with '..' inside one of its parts", "refuses it as a mistake")
    }
  }
}

extension Problem {
  /// The warning that another version of kustomize renders something else here.
  static func differs(_ change: UpstreamChange, at position: Position) -> Problem {
    let (stable, next) = change.words
    return Problem(
      .versionDifference, "kustomize v5.8.1 \(stable); upstream's main branch \(next)",
      at: position, option: .compatibilityNext)
  }
}
