/// Which fields each step writes to: kustomize's defaults, and what `configurations` and `crds` add to
/// them (internal/plugins/builtinconfig/transformerconfig.go).
struct TransformerConfiguration: Sendable {
  /// The parts of a configuration that are lists of fields.
  enum Section: Int, CaseIterable, Sendable {
    case namePrefix
    case nameSuffix
    case namespace
    case commonLabels
    case labels
    case templateLabels
    case volumeClaimTemplateLabels
    case commonAnnotations
    case varReference
    case images
    case replicas

    /// The field of a configuration file.
    var name: String { "\(self)" }
  }

  /// The fields of each section, by its number: a dictionary takes longer to make than what is in it.
  private var fields = [[FieldSpec]](repeating: [], count: Section.allCases.count)
  private(set) var nameReference: [NameBackReference] = []
  /// Nothing but the defaults: merging two such configurations changes neither.
  private(set) var isStandard = false

  /// A configuration that says nothing, as a layer begins with.
  init() {}

  /// The defaults, read from the generated tables.
  init(defaultsIn symbols: inout SymbolTable) {
    let reader = FieldSpecTableReader(&symbols)
    for section in Section.allCases { self[section] = reader.specs(Self.table(of: section)) }
    nameReference = reader.backReferences(DefaultFieldSpecTable.nameReference)
    isStandard = true
  }

  /// What one file says, sorted as kustomize sorts it.
  init(_ written: WrittenConfiguration, symbols: inout SymbolTable) {
    for (section, specs) in written.fields {
      self[section] = specs.map { FieldSpec($0, symbols: &symbols) }
    }
    nameReference = written.nameReference.map { reference in
      NameBackReference(
        target: FieldSpec(reference.target, symbols: &symbols).type,
        referrers: reference.referrers.map { FieldSpec($0, symbols: &symbols) })
    }
    sort(by: TypePlaces(types, symbols))
  }

  var namePrefix: [FieldSpec] { self[.namePrefix] }
  var nameSuffix: [FieldSpec] { self[.nameSuffix] }
  var namespace: [FieldSpec] { self[.namespace] }
  var commonLabels: [FieldSpec] { self[.commonLabels] }
  var labels: [FieldSpec] { self[.labels] }
  var templateLabels: [FieldSpec] { self[.templateLabels] }
  var volumeClaimTemplateLabels: [FieldSpec] { self[.volumeClaimTemplateLabels] }
  var commonAnnotations: [FieldSpec] { self[.commonAnnotations] }
  var varReference: [FieldSpec] { self[.varReference] }
  var images: [FieldSpec] { self[.images] }
  var replicas: [FieldSpec] { self[.replicas] }

  private var isEmpty: Bool { nameReference.isEmpty && fields.allSatisfy { $0.isEmpty } }

  private subscript(section: Section) -> [FieldSpec] {
    get { fields[section.rawValue] }
    set { fields[section.rawValue] = newValue }
  }

  // MARK: - Merging

  /// Adds what another configuration says; a field that is there already has to be the same.
  ///
  /// A field of all kinds is taken for known where one of some kind has its path, but not the other
  /// way round: so the order counts, and specs are sorted before and after.
  mutating func merge(
    _ other: TransformerConfiguration, _ symbols: SymbolTable, at position: Position
  ) throws(Problem) {
    if isStandard, other.isStandard { return }
    if isEmpty, other.isStandard {
      self = other
      return
    }
    let order = TypePlaces(types + other.types, symbols)
    for section in Section.allCases {
      var specs = self[section]
      let theirs = order.sorted(other[section], by: \.type)
      if let conflict = specs.merge(theirs) {
        throw .conflict(section.name, conflict, symbols, at: position)
      }
      self[section] = specs
    }
    for reference in other.nameReference { try merge(reference, symbols, at: position) }
    isStandard = false
    sort(by: order)
  }

  private mutating func merge(
    _ reference: NameBackReference, _ symbols: SymbolTable, at position: Position
  ) throws(Problem) {
    guard let place = nameReference.firstIndex(where: { $0.target == reference.target }) else {
      nameReference.append(reference)
      return
    }
    if let conflict = nameReference[place].referrers.merge(reference.referrers) {
      throw .conflict("nameReference", conflict, symbols, at: position)
    }
  }

  private mutating func sort(by order: TypePlaces) {
    for section in Section.allCases { self[section] = order.sorted(self[section], by: \.type) }
    nameReference = order.sorted(nameReference, by: \.target)
  }

  /// What is put in order: the types of the fields, and those that are named.
  private var types: [GroupVersionKind] {
    fields.flatMap { $0.map(\.type) } + nameReference.map(\.target)
  }

  // MARK: - Defaults

  private static func table(of section: Section) -> [UInt8] {
    switch section {
    case .namePrefix: DefaultFieldSpecTable.namePrefix
    case .nameSuffix: DefaultFieldSpecTable.nameSuffix
    case .namespace: DefaultFieldSpecTable.namespace
    case .commonLabels: DefaultFieldSpecTable.commonLabels
    case .labels: DefaultFieldSpecTable.labels
    case .templateLabels: DefaultFieldSpecTable.templateLabels
    case .volumeClaimTemplateLabels: DefaultFieldSpecTable.volumeClaimTemplateLabels
    case .commonAnnotations: DefaultFieldSpecTable.commonAnnotations
    case .varReference: DefaultFieldSpecTable.varReference
    case .images: DefaultFieldSpecTable.images
    case .replicas: DefaultFieldSpecTable.replicas
    }
  }
}

extension Problem {
  fileprivate static func conflict(
    _ section: String, _ spec: FieldSpec, _ symbols: SymbolTable, at position: Position
  ) -> Problem {
    let path = symbols.string(spec.path.text)
    return Problem(
      .conflictingFieldSpecs, "failed to merge \(section): conflicting fieldspecs for \"\(path)\"",
      at: position, hint: "the same field has another 'create' elsewhere")
  }
}
