/// The specs of a step by the types of objects that they are for.
struct FieldsByType: Sendable {
  /// The fields of one type. They are handed out for each object, which is to count one reference.
  final class Fields: Sendable {
    /// The specs that select the type, in their order.
    let specs: [FieldSpec]
    /// Finds which of their paths an object has in one walk.
    let search: FieldSearch

    init(_ specs: [FieldSpec], createsFields: Bool) {
      self.specs = specs
      search = FieldSearch(specs.map { ($0.path, isCreated: createsFields && $0.create) })
    }

    /// - Parameter found: gets the places in `specs` of the paths that lead somewhere; it is
    ///   emptied first.
    func find(in root: NodeID, of tree: Tree, into found: inout [Int]) {
      search.find(in: root, of: tree, into: &found)
    }
  }

  private let all: [FieldSpec]
  /// False where the step only changes what is there, so that specs with `create` are not reported
  /// for objects without the field.
  private let createsFields: Bool
  /// A build has few types and many objects: each type is asked about once.
  private var known = NumberTable<GroupVersionKind, Fields>()

  init(_ specs: [FieldSpec], createsFields: Bool = true) {
    all = specs
    self.createsFields = createsFields
  }

  mutating func fields(of type: GroupVersionKind) -> Fields {
    if let known = known[type] { return known }
    let fields = Fields(
      all.filter { type.isSelected(by: $0.type) }, createsFields: createsFields)
    known.updateValue(fields, forKey: type)
    return fields
  }
}
