/// Which fields each step writes to: kustomize's defaults, and what `configurations` and `crds` add to
/// them (internal/plugins/builtinconfig/transformerconfig.go).
struct TransformerConfiguration: Sendable {
  /// The fields that each list names, by its number (`ConfigurationField.list`): a dictionary takes longer to make
  /// than what is in it.
  private var fields = [[FieldSpec]](repeating: [], count: ConfigurationField.allCases.count - 1)
  /// One entry for each type that is named.
  private(set) var nameReference: [NameBackReference] = []
  /// Nothing but the defaults: merging two such configurations changes neither.
  private(set) var isStandard = false

  /// A configuration that says nothing, as a layer begins with.
  init() {}

  /// The defaults, read from the generated tables.
  ///
  /// Shared by the builds of a run: making it takes longer than a small build (`BuildDefaults`).
  init(defaultsIn symbols: inout SymbolTable) {
    let reader = FieldSpecTableReader(&symbols)
    for field in ConfigurationField.allCases {
      if let table = Self.table(of: field) { self[field] = reader.specs(table) }
    }
    nameReference = reader.backReferences(DefaultFieldSpecTable.nameReference)
    isStandard = true
  }

  /// What one file says, sorted as kustomize sorts it.
  ///
  /// - Parameter written: its specs are not checked; one without a path selects nothing.
  init(_ written: WrittenConfiguration, symbols: inout SymbolTable) {
    for (field, specs) in written.fields {
      self[field] = specs.map { FieldSpec($0, symbols: &symbols) }
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

  /// Nothing was added yet.
  private var isEmpty: Bool { nameReference.isEmpty && fields.allSatisfy { $0.isEmpty } }

  private subscript(field: ConfigurationField) -> [FieldSpec] {
    get { field.list.map { fields[$0] } ?? [] }
    set { if let list = field.list { fields[list] = newValue } }
  }

  // MARK: - Merging

  /// Adds what another configuration says; a field that is there already has to be the same.
  ///
  /// A field of all kinds is taken for known where one of some kind has its path, but not the other
  /// way round: so the order counts, and specs are sorted before and after.
  mutating func merge(
    _ other: TransformerConfiguration, _ symbols: SymbolTable, at position: Position
  ) throws(Problem) {
    // Two fast ways for nearly all builds, in which no layer has configurations. Merging field by
    // field would find every spec covered by itself, and give the same in another order.
    if isStandard, other.isStandard { return }
    if isEmpty, other.isStandard {
      self = other
      return
    }
    try mergeFields(other, symbols, at: position)
  }

  /// The way of all other configurations, field by field.
  mutating func mergeFields(
    _ other: TransformerConfiguration, _ symbols: SymbolTable, at position: Position
  ) throws(Problem) {
    let order = TypePlaces(types + other.types, symbols)
    for field in ConfigurationField.allCases {
      var specs = self[field]
      let theirs = order.sorted(other[field], by: \.type)
      if let conflict = specs.merge(theirs) {
        throw .conflict(field, conflict, symbols, at: position)
      }
      self[field] = specs
    }
    try merge(other.nameReference, symbols, at: position)
    isStandard = false
    sort(by: order)
  }

  /// Adds the fields that name resources, type by type.
  private mutating func merge(
    _ references: [NameBackReference], _ symbols: SymbolTable, at position: Position
  ) throws(Problem) {
    var places = NumberTable<GroupVersionKind, Int>()
    for (place, known) in nameReference.enumerated() where places[known.target] == nil {
      places.updateValue(place, forKey: known.target)
    }
    for reference in references {
      guard let place = places[reference.target] else {
        places.updateValue(nameReference.count, forKey: reference.target)
        nameReference.append(reference)
        continue
      }
      if let conflict = nameReference[place].referrers.merge(reference.referrers) {
        throw .conflict(.nameReference, conflict, symbols, at: position)
      }
    }
  }

  /// Orders all lists by type. kustomize sorts as well (`sortFields`).
  private mutating func sort(by order: TypePlaces) {
    for list in fields.indices { fields[list] = order.sorted(fields[list], by: \.type) }
    nameReference = order.sorted(nameReference, by: \.target)
  }

  /// What is put in order: the types of the fields, and those that are named.
  private var types: [GroupVersionKind] {
    fields.flatMap { $0.map(\.type) } + nameReference.map(\.target)
  }

  // MARK: - Defaults

  /// The generated table of a list; nil for `nameReference`, whose table has two levels.
  private static func table(of field: ConfigurationField) -> [UInt8]? {
    switch field {
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
    case .nameReference: nil
    }
  }
}

extension ConfigurationField {
  /// The number of the field's list in a configuration; nil for `nameReference`, which is no list of fields.
  fileprivate var list: Int? {
    switch self {
    case .namePrefix: 0
    case .nameSuffix: 1
    case .namespace: 2
    case .commonLabels: 3
    case .labels: 4
    case .templateLabels: 5
    case .volumeClaimTemplateLabels: 6
    case .commonAnnotations: 7
    case .varReference: 8
    case .images: 9
    case .replicas: 10
    case .nameReference: nil
    }
  }
}

extension Problem {
  fileprivate static func conflict(
    _ field: ConfigurationField, _ spec: FieldSpec, _ symbols: SymbolTable, at position: Position
  ) -> Problem {
    let path = symbols.string(spec.path.text)
    return Problem(
      .conflictingFieldSpecs,
      "failed to merge \(field.rawValue): conflicting fieldspecs for \"\(path)\"",
      at: position, hint: "the same field has another 'create' elsewhere")
  }
}
