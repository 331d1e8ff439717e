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
  /// Roots may define one kind differently, and many define it alike.
  private(set) var definitions: Set<Definition> = []

  /// A definition of a kind, told from others by what its spec was read from, or by a hash of what it says; its name
  /// and labels are no part of that.
  ///
  /// Two that say the same in two files are two: an object that fits one of them fits the other.
  struct Definition: Hashable, Sendable {
    let kind: CustomKind
    private let source: FieldSource?
    private let hash: Int

    /// Nil for an object that is no definition.
    init?(_ resource: RenderedResource) {
      guard let kind = CustomDefinitions.kind(definedBy: resource.root, in: resource.tree) else {
        return nil
      }
      self.kind = kind
      // The text of a definition may be long, and many roots render it.
      source = resource.source(of: .spec)
      hash = source == nil ? Self.hash(ofSpecIn: resource.yaml) : 0
    }

    /// Fields are printed in the order of their keys, so that behind the spec there is no more than a status.
    private static func hash(ofSpecIn yaml: ArraySlice<UInt8>) -> Int {
      var start = yaml.startIndex
      while start < yaml.endIndex, !yaml[start...].starts(with: "spec:\n".utf8) {
        start = yaml[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? yaml.endIndex
      }
      var hasher = Hasher()
      yaml[start...].withUnsafeBytes { hasher.combine(bytes: $0) }
      return hasher.finalize()
    }
  }

  /// Whether the root neither defines nor uses such kinds.
  var isEmpty: Bool { defined.isEmpty && undefined.isEmpty }

  /// - Parameter known: definitions from elsewhere, such as a directory of the project.
  init(of resources: [RenderedResource], known: CustomDefinitions, _ facts: KubernetesFacts) {
    for resource in resources {
      guard let definition = Definition(resource) else { continue }
      defined.insert(definition.kind)
      definitions.insert(definition)
    }
    for resource in resources {
      let kind = CustomKind(resource.id)
      if !facts.isBuiltIn(group: kind.group), !defined.contains(kind), !known.defines(kind) {
        undefined.insert(kind)
      }
    }
  }
}
