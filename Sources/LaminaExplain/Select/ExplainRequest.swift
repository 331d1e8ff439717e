internal import Lamina

/// What is asked of each root.
package struct ExplainRequest: Sendable {
  /// Objects, as `ObjectQuery` reads them, and fields, as `FieldQuery` does.
  package let words: [String]
  /// Kinds, of whose objects all are meant.
  private let kinds: [String]
  /// Nil for all.
  private let namespace: String?
  /// Also what nothing has changed is wanted.
  let isDeep: Bool
  let format: ExplainFormat

  package init(
    words: [String], kinds: [String], namespace: String?, isDeep: Bool, format: ExplainFormat
  ) {
    self.words = words
    self.kinds = kinds
    self.namespace = namespace
    self.isDeep = isDeep
    self.format = format
  }

  /// The words as objects and paths. A path may hold a slash; it begins with a field that objects have.
  func read(
    for explainer: Explainer
  ) throws(Flaw) -> (choice: ObjectChoice, paths: [FieldQuery]) {
    var choice = ObjectChoice()
    choice.kinds = kinds
    choice.namespace = namespace
    var paths: [FieldQuery] = []
    let names = KindNames(explainer.resources, explainer.identities)
    for word in words {
      if !word.begins(with: "/"), let object = ObjectQuery(word),
        names.kind(object.kind) != nil || !Self.fields.contains(object.kind)
      {
        choice.queries.append(object)
      } else if let path = FieldQuery(word) {
        paths.append(path)
      } else {
        throw Flaw(text: word)
      }
    }
    return (choice, paths)
  }

  /// The fields that most objects begin with, to tell `metadata.annotations.example.com/owner` from an object.
  private static let fields: Set<String> = [
    "apiVersion", "data", "kind", "metadata", "rules", "spec", "status", "stringData", "subjects",
  ]

  /// A word that is neither an object nor a path.
  struct Flaw: Error {
    let text: String
  }
}
