package import Lamina

/// One field of a resource that differs.
package struct FieldChange: Sendable {
  package enum Kind: Sendable {
    case added(ManifestValue)
    case removed(ManifestValue)
    case changed(ManifestValue, ManifestValue)
    /// A string of several lines, or one that holds JSON, whose lines differ.
    case text(LineDiff)
    /// A list with the same elements in another order, each in a few words.
    case reordered([String], [String])
  }

  package let path: ChangedPath
  package let kind: Kind
  /// Where the old and the new value were written, for what was rendered here.
  package let oldOrigin: Diagnostic.Location?
  package let newOrigin: Diagnostic.Location?

  /// Where the field is on each side, by keys and places; nil where a side has none.
  let oldPlace: [FieldStep]?
  let newPlace: [FieldStep]?

  package init(
    path: ChangedPath, kind: Kind, oldOrigin: Diagnostic.Location? = nil,
    newOrigin: Diagnostic.Location? = nil, oldPlace: [FieldStep]? = nil,
    newPlace: [FieldStep]? = nil
  ) {
    self.path = path
    self.kind = kind
    self.oldPlace = oldPlace
    self.newPlace = newPlace
    self.oldOrigin = oldOrigin
    self.newOrigin = newOrigin
  }
}
