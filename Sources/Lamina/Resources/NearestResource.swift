/// Looks for the resource that a name was probably meant for, when no resource has the name.
struct NearestResource {
  /// More resources are not compared.
  private static let most = 2000

  let resource: Resource
  /// What the resource is called in the layer that failed.
  let name: String

  /// - Parameters:
  ///   - wanted: the name that no resource has.
  ///   - kind: the kind that the resource has to have; nil for any.
  init?(
    to wanted: String, ofKind kind: Symbol? = nil, among resources: some Sequence<Resource>,
    _ symbols: SymbolTable
  ) {
    self.init(
      to: wanted, among: resources.filter { kind == nil || $0.id.type.kind == kind }, symbols)
  }

  /// - Parameter candidates: the resources that could have been meant.
  init?(to wanted: String, among candidates: [Resource], _ symbols: SymbolTable) {
    let candidates = candidates.prefix(Self.most)
    let names = candidates.map { symbols.string($0.id.name) }
    // Entries name a resource as it is called before the layer's own prefix and suffix.
    let nearest =
      Suggestion.nearest(to: wanted, among: names)
      ?? names.filter { wanted.ends(with: "-\($0)") || wanted.begins(with: "\($0)-") }
      .max { $0.utf8.count < $1.utf8.count }
    guard let nearest, let index = names.firstIndex(bytesOf: nearest) else { return nil }
    resource = candidates[index]
    name = nearest
  }

  /// The hint of a message.
  var hint: String { "did you mean \"\(name)\"?" }
}
