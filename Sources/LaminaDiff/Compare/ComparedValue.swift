internal import Lamina

/// A value of a resource while it is compared: two are equal if they mean the same.
///
/// Secrets are masked from the start, so that nothing made of such a value can show one.
indirect enum ComparedValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// In the words of the stream.
  case number(ByteText)
  case string(ByteText)
  case secret(Secret)
  case list(List)
  /// Sorted by key: the order in which a mapping is written means nothing.
  case mapping([Entry])

  struct Entry: Hashable, Sendable {
    let key: ByteText
    let value: ComparedValue
  }

  struct List: Hashable, Sendable {
    var elements: [ComparedValue]
    /// The keys that tell elements apart, where the type has some; they are no part of the value.
    let mergeKeys: [String]

    static func == (left: Self, right: Self) -> Bool { left.elements == right.elements }
    func hash(into hasher: inout Hasher) { hasher.combine(elements) }
  }

  /// What may be known of a secret.
  struct Secret: Hashable, Sendable {
    /// The same for secrets of the same bytes, and no others.
    let number: Int
    let byteCount: Int
  }

  /// The value of a mapping's key.
  subscript(key: String) -> ComparedValue? {
    guard case .mapping(let entries) = self else { return nil }
    let key = ByteText(key)
    return entries.first { $0.key == key }?.value
  }

  /// The text of a string or number, by which list elements may be told apart.
  var keyText: String? {
    switch self {
    case .string(let text), .number(let text): text.string
    case .bool(let value): value ? "true" : "false"
    default: nil
    }
  }
}

extension ManifestValue {
  init(_ value: ComparedValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let text): self = .number(text.string)
    case .string(let text): self = .string(text.string)
    case .secret(let secret): self = .secret(byteCount: secret.byteCount)
    case .list(let list): self = .list(list.elements.map { ManifestValue($0) })
    case .mapping(let entries):
      self = .mapping(
        entries.map { Entry(key: $0.key.string, value: ManifestValue($0.value)) })
    }
  }
}
