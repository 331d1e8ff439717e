package import Lamina
package import LaminaDiff

/// What is said of the objects of one root: where their values come from, and what changed them on the way.
package struct Explanation: Sendable {
  /// The root in the user's words.
  package let root: String
  package var objects: [ExplainedObject]
  /// The objects that were asked for and that patches deleted.
  package var deleted: [BuildHistory.Deletion]
  /// The lines of whole objects, where text is to show them.
  package let lines: ObjectLines?

  package init(
    root: String, objects: [ExplainedObject], deleted: [BuildHistory.Deletion],
    lines: ObjectLines? = nil
  ) {
    self.root = root
    self.objects = objects
    self.deleted = deleted
    self.lines = lines
  }
}

package struct ExplainedObject: Sendable {
  package let id: RenderedResource.Identity
  /// The place of the object in the rendering.
  package let index: Int
  /// Where the object begins, or what made it.
  package let place: Diagnostic.Location?
  /// What brought the object into the build.
  package let arrival: ExplainedWrite?
  package var fields: [ExplainedField]
  package var removed: [RemovedField]
  /// The whole object with all that happened to it, for pages; nil where only fields were asked for.
  package var lines: [ExplainedLine]?
  /// The whole object for text: its part of `Explanation.lines`.
  package var lineNumbers: Range<Int>?
  /// The entries that the hash at the end of the name covers; none for a name without one.
  package var hashed: [ExplainedField]

  /// `Deployment/web`, as messages name objects.
  package var name: String { "\(id.kind)/\(id.name)" }
}

/// A value, and what happened to it, the oldest first.
package struct ExplainedField: Sendable {
  package let path: ChangedPath
  /// The text of a scalar; nil for a collection, and for a secret.
  package let value: ShownValue
  package let writes: [ExplainedWrite]
}

/// A write with the objects that it names.
package struct ExplainedWrite: Sendable {
  package let write: FieldWrite
  package let value: ShownValue
  package let followed: Followed?

  /// The value that this one repeats.
  package struct Followed: Sendable {
    /// Nil for a value that is not printed.
    package let object: RenderedResource.Identity?
    package let index: Int?
    package let path: ChangedPath
    package let place: Diagnostic.Location?
  }
}

/// A field or an element that is not there any more.
package struct RemovedField: Sendable {
  package let path: ChangedPath
  package let value: ShownValue
  package let writes: [ExplainedWrite]
  package let removal: ExplainedWrite
}

/// One line of an object, with the writes of the value that stands on it.
package struct ExplainedLine: Sendable {
  package let text: String
  /// The oldest first; none for a further line of a text.
  package let writes: [ExplainedWrite]
  /// What the last write goes back to; of a collection, where its key stands.
  package let place: Diagnostic.Location?

  package var write: ExplainedWrite? { writes.last }
}

/// A value as it may be shown.
package enum ShownValue: Sendable, Equatable {
  case text(String)
  case mapping
  case list
  case null
  /// A value of a Secret, by the number of its bytes as the file or the object has it.
  case secret(Int)

  /// One line for a person; nil for a collection.
  package var line: String? {
    switch self {
    case .text(let text): ShownText.line(text)
    case .null: "null"
    case .secret(let count): ManifestValue.words(forSecretOf: count)
    case .mapping, .list: nil
    }
  }
}
