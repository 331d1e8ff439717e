internal import Lamina

/// The values of the Secrets of two sides, to know them again where no edit of a build has put them: a Secret that a
/// change makes a ConfigMap, or a password that it writes into a Deployment.
///
/// A value is known again as the whole text of a scalar, in base64 or decoded. Shorter ones than passwords are mostly
/// words (`admin`, `true`, `5432`) that stand elsewhere for reasons of their own, and what names an object or an
/// element is no secret; to mask those would hide changes that matter.
struct KnownSecrets {
  private var texts: Set<ByteText> = []

  static let leastLength = 8

  /// Fields that hold names.
  private static let names: Set<String> = [
    "apiVersion", "kind", "name", "namespace", "generateName",
  ]

  mutating func insert(_ text: String) {
    let decoded = ObjectReader.decoded(base64: text)
    for value in [text, decoded].compactMap({ $0 }) {
      let value = Self.trimmed(value)
      if value.utf8.count >= Self.leastLength { texts.insert(value) }
    }
  }

  /// - Parameter path: where the text stands.
  func holds(_ text: String, at path: [FieldStep]) -> Bool {
    if texts.isEmpty || text.utf8.count < Self.leastLength { return false }
    if case .key(let key)? = path.last, Self.names.contains(key) { return false }
    return texts.contains(Self.trimmed(text))
  }

  /// Files that hold a password mostly end with a line feed.
  private static func trimmed(_ text: String) -> String {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let bytes = text.utf8
    guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(Substring(bytes[...last].drop(while: isBlank)))
  }
}
