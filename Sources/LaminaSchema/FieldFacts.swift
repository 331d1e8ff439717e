/// What is known of a field, or of the values at a place, in words of the table.
package struct FieldFacts: Sendable, Equatable {
  /// What may stand behind the field.
  package enum Shape: Sendable, Equatable {
    /// A text, a number and so on, on one line.
    case scalar
    case mapping
    case list
  }

  package let name: String
  /// `string`, `list of mappings`, and so on.
  package let type: String
  package let shape: Shape
  package let isRequired: Bool
  /// The words that a value may be; none where there are others.
  package let values: [String]
  /// What tells the elements of a list apart.
  package let listKeys: [String]
  /// The versions of Kubernetes that have the field, such as `since 1.29`; nil for all.
  package let versions: String?
}

extension [FieldFacts] {
  /// First what tells the elements of a list apart, then what is required, then the others by name.
  func inOrder(listKeys: [String]) -> [FieldFacts] {
    func rank(_ field: FieldFacts) -> Int {
      if let place = listKeys.firstIndex(of: field.name) { return place }
      return listKeys.count + (field.isRequired ? 0 : 1)
    }
    return sorted { (rank($0), $0.name) < (rank($1), $1.name) }
  }
}

/// Puts a type into words from its outside in: `list of mappings`, and so on.
struct TypeWords {
  private var text = ""
  /// What comes next is what a collection holds.
  private var isPlural = false

  /// Adds a collection, of which the elements follow.
  mutating func append(_ collection: String) {
    text += "\(isPlural ? collection + "s" : collection) of "
    isPlural = true
  }

  /// All words, with those of the innermost type.
  func ending(_ word: String, _ plural: String? = nil) -> String {
    text + (isPlural ? plural ?? word + "s" : word)
  }

  var endingInIntegerOrString: String { ending("integer or string", "integers or strings") }
  var endingInAnything: String { ending("any value", "values") }
}
