/// One resource of a rendering.
///
///     for resource in rendering.resources where resource.id.kind == "Deployment" {
///       let image = resource.content
///         .value(at: "spec", "template", "spec", "containers", 0, "image")?.text
///     }
public struct RenderedResource: Sendable {
  /// What tells a resource from all others of its cluster.
  public struct Identity: Sendable, Hashable, Codable {
    /// The API group; empty for the core group.
    public let group: String
    /// The version of the API, such as `v1`.
    public let version: String
    /// The kind, such as `Deployment`.
    public let kind: String
    /// As the resource says it; empty where it says nothing.
    public let namespace: String
    /// The name.
    public let name: String

    /// Names a resource, to look for it among those of a rendering.
    public init(
      group: String = "", version: String, kind: String, namespace: String = "", name: String
    ) {
      self.group = group
      self.version = version
      self.kind = kind
      self.namespace = namespace
      self.name = name
    }

    /// All parts have the same bytes.
    public static func == (one: Identity, other: Identity) -> Bool {
      one.name.hasBytes(of: other.name) && one.namespace.hasBytes(of: other.namespace)
        && one.kind.hasBytes(of: other.kind) && one.group.hasBytes(of: other.group)
        && one.version.hasBytes(of: other.version)
    }

    public func hash(into hasher: inout Hasher) {
      for text in [group, version, kind, namespace, name] { hasher.combine(ByteText(text)) }
    }
  }

  /// The index among the resources of the stage.
  let place: Int
  /// Shared by all resources of a rendering; each is only a number and this reference.
  let stage: FinalStage

  init(place: Int, in stage: FinalStage) {
    self.place = place
    self.stage = stage
  }

  /// Group, version, kind, namespace and name.
  public var id: Identity {
    let (id, symbols) = (stage.resources[place].id, stage.tree.symbols)
    return Identity(
      group: symbols.string(id.type.group), version: symbols.string(id.type.version),
      kind: symbols.string(id.type.kind), namespace: symbols.string(id.namespace),
      name: symbols.string(id.name))
  }

  /// The file, line and column where the resource begins, or those of the generator that made it; nil
  /// for what another program printed.
  public var origin: Diagnostic.Location? { stage.location(of: root) }

  /// The resource as YAML, the same bytes as in the stream.
  public var yaml: ArraySlice<UInt8> { stage.bytes[range] }

  /// Where the resource's YAML stands in `Rendering.bytes`, without `---`.
  public var range: Range<Int> { stage.range(of: place) }

  /// The fields of the resource as they are printed, and JSON.
  public var content: ResourceContent { ResourceContent(of: root, in: stage) }

  /// The tree that holds the resource, settled as it is printed.
  package var tree: Tree { stage.tree }

  /// The object's node in `tree`.
  package var root: NodeID { stage.resources[place].root }
}

extension RenderedResource.Identity: CustomStringConvertible {
  /// `apps/v1 Deployment shop/orders`: API version, kind, namespace and name, without what is empty.
  public var description: String {
    let apiVersion = group.isEmpty ? version : "\(group)/\(version)"
    return "\(apiVersion) \(kind) \(namespace.isEmpty ? name : "\(namespace)/\(name)")"
  }
}
