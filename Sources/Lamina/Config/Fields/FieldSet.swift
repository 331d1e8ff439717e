/// The fields of one kind of mapping: an enum whose cases are the names.
///
/// The switch that decodes a mapping has no default, so that a field without a handler does not
/// compile. The order of the cases is the order in which kustomize's `edit` writes the fields
/// (kustomize/commands/internal/kustfile/kustomizationfile.go `determineFieldOrder`).
///
/// A row is made when somebody asks for it. A build asks only for the names, which the compiler
/// keeps as static text.
protocol FieldSet: CaseIterable, RawRepresentable<String>, Sendable {
  var row: FieldRow { get }
  /// kustomize's own documentation spells the names in letters of another case, so that nothing is said of it.
  static var isSpelledInAnyCase: Bool { get }
  /// Fields by what people call them by mistake, in small letters.
  static var synonyms: [String: Self] { get }
}

extension FieldSet {
  static var isSpelledInAnyCase: Bool { false }
  static var synonyms: [String: Self] { [:] }

  /// The rows of all fields, in order.
  static var rows: [FieldRow] {
    allCases.map { field in
      var row = field.row
      row.name = field.rawValue
      return row
    }
  }

  /// The names of all fields but one.
  static func names(without excluded: Self?) -> [String] {
    allCases.map(\.rawValue).filter { $0 != excluded?.rawValue }
  }

  /// The field that a name in a file stands for: Go looks for the name as it is, and then in letters
  /// of either case (encoding/json).
  init?(written name: String) {
    // Not `init(rawValue:)`, which makes a dictionary of the names first: a tenth of a small build.
    if let field = Self.allCases.first(where: { $0.rawValue == name }) {
      self = field
      return
    }
    // Folded as Unicode does, to which the long s is an s (`foldName` of encoding/json).
    let lowercased = String(name.lowercased().map { $0 == "\u{17F}" ? "s" : $0 })
    guard let field = Self.allCases.first(where: { $0.rawValue.lowercased() == lowercased }) else {
      return nil
    }
    self = field
  }
}
