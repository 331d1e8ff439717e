/// What kind of value the text of a scalar stands for.
///
/// go-yaml carries this as a tag string (`!!str`, `!!int`, …) on each node; a byte is enough
/// here. Source: go-yaml v3 `resolve.go`.
package enum ScalarTag: UInt8 {
  /// No tag is known yet: the text has to be resolved when the kind is needed.
  case unresolved
  case string
  case integer
  case float
  case bool
  case null
  case timestamp
  /// Base64 under the tag `!!binary`; no plain text resolves to it.
  case binary
  /// The key `<<` in plain text.
  case merge
  /// An application's own tag, which no rule of this renderer looks into.
  case custom
}
