/// A name that is no field of a mapping, and the field that was probably meant.
///
/// Three slips are told apart: a name that is nearly right or another tool's, a field that is
/// indented too little, and one that is indented too much.
struct UnknownField<Name: FieldSet> {
  private let written: String
  /// What messages call the mapping.
  private let what: String
  /// The names that would be right.
  private let known: [String]
  private let manner: FieldDecoder.Manner
  /// The fields that the mapping has.
  private let siblings: Set<ByteText>

  /// Not all fields of a mapping are looked at where there are very many: each unknown one looks at
  /// them anew.
  init(
    _ written: String, in mapping: NodeID, as what: String, without excluded: Name?,
    _ manner: FieldDecoder.Manner, _ tree: Tree
  ) {
    self.written = written
    self.what = what
    self.manner = manner
    known = Name.names(without: excluded)
    siblings = Set(
      texts: tree.children(of: mapping).prefix(1000).map { tree.symbols.string(tree.key($0)) })
  }

  func problem(at field: NodeID, in tree: Tree, _ sources: SourceMap) -> Problem {
    let place = sources.position(ofKey: written, before: tree.position(field))
    let meant = synonym ?? (owner == nil ? Suggestion.nearest(to: written, among: known) : nil)
    return Problem(
      .unknownField, "unknown field \"\(written)\" in \(what)", at: place,
      hint: meant.map { "did you mean \"\($0)\"?" } ?? owner ?? fieldOfKustomization
        ?? "the fields are \(known.joined(separator: ", "))",
      fixes: meant.map { [.renaming(written, to: $0, at: place, isSafe: false)] } ?? [])
  }

  /// The field that other tools, or other fields, call so.
  private var synonym: String? {
    let field = Name.synonyms[written.lowercased()]?.rawValue
    return field.flatMap { known.contains($0) ? $0 : nil }
  }

  /// The field belongs to the entries of another one that is there: it is not indented enough.
  private var owner: String? {
    let owner = Name.rows.first { row in
      guard siblings.contains(row.name) else { return false }
      switch row.shape {
      case .object(let owner), .objects(let owner):
        return owner.rows.contains { $0.name == written }
      default: return false
      }
    }
    return owner.map { "it is a field of \($0.name): indent it as those" }
  }

  /// The field belongs to the kustomization: it is indented too deeply.
  private var fieldOfKustomization: String? {
    guard manner == .kustomization, Name.self != KustomizationField.self,
      KustomizationField(rawValue: written) != nil
    else { return nil }
    return "it is a field of the kustomization: do not indent it"
  }
}
