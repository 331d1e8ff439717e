internal import Lamina

/// A kind of a group, in any version.
package struct CustomKind: Sendable, Hashable {
  @ByteText var group: String
  @ByteText var kind: String

  init(group: String, kind: String) {
    self.group = group
    self.kind = kind
  }

  init(_ id: RenderedResource.Identity) { self.init(group: id.group, kind: id.kind) }
}

/// The custom kinds that one build defines, and those that it uses while nothing defines them.
///
/// Another build of the run may define these.
package struct CustomKinds: Sendable {
  package private(set) var defined: Set<CustomKind> = []
  package private(set) var undefined: Set<CustomKind> = []

  /// Whether the root neither defines nor uses such kinds.
  var isEmpty: Bool { defined.isEmpty && undefined.isEmpty }

  /// - Parameter known: definitions from elsewhere, such as a directory of the project.
  init(of resources: [RenderedResource], known: CustomDefinitions, _ facts: KubernetesFacts) {
    for resource in resources {
      if let kind = CustomDefinitions.kind(definedBy: resource.root, in: resource.tree) {
        defined.insert(kind)
      }
    }
    for resource in resources {
      let kind = CustomKind(resource.id)
      if !facts.isBuiltIn(group: kind.group), !defined.contains(kind), !known.defines(kind) {
        undefined.insert(kind)
      }
    }
  }
}
