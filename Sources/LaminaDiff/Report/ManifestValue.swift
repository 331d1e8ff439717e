internal import Lamina

/// A value of a rendered resource.
///
/// Two are equal if their bytes are: Swift's `String` would take texts for equal that Unicode calls
/// equivalent, and hide a change. The order of a mapping's entries means nothing.
public indirect enum ManifestValue: Sendable {
  /// Nothing.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// In the words of the stream: `1`, `0.5`, `1e3`.
  case number(String)
  /// A text, without quotes.
  case string(String)
  /// A secret, of so many bytes. Two of them are never equal by chance: those that are not the same
  /// are told apart before they are masked.
  case secret(byteCount: Int)
  /// Elements in an order.
  case list([ManifestValue])
  /// Keys with a value each, as they stand in the stream.
  case mapping([Entry])

  /// A key of a mapping, and its value.
  public struct Entry: Sendable {
    /// The key.
    public let key: String
    /// Its value.
    public let value: ManifestValue

    package init(key: String, value: ManifestValue) {
      self.key = key
      self.value = value
    }
  }
}

extension ManifestValue: CustomStringConvertible {
  /// The value as YAML, without a line feed at its end; a secret as `(secret, 12 bytes)`. Control characters
  /// are shown as escapes.
  public var description: String { ValueText.lines(of: self).joined(separator: "\n") }
}

extension ManifestValue {
  /// The value at the end of a path of keys and places; nil where there is none.
  func value(at path: some Sequence<FieldStep>) -> ManifestValue? {
    var value = self
    for step in path {
      switch (step, value) {
      case (.key(let key), .mapping(let entries)):
        guard let entry = entries.first(where: { $0.key.utf8.elementsEqual(key.utf8) }) else {
          return nil
        }
        value = entry.value
      case (.index(let index), .list(let elements)) where elements.indices.contains(index):
        value = elements[index]
      default: return nil
      }
    }
    return value
  }
}
