/// The name of an object that a generator made.
package struct GeneratedName: Sendable, Equatable {
  @ByteText package private(set) var kind: String
  /// As the generator has it.
  @ByteText package private(set) var written: String
  /// As it is rendered, with prefixes and the hash of the content.
  @ByteText package private(set) var rendered: String
}

extension Rendering {
  /// What became of the names of generated objects, in the order of the stream.
  package var generatedNames: [GeneratedName] {
    let symbols = stage.tree.symbols
    return stage.resources.filter(\.isGenerated).map { resource in
      let first = resource.formerIDs.first
      return GeneratedName(
        kind: symbols.string(first?.kind ?? resource.id.type.kind),
        written: symbols.string(first?.name ?? resource.id.name),
        rendered: symbols.string(resource.id.name))
    }
  }
}
