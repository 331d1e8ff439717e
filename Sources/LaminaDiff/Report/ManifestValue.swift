/// A value of a rendered resource.
///
/// Two are equal if their bytes are: Swift's `String` would take texts for equal that Unicode calls
/// equivalent, and hide a change. The order of a mapping's entries means nothing.
package indirect enum ManifestValue: Sendable {
  case null
  case bool(Bool)
  /// In the words of the stream: `1`, `0.5`, `1e3`.
  case number(String)
  case string(String)
  /// A secret, of so many bytes. Two of them are never equal by chance: those that are not the same
  /// are told apart before they are masked.
  case secret(byteCount: Int)
  case list([ManifestValue])
  case mapping([Entry])

  package struct Entry: Sendable {
    package let key: String
    package let value: ManifestValue

    package init(key: String, value: ManifestValue) {
      self.key = key
      self.value = value
    }
  }
}
