/// How a layer was asked for.
enum LayerRole {
  /// The directory that is rendered. It may be a component.
  case root
  case resource(Kustomization.Entry)
  case component(Kustomization.Entry)

  /// The entry that names the layer; nil for the root.
  var entry: Kustomization.Entry? {
    switch self {
    case .root: nil
    case .resource(let entry), .component(let entry): entry
    }
  }

  /// What messages call the layer.
  var what: String {
    switch self {
    case .root: "root"
    case .resource: "resource"
    case .component: "component"
    }
  }

  /// A kustomization is listed under `resources`, a component under `components`.
  func check(_ kustomization: Kustomization) throws(Problem) {
    switch (self, kustomization.kind) {
    case (.resource(let entry), .component): throw .componentAsResource(entry)
    case (.component(let entry), .kustomization): throw .resourceAsComponent(entry)
    default: break
    }
  }
}

extension Problem {
  fileprivate static func componentAsResource(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .componentAsResource, "\"\(entry.text)\" is a Component, not a Kustomization",
      at: entry.position, hint: "list it under components")
  }

  fileprivate static func resourceAsComponent(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .resourceAsComponent, "\"\(entry.text)\" is a Kustomization, not a Component",
      at: entry.position, hint: "list it under resources, or give it kind: Component")
  }
}
