internal import Lamina

/// One field that differs, as the comparison finds it.
struct FoundChange {
  enum Kind {
    case added(ComparedValue)
    case removed(ComparedValue)
    case changed(ComparedValue, ComparedValue)
    case text(LineDiff)
    case reordered([String], [String])
  }

  let path: ChangedPath
  let kind: Kind
  /// Where the field is on each side; nil where a side has none.
  let oldPlace: [FieldStep]?
  let newPlace: [FieldStep]?
}
