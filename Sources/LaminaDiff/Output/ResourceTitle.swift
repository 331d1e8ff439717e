internal import Lamina

/// What a resource is called above what differs in it.
struct ResourceTitle {
  /// `Deployment`
  let kind: String
  /// Namespace and name, on both sides where they are not the same: `shop/app-6k7 → app-h42`.
  let name: String
  /// `apps/v1`, on both sides where they are not the same.
  let apiVersion: String
  /// How the two were known to be one, where their ids do not tell.
  let remark: String?

  init(_ resource: ResourceDiff) {
    let old = resource.old?.id ?? resource.new?.id
    let new = resource.new?.id ?? resource.old?.id
    kind = ShownText.line(new?.kind ?? "")
    name = Self.name(old, new)
    apiVersion = Self.pair(old?.apiVersion ?? "", new?.apiVersion ?? "")
    if let root = resource.movedTo {
      remark = "moved to \(ShownText.line(root))"
    } else if let root = resource.movedFrom {
      remark = "moved from \(ShownText.line(root))"
    } else {
      remark = resource.match.flatMap(Self.remark)
    }
  }

  /// `Deployment shop/orders`
  var words: String { "\(kind) \(name)" }

  private static func name(
    _ old: RenderedResource.Identity?, _ new: RenderedResource.Identity?
  ) -> String {
    guard let old, let new else { return "" }
    if !old.namespace.hasBytes(of: new.namespace) {
      return pair(old.qualifiedName, new.qualifiedName)
    }
    let names = pair(old.name, new.name)
    return new.namespace.isEmpty ? names : "\(ShownText.line(new.namespace))/\(names)"
  }

  private static func pair(_ old: String, _ new: String) -> String {
    old.hasBytes(of: new)
      ? ShownText.line(new) : "\(ShownText.line(old)) → \(ShownText.line(new))"
  }

  private static func remark(_ match: ResourceDiff.Match) -> String? {
    switch match {
    case .id, .apiVersion: nil
    case .contentHash: "content"
    case .namespace: "another namespace"
    case .similarity(let percent): "renamed, \(percent)% the same"
    }
  }
}

extension RenderedResource.Identity {
  /// `apps/v1`
  var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

  /// `shop/orders`; the name alone where there is no namespace.
  var qualifiedName: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }
}
