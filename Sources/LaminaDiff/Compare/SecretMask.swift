package import Lamina

/// What stands in a golden file in the place of a secret.
package enum SecretMask: Sendable, Equatable {
  /// `(secret, 12 bytes)`
  case counted
  /// `(secret, 5f70bf18a086007016e9)`
  case hashed(key: [UInt8])
  /// `(secret)`, for golden files whose masks cannot be made again: all secrets are taken for the same.
  case uniform

  /// What a text under the data of a Secret is.
  package enum Kind: Sendable, Hashable {
    case value, counted, hashed

    /// Nil for a text that is no mask.
    init?(_ text: String) {
      guard text.begins(with: "(secret, "), text.ends(with: ")") else { return nil }
      let inner = text.dropFirst("(secret, ".count).dropLast()
      let words = inner.parts(at: " ", omittingEmptySubsequences: false)
      if words.count == 2, Int(words[0]) != nil, words[1] == "bytes" || words[1] == "byte" {
        self = .counted
      } else if inner.utf8.count == SecretMask.hashLength * 2,
        inner.allSatisfy({ $0.isHexDigit && !$0.isUppercase })
      {
        self = .hashed
      } else {
        return nil
      }
    }
  }

  /// So many bytes of a hash tell any two values apart.
  fileprivate static let hashLength = 10

  /// - Parameters:
  ///   - text: the value as the object has it.
  ///   - byteCount: the length of what it stands for.
  func words(_ text: String, byteCount: Int) -> String {
    switch self {
    case .counted: return ManifestValue.words(forSecretOf: byteCount)
    case .hashed(let key):
      let digits = KeyedHash.hash(Array(text.utf8), key: key).prefix(Self.hashLength).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
      return "(secret, \(digits.joined()))"
    case .uniform: return "(secret)"
    }
  }

  /// How the values of secrets stand in a golden file.
  package static func kinds(in rendering: Rendering) throws(Diagnostic) -> [Kind: Int] {
    var objects = ObjectComparer(showsSecrets: false)
    objects.masks = .uniform
    for resource in rendering.resources where resource.mayHoldSecret {
      _ = try objects.object(resource)
    }
    return objects.kept
  }
}
