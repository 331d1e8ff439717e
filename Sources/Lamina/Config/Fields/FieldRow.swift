/// One row of the field table: what is known about one field of one mapping of an input language.
///
/// Decoding, suggestions for misspelt names, the search for roots, completion, JSON Schema and the
/// editing commands read the same rows.
package struct FieldRow: Sendable, Equatable {
  /// kustomize's spelling of the name. Files may write it in letters of either case.
  package var name: String
  /// What the value looks like.
  package let shape: FieldShape
  /// The first kustomize with the field, such as `4.1.0`; `next` for upstream's main branch after
  /// v5.8.1, and nil for fields of `lamina.yaml`, which kustomize does not read.
  package let since: String?
  /// What the field says, in one sentence.
  package let summary: String
  /// What the texts of the value name; nil where they name nothing that is read.
  package let names: FieldReference?
  /// Why the field should not be used in new files; nil for a current field.
  package let deprecation: FieldDeprecation?
  /// kustomize reads a word that it does not know as well, though it means nothing to it.
  package let takesOtherWords: Bool

  init(
    _ shape: FieldShape, since: String?, _ summary: String, names: FieldReference? = nil,
    deprecation: FieldDeprecation? = nil, takesOtherWords: Bool = false
  ) {
    // The name is the case of the field's enum; `FieldSet.rows` fills it in.
    name = ""
    self.shape = shape
    self.since = since
    self.summary = summary
    self.names = names
    self.deprecation = deprecation
    self.takesOtherWords = takesOtherWords
  }
}

/// What the value of a field looks like.
package enum FieldShape: Sendable, Equatable {
  case text
  /// One of a few words.
  case word([String])
  case flag
  case integer
  /// A list of texts.
  case texts
  /// A list of texts that should be among a few words.
  case words([String])
  /// A mapping of texts to texts.
  case pairs
  /// A mapping with any content.
  case mapping
  /// A mapping of rules to their levels.
  case levels
  /// A mapping of patterns to such mappings.
  case levelsByPattern
  /// A mapping whose fields have rows of their own.
  case object(FieldOwner)
  /// A list of such mappings.
  case objects(FieldOwner)
}

/// What the texts of a field name.
package enum FieldReference: Sendable, Equatable {
  case file
  /// A file, with a key and `=` in front of it where the key is not the file's name.
  case keyedFile
  /// A file, or the text of an object.
  case fileOrObject
  case directory
  /// A directory with a kustomization.
  case layer
  /// A file of objects, or a directory with a kustomization.
  case fileOrLayer
  /// The same, or the text of objects.
  case fileOrLayerOrObject

  /// Whether a text may be the objects themselves.
  package var mayBeText: Bool {
    switch self {
    case .fileOrObject, .fileOrLayerOrObject: true
    case .file, .keyedFile, .directory, .layer, .fileOrLayer: false
    }
  }

  /// Whether the texts may name a directory with a kustomization.
  package var mayNameLayer: Bool {
    switch self {
    case .layer, .fileOrLayer, .fileOrLayerOrObject: true
    case .file, .keyedFile, .fileOrObject, .directory: false
    }
  }
}

/// What replaces a deprecated field, of which builds warn.
package struct FieldDeprecation: Sendable, Equatable {
  /// The name of the field to use instead.
  package let replacement: String

  init(replacedBy replacement: String) { self.replacement = replacement }
}
